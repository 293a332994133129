import { pointsToSeveral } from '@longshore/core'
import type { Field, FieldKind, ObjectType } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

export interface Column { name: string; type: string }

/** Columns that every record has, whatever its fields. `created_at` and `updated_at` are also fields. */
export const systemColumns: readonly (Column & { constraint: string })[] = [
  { name: 'id', type: 'bigint', constraint: 'PRIMARY KEY' },
  { name: 'created_at', type: 'timestamptz', constraint: 'NOT NULL' },
  { name: 'updated_at', type: 'timestamptz', constraint: 'NOT NULL' },
  // Age of the data: the modified time that the source gave, else the moment of a manual edit.
  { name: 'as_of', type: 'timestamptz', constraint: '' },
  // In the bin since, and by which job.
  { name: 'deleted_at', type: 'timestamptz', constraint: '' },
  { name: 'deleted_job', type: 'integer', constraint: '' },
]

/** numeric without bounds keeps each digit; bounds are the field's and are checked before. */
const typeOfKind: Record<FieldKind, string> = {
  'text': 'text', 'long-text': 'text', 'email': 'text', 'phone': 'text', 'url': 'text', 'picklist': 'text', 'external-id': 'text',
  'date': 'date', 'date-time': 'timestamptz', 'number': 'numeric', 'currency': 'numeric', 'percent': 'numeric', 'boolean': 'boolean',
  'multi-select': 'text[]', 'tags': 'text[]', 'reference': 'bigint', 'owner': 'integer',
}

export function sqlType(field: Field): string {
  return typeOfKind[field.kind]
}

/** Name of the column that holds the field's value, unquoted; null for a field that is not stored. */
export function columnOf(field: Field): string | null {
  return field.virtual === undefined ? field.name : null
}

/** Beside the id of a reference that may point to several objects: the column with the object's name. Null for all other fields. */
export function objectColumnOf(field: Field): string | null {
  return pointsToSeveral(field) ? `${field.name}_object` : null
}

/** All columns that the field needs of its own; none for virtual fields and for those that are system columns. */
export function columnsOf(field: Field): Column[] {
  const name = columnOf(field)
  if (name === null || systemColumns.some((column) => column.name === name)) return []
  const object = objectColumnOf(field)
  return object === null ? [{ name, type: sqlType(field) }] : [{ name, type: sqlType(field) }, { name: object, type: 'text' }]
}

/** `"org_1"."contacts"`. */
export function tableOf(organization: Organization, object: Pick<ObjectType, 'name'>): string {
  return `${quoteIdentifier(organization.schema)}.${quoteIdentifier(object.name)}`
}
