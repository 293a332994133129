import { encodeList, outcomes } from '@longshore/core'
import type { Condition, Field, SelectedPath, Selection } from '@longshore/core'
import { columnOf, objectColumnOf, tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import { quoteIdentifier, quoteLiteral } from '../postgres/quote.ts'
import { conditionSql } from './condition-sql.ts'
import { numbered, parameters } from './parameters.ts'

/** One statement about a selection: names from the catalog, values as parameters. */
export interface SelectStatement {
  /** Refers to its values as `$1` and so on; where it is for a COPY, as `current_setting('longshore.v1')`. */
  text: string
  /** In order, from the first. */
  values: string[]
}

/** The record itself is `r` in every statement. */
const self = 'r'

/** All records of the selection by id, one value per column, as PostgreSQL prints it: for a COPY. */
export function recordsStatement(organization: Organization, selection: Selection): SelectStatement {
  const source = sourceOf(organization, selection, parameters())
  const columns = selection.columns.map((path) => source.value(path))
  const where = source.where()
  return {
    text: `SELECT ${columns.join(', ')}\nFROM ${source.tables()}\nWHERE ${where}\nORDER BY ${self}.id`,
    values: source.values,
  }
}

/**
 * One page of the selection: `id`, `sorted` (the sort's value as text) and `cells`. By keyset: what comes after `after` in the order, so that a
 * page far down costs what the first one does. Texts are ordered without regard to letter case. What the cells take from other tables is joined to the
 * page's records alone: joined to all, and planned before a table that had just been filled had statistics, a page of 20,000 contacts of 500 accounts took 0.6 s.
 */
export function pageStatement(organization: Organization, selection: Selection, order: { path: SelectedPath; descending: boolean; type: string }, after: { value: string | null; id: string } | null, limit: number): SelectStatement {
  const found = sourceOf(organization, selection)
  const shown = sourceOf(organization, selection)
  const stored = found.value(order.path)
  const direction = order.descending ? 'DESC' : 'ASC'
  const beyond = order.descending ? '<' : '>'
  const isId = order.path.value.kind === 'id' && order.path.reference === null
  const keyOf = (value: string): string => (order.type === 'text' ? `lower(${value}) COLLATE "C"` : value)
  const ordered = (value: string): string => `ORDER BY ${isId ? '' : `${keyOf(value)} ${direction} NULLS LAST, `}${self}.id ${direction}`
  const byId = `${self}.id ${beyond} ${after ? `${found.add(after.id)}::bigint` : ''}`
  const keyset = after === null ? [] : isId ? [byId]
    : after.value === null ? [`(${stored}) IS NULL AND ${byId}`]
    : [after.value].map(found.add).map((value) => (order.type === 'text' ? keyOf(value) : `${value}::${order.type}`))
      .map((value) => `(${keyOf(stored)} ${beyond} ${value} OR (${keyOf(stored)} = ${value} AND ${byId}) OR (${stored}) IS NULL)`)
  const where = [found.where(), ...keyset].join('\n  AND ')
  const page = `(SELECT ${self}.* FROM ${found.tables()}\nWHERE ${where}\n${ordered(stored)}\nLIMIT ${Number(limit)})`
  const cells = selection.columns.map((path) => `(${shown.value(path)})::text`)
  const sorted = shown.value(order.path)
  return { text: `SELECT ${self}.id::text AS id, (${sorted})::text AS sorted, ARRAY[${cells.join(', ')}]::text[] AS cells\nFROM ${shown.tables(page)}\n${ordered(sorted)}`, values: found.values }
}

/** How many records the selection has, counted no further than `most`. */
export function countStatement(organization: Organization, selection: Selection, most?: number): SelectStatement {
  const source = sourceOf(organization, selection)
  const where = source.where()
  if (most === undefined) return { text: `SELECT count(*) AS count\nFROM ${source.tables()}\nWHERE ${where}`, values: source.values }
  return { text: `SELECT count(*) AS count FROM (SELECT 1 FROM ${source.tables()}\nWHERE ${where} LIMIT ${Number(most)}) s`, values: source.values }
}

/** What a backup before an update holds: the records that the job's plan names, for rows or as what they refer to, and the job has not written yet. */
function planned(organization: Organization, { plannedBy, object }: Selection): string[] {
  if (plannedBy === undefined) return []
  const changed = [outcomes.indexOf('updated'), outcomes.indexOf('deleted')].join(', ')
  const schema = quoteIdentifier(organization.schema)
  return [`(${self}.id IN (SELECT p.record FROM ${schema}._plan p WHERE p.job = ${Number(plannedBy)} AND p.action IN (${changed})
    AND NOT EXISTS (SELECT 1 FROM ${schema}._outcome o WHERE o.job = p.job AND o.row_number = p.row_number))
      OR ${self}.id IN (SELECT c.record FROM ${schema}._related_change c WHERE c.job = ${Number(plannedBy)} AND c.object = ${quoteLiteral(object.name)} AND c.applied IS NULL))
    AND NOT EXISTS (SELECT 1 FROM ${schema}._change h WHERE h.record = ${self}.id AND h.job + 0 = ${Number(plannedBy)})`]
}

/** Collects the tables that the values of a statement come from: a joined one comes in when the first value asks for it. */
function sourceOf(organization: Organization, selection: Selection, { values, add } = numbered()): {
  values: string[]
  add(value: string): string
  value(path: SelectedPath): string
  where(): string
  /** `records`: where the records themselves come from; absent: their table. */
  tables(records?: string): string
} {
  const joins = new Map<string, { alias: string; sql: string }>()

  function join(key: string, sql: (alias: string) => string): string {
    const known = joins.get(key)
    if (known) return known.alias
    const alias = `j${joins.size + 1}`
    joins.set(key, { alias, sql: sql(alias) })
    return alias
  }

  /** The record that a reference points to, unless it is in the bin: nobody sees what is there. */
  function joinTarget(reference: Field, target: string): string {
    const objectColumn = objectColumnOf(reference)
    return join(`${reference.name} ${target}`, (alias) => [
      `LEFT JOIN ${tableOf(organization, { name: target })} ${alias} ON ${alias}.id = ${self}.${quoteIdentifier(columnOf(reference) ?? '')}`,
      ...(objectColumn === null ? [] : [`${self}.${quoteIdentifier(objectColumn)} = ${quoteLiteral(target)}`]),
      `${alias}.deleted_at IS NULL`,
    ].join(' AND '))
  }

  function joinOwner(record: string, field: Field): string {
    return join(`${record} ${field.name} owner`, (alias) => `LEFT JOIN longshore.member ${alias} ON ${alias}.id = ${record}.${quoteIdentifier(columnOf(field) ?? '')}`)
  }

  /** The value as it is stored; an owner is the member's id. */
  function stored({ reference, object, value }: SelectedPath): string {
    if (value.kind === 'found-by') return `concat_ws(${[`E'\\n'`, ...value.values.map(stored)].join(', ')})`
    if (value.kind === 'target-object' || (value.kind === 'id' && reference !== null)) {
      const aliases = (reference?.targets ?? []).map((target) => ({ target, alias: reference ? joinTarget(reference, target) : self }))
      if (value.kind === 'id') return aliases.length === 1 ? `${aliases[0]?.alias ?? self}.id` : `coalesce(${aliases.map(({ alias }) => `${alias}.id`).join(', ')})`
      return `CASE ${aliases.map(({ target, alias }) => `WHEN ${alias}.id IS NOT NULL THEN ${quoteLiteral(target)}`).join(' ')} END`
    }
    if (value.kind === 'key') {
      const keys = value.keys.map((key) => `${valueOf(reference ? joinTarget(reference, key.object) : self, key.field)}::text`)
      return keys.length === 0 ? 'NULL::text' : `coalesce(${keys.join(', ')})`
    }
    const record = reference === null ? self : joinTarget(reference, object.name)
    if (value.kind === 'id') return `${record}.id`
    return valueOf(record, value.field)
  }

  /** Who refers to one of certain records has its id, in the bin or not: found by the index of the reference, where the join alone would have PostgreSQL look at every record. */
  function ownReference({ value: { reference, value }, test, negated }: Condition): string[] {
    if (reference === null || value.kind !== 'id' || test.kind !== 'equals' || negated) return []
    return [`${self}.${quoteIdentifier(columnOf(reference) ?? '')} = ANY (${add(encodeList(test.values))}::bigint[])`]
  }

  function valueOf(record: string, field: Field): string {
    if (field.virtual === 'full-name') return `nullif(concat_ws(' ', ${record}.first_name, ${record}.last_name), '')`
    return `${record}.${quoteIdentifier(columnOf(field) ?? '')}`
  }

  return {
    values,
    add,
    value(path) {
      if (path.value.kind !== 'field' || path.value.field.kind !== 'owner') return stored(path)
      const record = path.reference === null ? self : joinTarget(path.reference, path.object.name)
      return `${joinOwner(record, path.value.field)}.email`
    },
    where: () => [`${self}.deleted_at IS NULL`, ...planned(organization, selection), ...selection.filter.flatMap((condition) => [...ownReference(condition), conditionSql(condition, stored(condition.value), add)])].join('\n  AND '),
    tables: (records = tableOf(organization, selection.object)) => [`${records} ${self}`, ...[...joins.values()].map(({ sql }) => `  ${sql}`)].join('\n'),
  }
}
