import { parseDecimal } from './decimal.ts'
import type { FieldType } from './field-type.ts'

/** A percentage by its number: "45%", "45 %" and "45" are 45. A plain 0.45 is 0.45 %, because nothing says that it is not. */
export const percentType: FieldType = {
  kind: 'percent',
  mayWarn: false,
  appendable: false,
  parse(text, field) {
    return parseDecimal(text.endsWith('%') ? text.slice(0, -1).trimEnd() : text, field, 'type.percent')
  },
  print(canonical) {
    return canonical
  },
}
