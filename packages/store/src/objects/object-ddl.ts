import type { Field, ObjectType } from '@longshore/core'
import { addKeyColumns } from '../match/key-columns.ts'
import { scopedRole, type Organization } from '../organizations/organization.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { columnOf, columnsOf, systemColumns, tableOf } from './column.ts'

/** Statements that make an object's table and the indexes of its references. */
export function createTable(organization: Organization, object: ObjectType): string[] {
  const columns = [
    ...systemColumns.map(({ name, type, constraint }) => `${quoteIdentifier(name)} ${type} ${constraint}`.trimEnd()),
    ...object.fields.flatMap(columnsOf).map(({ name, type }) => `${quoteIdentifier(name)} ${type}`),
  ]
  return [
    `CREATE TABLE ${tableOf(organization, object)} (\n  ${columns.join(',\n  ')}\n)`,
    binIndex(organization, object),
    ...object.fields.flatMap((field) => referenceIndex(organization, object, field)),
    ...addKeyColumns(organization, object, object.matchKeys),
    ...scopeRecords(organization, object),
  ]
}

/** Statements that give an existing table the columns of a new field: without a default in the table, so that no row is rewritten. */
export function addColumns(organization: Organization, object: ObjectType, field: Field): string[] {
  return [
    ...columnsOf(field).map(({ name, type }) => `ALTER TABLE ${tableOf(organization, object)} ADD COLUMN ${quoteIdentifier(name)} ${type}`),
    ...referenceIndex(organization, object, field),
  ]
}

/** Statements that drop a field's columns and what they hold. */
export function dropColumns(organization: Organization, object: ObjectType, field: Field): string[] {
  return columnsOf(field).map(({ name }) => `ALTER TABLE ${tableOf(organization, object)} DROP COLUMN ${quoteIdentifier(name)}`)
}

/** In the order of the bin's list. It stays while an import fills the table: what is not in the bin is not in it. The migration 0015-bin-index makes the same for older tables. */
function binIndex(organization: Organization, object: ObjectType): string {
  return `CREATE INDEX ON ${tableOf(organization, object)} (deleted_at DESC, id) WHERE deleted_at IS NOT NULL`
}

/** Most references of most records are empty: those stay out of the index. */
function referenceIndex(organization: Organization, object: ObjectType, field: Field): string[] {
  const name = columnOf(field)
  if (field.kind !== 'reference' || name === null) return []
  const column = quoteIdentifier(name)
  return [`CREATE INDEX ON ${tableOf(organization, object)} (${column}) WHERE ${column} IS NOT NULL`]
}

/**
 * Statements by which PostgreSQL keeps scoped members to their records. The first role's policy says true, which the planner takes out: it costs
 * nothing (docs/decisions/0060). An object that nobody owns is seen by all. The migration 0007-scope makes the same for older tables.
 */
function scopeRecords(organization: Organization, object: ObjectType): string[] {
  const table = tableOf(organization, object)
  const owner = object.fields.find((field) => field.kind === 'owner')
  const own = owner ? `${quoteIdentifier(columnOf(owner) ?? owner.name)} = ANY (current_setting('longshore.scope')::integer[])` : 'true'
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `CREATE POLICY everything ON ${table} TO ${quoteIdentifier(organization.role)} USING (true)`,
    `CREATE POLICY scoped ON ${table} TO ${quoteIdentifier(scopedRole(organization.role))} USING (${own})`,
  ]
}
