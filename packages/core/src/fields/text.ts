import type { FieldType } from './field-type.ts'
import { isoCode } from './iso-code.ts'
import { defaultTextLength, plainTextProblem } from './plain-text.ts'
import { Problem } from './problem.ts'

/** One line or a few of text, kept exactly as it is; a country or state as its ISO code where the field asks for that and the text names one. */
export const textType: FieldType = {
  kind: 'text',
  mayWarn: true, // but only fields that ask for codes do
  appendable: false,
  parse(text, field, row) {
    const problem = plainTextProblem(text, field, field.maxLength ?? defaultTextLength)
    if (problem !== null) return problem
    return field.iso === undefined ? text : isoCode(text, field.iso, row) ?? text
  },
  print(canonical) {
    return canonical
  },
  warn(text, _canonical, field, row) {
    return field.iso === undefined || isoCode(text, field.iso, row) !== null ? null : new Problem('type.place-unknown', { place: field.iso })
  },
}
