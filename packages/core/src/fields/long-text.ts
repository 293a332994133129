import type { FieldType } from './field-type.ts'
import { defaultLongTextLength, plainTextProblem } from './plain-text.ts'

/** Text of any number of lines, kept exactly as it is. */
export const longTextType: FieldType = {
  kind: 'long-text',
  mayWarn: false,
  appendable: true,
  parse(text, field) {
    return plainTextProblem(text, field, field.maxLength ?? defaultLongTextLength) ?? text
  },
  print(canonical) {
    return canonical
  },
}
