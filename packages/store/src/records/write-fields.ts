import type { Catalog, ObjectType } from '@longshore/core'
import { rekey } from '../match/rekey.ts'
import { canonicalInstant, canonicalValue } from '../objects/canonical-value.ts'
import { columnOf, objectColumnOf, sqlType, tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** What one record's fields hold before and after, as canonical text by field name; the same names in both. */
export interface FieldWrite {
  record: string
  /** Number of the row or step that writes it; null for an edit without a job. */
  row: number | null
  from: Readonly<Record<string, string | null>>
  to: Readonly<Record<string, string | null>>
  /** Age of this record's data, where it is not that of all. */
  asOf?: string | null
}

/** Who writes, for the history. */
export interface Hand {
  organization: Organization
  catalog: Catalog
  job: number | null
  at: string
  by: number | null
  /** Age of the data that is written; null: it brings none of its own. */
  asOf: string | null
  /** Writes the history from these instead of `from`; only a seeded bug does. */
  historyFrom?: (write: FieldWrite) => FieldWrite['from']
}

/** Gives records new field values, with keys and history. Every record takes only its own fields of those that are named; values are cast as the metadata says. */
export async function writeFields(tx: Transaction, hand: Hand, object: ObjectType, writes: readonly FieldWrite[]): Promise<void> {
  if (writes.length === 0) return
  const fields = new Set(writes.flatMap((write) => Object.keys(write.to)))
  const sets = [...fields].flatMap((field, i) => {
    const stored = storedField(object, field)
    const column = quoteIdentifier(stored?.column ?? field)
    return stored ? [`${column} = CASE WHEN v.after ? $${i + 3}::text THEN (v.after ->> $${i + 3}::text)::${stored.type} ELSE o.${column} END`] : []
  })
  const ids = writes.map((write) => write.record)
  const after = writes.map((write) => JSON.stringify(write.to))
  await tx.query(`UPDATE ${tableOf(hand.organization, object)} o SET ${sets.join(', ')} FROM unnest($1::bigint[], $2::jsonb[]) v (id, after) WHERE o.id = v.id`, [ids, after, ...fields])
  await rekey(tx, hand.organization, hand.catalog, object, fields, ids)
  const before = writes.map((write) => JSON.stringify(hand.historyFrom ? hand.historyFrom(write) : write.from))
  await tx.query(`INSERT INTO ${quoteIdentifier(hand.organization.schema)}._change (object, record, job, row_number, kind, before, after, at, by, as_of)
    SELECT $1, v.id, $2, v.row_number, 'update', v.before, v.after, $3::timestamptz, $4::integer, v.as_of
    FROM unnest($5::bigint[], $6::bigint[], $7::jsonb[], $8::jsonb[], $9::timestamptz[]) v (id, row_number, before, after, as_of)`,
    [object.name, hand.job, hand.at, hand.by, ids, writes.map((write) => write.row), before, after, writes.map((write) => (write.asOf === undefined ? hand.asOf : write.asOf))])
}

/** What records hold now, by id: the named fields as canonical text. Records that do not exist are left out. */
export async function readFields(tx: Transaction, organization: Organization, object: ObjectType, fields: readonly string[], ids: readonly string[]): Promise<Map<string, Record<string, string | null>>> {
  const known = fields.flatMap((name): [string, StoredField][] => { const stored = storedField(object, name); return stored ? [[name, stored]] : [] })
  const { rows } = await tx.query<{ id: string; values: (string | null)[] }>(
    `SELECT id, ARRAY[${known.map(([, stored]) => stored.read).join(', ')}]::text[] AS values FROM ${tableOf(organization, object)} WHERE id = ANY($1::bigint[])`, [ids])
  return new Map(rows.map(({ id, values }) => [id, Object.fromEntries(known.map(([name], i) => [name, values[i] ?? null]))]))
}

export interface StoredField {
  /** Unquoted. */
  column: string
  type: string
  /** SQL that prints it as canonical text. */
  read: string
}

/**
 * Where a name in a change is stored: a field, the object column of a reference, or a moment that every record has. Null: nowhere any more.
 * `table`: how `read` calls the object's table, where it stands beside others.
 */
export function storedField(object: ObjectType, name: string, table?: string): StoredField | null {
  const quoted = (column: string): string => (table === undefined ? quoteIdentifier(column) : `${table}.${quoteIdentifier(column)}`)
  if (name === 'as_of' || name === 'updated_at') return { column: name, type: 'timestamptz', read: canonicalInstant(quoted(name)) }
  const field = object.fields.find((f) => f.name === name)
  const column = field ? columnOf(field) : null
  if (field && column !== null) return { column, type: sqlType(field), read: canonicalValue(field, quoted(column)) }
  const isObjectColumn = object.fields.some((f) => objectColumnOf(f) === name)
  return isObjectColumn ? { column: name, type: 'text', read: quoted(name) } : null
}
