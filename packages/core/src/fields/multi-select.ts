import type { FieldType } from './field-type.ts'
import { decodeList, encodeList } from './list-literal.ts'
import { foldOption } from './fold-option.ts'
import { nearestHint } from './nearest.ts'
import { optionProblem } from './picklist.ts'
import { Problem } from './problem.ts'
import { joinList, splitList } from './split-list.ts'

/** Several of the field's options. Canonical is a PostgreSQL array literal, in the order of the file. */
export const multiSelectType: FieldType = {
  kind: 'multi-select',
  mayWarn: true,
  appendable: true,
  parse(text, field, row) {
    const lookup = row.options(field)
    const parts = splitList(text, lookup.active)
    if (parts === null) return new Problem('type.list')
    const values = new Set<string>()
    for (const part of parts) {
      const value = lookup.find(part)
      const problem = value === undefined ? optionProblem(part, field, lookup) : null
      if (problem) return problem
      values.add(value ?? part)
    }
    return encodeList([...values])
  },
  print(canonical) {
    return joinList(decodeList(canonical))
  },
  warn(_text, canonical, field, row) {
    if (field.restricted !== false) return null
    const { active, values } = row.options(field)
    const unknown = decodeList(canonical).find((value) => !active.has(foldOption(value)))
    return unknown === undefined ? null : new Problem('picklist.added', { label: field.label, found: unknown, nearest: nearestHint(unknown, values) })
  },
}
