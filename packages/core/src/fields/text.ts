import type { FieldType } from './field-type.ts'
import { defaultTextLength, plainTextProblem } from './plain-text.ts'

/** One line or a few of text, kept exactly as it is. */
export const textType: FieldType = {
  kind: 'text',
  mayWarn: false,
  appendable: false,
  parse(text, field) {
    return plainTextProblem(text, field, field.maxLength ?? defaultTextLength) ?? text
  },
  print(canonical) {
    return canonical
  },
}
