import { closest } from '../issues/closest.ts'
import type { FieldType } from './field-type.ts'
import { Problem } from './problem.ts'
import { memberKey } from './row-context.ts'

/** A member of the organization, named by e-mail address, by a full name that nobody else has, or by member id. Canonical is the member id. */
export const ownerType: FieldType = {
  kind: 'owner',
  mayWarn: false,
  appendable: false,
  parse(text, _field, row) {
    const member = row.members.get(memberKey(text)) ?? (row.memberIds.has(text) ? text : undefined)
    if (member !== undefined) return row.reach?.has(member) === false ? new Problem('owner.outside') : member
    const nearest = closest(text, row.members.keys())
    return new Problem('owner.unknown', { nearest: nearest === null ? '' : `, the nearest is "${nearest}"` })
  },
  print(canonical) {
    return canonical
  },
}
