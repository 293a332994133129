import { outcomes, readRecordId, recordIdsOf } from '@longshore/core'
import { objectColumnOf } from '../objects/column.ts'
import { names, type PlannedReference } from '../plan/plan-context.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import type { ApplyContext } from './chunk-rows.ts'
import { findByKey } from './late-records.ts'

/** Ids that this job gave out, that records refer to, and that no record has. */
export async function missingRecords(tx: Transaction, apply: ApplyContext, { field, target }: PlannedReference): Promise<string[]> {
  const { table } = names(apply.attempt)
  const { from, to } = recordIdsOf(apply.attempt.job)
  const column = `c.${quoteIdentifier(field.name)}`
  const { rows } = await tx.query<{ id: string }>(`SELECT DISTINCT ${column} AS id FROM ${table(apply.mapping.object.name)} c
    WHERE ${column} >= $1 AND ${column} < $2${ofObject(field, target.name)} AND NOT EXISTS (SELECT 1 FROM ${table(target.name)} o WHERE o.id = ${column}) ORDER BY 1`, [from, to])
  return rows.map(({ id }) => id)
}

function ofObject(field: PlannedReference['field'], name: string): string {
  const column = objectColumnOf(field)
  return column === null ? '' : ` AND c.${quoteIdentifier(column)} = '${name}'`
}

/** The record that stands for each missing one. */
export async function recordsMeant(tx: Transaction, apply: ApplyContext, reference: PlannedReference, missing: readonly string[]): Promise<Map<string, string>> {
  const { table } = names(apply.attempt)
  const ofRows = missing.filter((id) => readRecordId(BigInt(id)).slot === 0)
  const { rows } = await tx.query<{ id: string; record: string }>(`
    SELECT m.id, o.record FROM unnest($2::bigint[]) m (id) JOIN ${table('_outcome')} o ON o.job = $1 AND o.row_number = (m.id >> 3) & 4294967295
    JOIN ${table(reference.target.name)} r ON r.id = o.record AND r.deleted_at IS NULL WHERE o.outcome = ANY($3::smallint[])`,
    [apply.attempt.job, ofRows, [...ends].map((outcome) => outcomes.indexOf(outcome))])
  const meant = new Map(rows.map(({ id, record }) => [id, record]))
  const described = missing.filter((id) => readRecordId(BigInt(id)).slot !== 0)
  for (const [id, record] of await findByKey(tx, apply, reference, described)) if (record !== null) meant.set(id, record)
  return meant
}

const ends = new Set(['created', 'flagged', 'updated', 'skipped'] as const)

/** A link of the job to a record that is not there. */
export interface Link {
  record: string
  missing: string
  /** The row that wrote the link. */
  row: string
  /** What the record referred to before the job, and of which object; undefined: the job made the record. */
  former?: { id: string | null; object: string | null }
}

/** Records that refer to missing ones, each with what it referred to before. */
export async function linksTo(tx: Transaction, apply: ApplyContext, { field, target }: PlannedReference, missing: readonly string[], limit: number): Promise<Link[]> {
  const { table } = names(apply.attempt)
  const { from, to } = recordIdsOf(apply.attempt.job)
  const object = apply.mapping.object.name
  const { rows } = await tx.query<Omit<Link, 'former'> & { changed: boolean; id: string | null; object: string | null }>(`
    SELECT c.id AS record, c.${quoteIdentifier(field.name)} AS missing, coalesce(h.row_number, (c.id >> 3) & 4294967295) AS row, h.job IS NOT NULL AS changed, h.id, h.object
    FROM ${table(object)} c LEFT JOIN LATERAL (
      SELECT h.job, max(h.row_number) OVER () AS row_number, CASE WHEN NOT m.missing THEN h.before ->> $3 END AS id, CASE WHEN NOT m.missing THEN h.before ->> $4 END AS object FROM ${table('_change')} h
      CROSS JOIN LATERAL (SELECT coalesce((h.before ->> $3)::bigint, 0) >= $5::bigint AND (h.before ->> $3)::bigint < $6::bigint AND NOT EXISTS (SELECT 1 FROM ${table(target.name)} o WHERE o.id = (h.before ->> $3)::bigint) AS missing) m
      WHERE h.record = c.id AND h.object = '${object}' AND h.job + 0 = $1 AND h.kind = 'update' AND h.after ? $3
      -- the last value that was no missing record; a record that the job made may have had none but those
      ORDER BY m.missing, h.id DESC LIMIT 1) h ON true
    WHERE c.${quoteIdentifier(field.name)} = ANY($2::bigint[])${ofObject(field, target.name)} ORDER BY c.id LIMIT ${limit}`,
    [apply.attempt.job, missing, field.name, objectColumnOf(field) ?? '', from, to])
  return rows.map(({ record, missing: id, row, changed, ...former }) => ({ record, missing: id, row, ...(changed ? { former } : {}) }))
}
