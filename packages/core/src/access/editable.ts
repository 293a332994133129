import type { Field } from '../schema/field.ts'

/** Whether a person gives the field a value by hand. References are set by imports; audit moments are kept by Longshore itself. */
export function isEditable(field: Field): boolean {
  return field.virtual === undefined && field.kind !== 'reference' && field.audit !== true && field.companionOf === undefined
}
