import { closest } from '../issues/closest.ts'
import type { FieldType } from './field-type.ts'
import { Problem } from './problem.ts'

/** A member of the organization, named by e-mail address or member id. Canonical is the member id. */
export const ownerType: FieldType = {
  kind: 'owner',
  mayWarn: false,
  appendable: false,
  parse(text, _field, row) {
    const member = row.members.get(text.toLowerCase())
    if (member !== undefined) return member
    if (row.memberIds.has(text)) return text
    const nearest = closest(text, row.members.keys())
    return new Problem('owner.unknown', { nearest: nearest === null ? '' : `, the nearest is "${nearest}"` })
  },
  print(canonical) {
    return canonical
  },
}
