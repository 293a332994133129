import type { FieldAnswer, ObjectAnswer } from '@longshore/contract'

export interface ListedField { path: string; label: string; kind: FieldAnswer['kind']; widthPx: number; editable: boolean; numeric: boolean; required: boolean; restricted?: boolean; options?: NonNullable<FieldAnswer['options']> }

const usualColumns = 10
/** What says little about a record at a glance. */
const quiet = new Set(['id', 'import_job', 'created_by', 'updated_by', 'as_of', 'deleted_at', 'salutation', 'secondary_email', 'fax'])
/** Parts of a name that shows as a whole. */
const nameParts = new Set(['first_name', 'last_name'])

/** Everything that a list of the object can show, its name first. */
export function listableFields(object: ObjectAnswer, objects: readonly ObjectAnswer[]): ListedField[] {
  const fields = object.fields.filter((field) => field.companionOf === undefined)
  return [...fields.filter((field) => field.name === object.nameField), ...fields.filter((field) => field.name !== object.nameField)].map((field) => ({
    path: namePath(field, objects),
    label: field.label, kind: field.kind, editable: field.editable && field.kind !== 'reference',
    numeric: field.kind === 'number' || field.kind === 'currency' || field.kind === 'percent',
    widthPx: field.kind === 'email' ? 220 : field.kind === 'boolean' ? 90 : 150,
    required: field.required, ...(field.restricted === undefined ? {} : { restricted: field.restricted }), ...(field.options ? { options: field.options } : {}),
  }))
}

/** A reference shows as the name of the record that it leads to, which is another field from object to object. */
export function namePath(field: FieldAnswer, objects: readonly ObjectAnswer[]): string {
  const [target, ...others] = field.kind === 'reference' ? field.targets ?? [] : []
  const nameField = others.length === 0 ? objects.find((one) => one.name === target)?.nameField : undefined
  return nameField === undefined ? field.name : `${field.name}.${nameField}`
}

/** The columns that were chosen, in their order; without a choice those that tell records apart. */
export function listedFields(object: ObjectAnswer, objects: readonly ObjectAnswer[], chosen?: readonly string[]): ListedField[] {
  const all = listableFields(object, objects)
  if (chosen && chosen.length > 0) {
    const found = chosen.flatMap((path) => all.find((field) => field.path === path) ?? [])
    if (found.length > 0) return found
  }
  const whole = object.fields.some((field) => field.name === object.nameField && !field.editable)
  return all.filter((field) => !quiet.has(field.path) && field.kind !== 'long-text' && !(whole && nameParts.has(field.path))).slice(0, usualColumns)
}
