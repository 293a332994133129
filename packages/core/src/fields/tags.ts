import type { FieldType } from './field-type.ts'
import { decodeList, encodeList } from './list-literal.ts'
import { foldOption } from './fold-option.ts'
import { plainTextProblem } from './plain-text.ts'
import { Problem } from './problem.ts'
import { joinList, splitList } from './split-list.ts'

const longestTag = 255

/** Free words on a record. Options are suggestions whose spelling wins, never a bound. Canonical is a PostgreSQL array literal. */
export const tagsType: FieldType = {
  kind: 'tags',
  mayWarn: true,
  appendable: true,
  parse(text, field, row) {
    const { active } = row.options(field)
    const parts = splitList(text, active)
    if (parts === null) return new Problem('type.list')
    const values = new Set<string>()
    for (const part of parts) {
      const problem = plainTextProblem(part, field, field.maxLength ?? longestTag)
      if (problem) return problem
      values.add(active.get(foldOption(part)) ?? part)
    }
    return encodeList([...values])
  },
  print(canonical) {
    return joinList(decodeList(canonical))
  },
  warn(text, canonical, field) {
    if (!text.includes(',') || text.startsWith('[')) return null
    const [first, ...others] = decodeList(canonical)
    return first?.includes(',') && others.length === 0 ? new Problem('tags.comma', { label: field.label, found: first }) : null
  },
}
