import type { FieldType } from './field-type.ts'
import { hasLostDigits } from './lost-digits.ts'
import { defaultTextLength, plainTextProblem } from './plain-text.ts'
import { Problem } from './problem.ts'
import { isRecordId } from '../schema/record-id.ts'

/** The record's identifier in another system: never interpreted, so leading zeros and letter case stay. */
export const externalIdType: FieldType = {
  kind: 'external-id',
  mayWarn: false,
  appendable: false,
  parse(text, field) {
    if (hasLostDigits(text)) return new Problem('type.digits-lost')
    if (field.virtual === 'record-id') return isRecordId(text) ? text : new Problem('type.record-id')
    return plainTextProblem(text, field, field.maxLength ?? defaultTextLength) ?? text
  },
  print(canonical) {
    return canonical
  },
}
