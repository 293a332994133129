import { parseDecimal } from './decimal.ts'
import type { FieldType } from './field-type.ts'
import { latinDigits } from './latin-digits.ts'

/** A percentage by its number: "45%", "45 %" and "45" are 45. A plain 0.45 is 0.45 %, because nothing says that it is not. */
export const percentType: FieldType = {
  kind: 'percent',
  mayWarn: false,
  appendable: false,
  parse(source, field, _row, reading) {
    const text = latinDigits(source)
    const bare = text.endsWith('%') ? text.slice(0, -1).trimEnd() : text.startsWith('%') ? text.slice(1).trimStart() : text
    return parseDecimal(bare, field, 'type.percent', reading)
  },
  print(canonical) {
    return canonical
  },
}
