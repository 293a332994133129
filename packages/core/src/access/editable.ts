import type { Field } from '../schema/field.ts'

/** Whether a person gives the field a value by hand: a reference to one kind of object a record's id. Those to one of several are set by imports; audit moments are kept by Longshore itself. */
export function isEditable(field: Field): boolean {
  return field.virtual === undefined && (field.kind !== 'reference' || field.targets?.length === 1) && field.audit !== true && field.companionOf === undefined
}
