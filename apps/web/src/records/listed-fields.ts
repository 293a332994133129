import type { ObjectAnswer } from '@longshore/contract'

export interface ListedField { path: string; label: string; widthPx: number; editable: boolean; numeric: boolean; options?: string[] }

const mostColumns = 12
/** What says little about a record at a glance. */
const quiet = new Set(['id', 'import_job', 'created_by', 'updated_by', 'as_of', 'deleted_at'])

/** Columns of an object's list: its name first, then fields of its own in their order, its links by name. */
export function listedFields(object: ObjectAnswer): ListedField[] {
  const fields = object.fields.filter((field) => field.companionOf === undefined && !quiet.has(field.name) && field.kind !== 'long-text')
  const ordered = [...fields.filter((field) => field.name === object.nameField), ...fields.filter((field) => field.name !== object.nameField)]
  return ordered.slice(0, mostColumns).map((field) => ({
    path: field.kind === 'reference' && field.targets?.length === 1 ? `${field.name}.name` : field.name,
    label: field.label, editable: field.editable && field.kind !== 'reference',
    numeric: field.kind === 'number' || field.kind === 'currency' || field.kind === 'percent',
    widthPx: field.kind === 'email' ? 220 : field.kind === 'boolean' ? 90 : 150,
    ...(field.options ? { options: field.options.filter((option) => option.active).map((option) => option.value) } : {}),
  }))
}
