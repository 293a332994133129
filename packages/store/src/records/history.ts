import type { ObjectType } from '@longshore/core'
import { canonicalInstant } from '../objects/canonical-value.ts'
import { tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

export interface RecordChange {
  id: string
  kind: 'update' | 'delete' | 'restore' | 'purge'
  at: string
  /** The job that did it, and its row; null: by hand. */
  job: number | null
  row: number | null
  /** Member id. */
  by: number | null
  before: Record<string, string | null>
  after: Record<string, string | null>
}

/** What became of a record, newest first: those before change `before`, when it is given. Null: there is no such record, in the bin neither. `reading`: takes two questions at once. */
export async function recordHistory(reading: Transaction, organization: Organization, object: ObjectType, record: string, { limit, before }: { limit: number; before: string | null }): Promise<RecordChange[] | null> {
  const [{ rows: there }, { rows }] = await Promise.all([reading.query(`SELECT 1 FROM ${tableOf(organization, object)} WHERE id = $1`, [record]), reading.query<Omit<RecordChange, 'row' | 'before' | 'after'> & { row: string | null; before: RecordChange['before'] | null; after: RecordChange['after'] | null }>(
    `SELECT h.id::text, h.kind, ${canonicalInstant('h.at')} AS at, h.job, h.row_number::text AS row, h.by, h.before, h.after FROM ${quoteIdentifier(organization.schema)}._change h
     WHERE h.record = $1 AND h.object = $2 AND ($4::bigint IS NULL OR h.id < $4) ORDER BY h.id DESC LIMIT $3`, [record, object.name, limit, before])])
  if (there.length === 0) return null
  return rows.map(({ row, before: was, after, ...change }) => ({ ...change, row: row === null ? null : Number(row), before: was ?? {}, after: after ?? {} }))
}
