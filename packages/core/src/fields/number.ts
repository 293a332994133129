import { parseDecimal } from './decimal.ts'
import type { FieldType } from './field-type.ts'

/** A decimal number, exact: what was typed is what is kept, without the detour over a float. */
export const numberType: FieldType = {
  kind: 'number',
  mayWarn: false,
  appendable: false,
  parse(text, field, _row, reading) {
    return parseDecimal(text, field, 'type.number', reading)
  },
  print(canonical) {
    return canonical
  },
}
