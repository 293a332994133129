import { findObject, nameParts } from '@longshore/core'
import type { Catalog, ObjectType } from '@longshore/core'
import { columnOf, tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** SQL for what people call a record: of a full name those parts that the object, as it is known here, has. */
export function nameOf(object: ObjectType): string {
  const field = object.fields.find((one) => one.name === object.nameField)
  const parts = nameParts.filter((part) => object.fields.some(({ name }) => name === part))
  if (field?.virtual === 'full-name' || (field === undefined && parts.length > 0)) return `nullif(concat_ws(' ', ${parts.join(', ')}), '')`
  const column = field ? columnOf(field) : null
  return column === null ? 'NULL::text' : `${quoteIdentifier(column)}::text`
}

/** What people call these records of an object, by id; those that are not there, or have no name, are left out. */
export async function recordNames(tx: Transaction, organization: Organization, object: ObjectType, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await tx.query<{ id: string; name: string | null }>(`SELECT id::text, ${nameOf(object)} AS name FROM ${tableOf(organization, object)} WHERE id = ANY($1::bigint[])`, [ids])
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])))
}

/** What people call the records that these values' references lead to, by field and id; a field of which none leads anywhere has no entry. */
export async function referenceNames(tx: Transaction, organization: Organization, catalog: Catalog, object: ObjectType, records: readonly Record<string, string | null>[]): Promise<Map<string, Map<string, string>>> {
  const names = new Map<string, Map<string, string>>()
  for (const field of object.fields.filter(({ kind }) => kind === 'reference')) {
    const ids = records.flatMap((values) => values[field.name] ?? [])
    for (const target of ids.length === 0 ? [] : field.targets ?? []) {
      const to = findObject(catalog, target)
      if (to) names.set(field.name, new Map([...names.get(field.name) ?? [], ...await recordNames(tx, organization, to, ids)]))
    }
  }
  return names
}
