import type { Field, ObjectType } from '@longshore/core'
import { addKeyColumns } from '../match/key-columns.ts'
import type { Organization } from '../organizations/organization.ts'
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
    ...object.fields.flatMap((field) => referenceIndex(organization, object, field)),
    ...addKeyColumns(organization, object, object.matchKeys),
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

/** Most references of most records are empty: those stay out of the index. */
function referenceIndex(organization: Organization, object: ObjectType, field: Field): string[] {
  const name = columnOf(field)
  if (field.kind !== 'reference' || name === null) return []
  const column = quoteIdentifier(name)
  return [`CREATE INDEX ON ${tableOf(organization, object)} (${column}) WHERE ${column} IS NOT NULL`]
}
