import type { FieldType } from './field-type.ts'
import { defaultTextLength, plainTextProblem } from './plain-text.ts'

/** What names another record. Kept as it is: which record it means is found by match keys, for all rows at once. */
export const referenceType: FieldType = {
  kind: 'reference',
  mayWarn: false,
  appendable: false,
  parse(text, field) {
    return plainTextProblem(text, field, field.maxLength ?? defaultTextLength) ?? text
  },
  print(canonical) {
    return canonical
  },
}
