import { makeIssue, outcomes, readRecordId, recordIdsOf } from '@longshore/core'
import { fenced } from '../jobs/attempt.ts'
import { patchJob } from '../jobs/job.ts'
import { checkWriters } from '../jobs/writer.ts'
import { rekey } from '../match/rekey.ts'
import { objectColumnOf, tableOf } from '../objects/column.ts'
import { asSystem } from '../organizations/as-system.ts'
import { names, type PlannedReference } from '../plan/plan-context.ts'
import { countWarnings, writtenObjects } from '../plan/plan-import.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { writeFields } from '../records/write-fields.ts'
import { issueLine } from '../stage/copy-text.ts'
import { planRelatedChanges } from '../plan/related-changes.ts'
import { attempted } from './attempted.ts'
import type { ApplyContext } from './apply-statements.ts'
import { findByKey, makeFromRow } from './late-records.ts'

/** Missing records that are looked for, and links that are mended, at a time. */
const mendBatch = 1_000
/** Seq of the issue of a link that stays without its record. */
const mendSeq = 20_100

/**
 * A plan links rows to records before these exist, so a row can be written whose record to refer to never came: the row that was to make it
 * was cancelled, was refused by the database, or was planned otherwise after others wrote. Each such link is led to the record that
 * is meant now; a record that only rows describe is made from the first of those that were written; and where there is none, the link is what it was before,
 * and the row says so. Cheap to call again.
 */
export async function mendLinks(db: Database, apply: ApplyContext): Promise<void> {
  await fenced(db, apply.attempt, async (tx) => {
    await checkWriters(tx, apply.attempt, writtenObjects(apply))
    for (const reference of apply.references) await mendReference(tx, apply, reference)
    await planRelatedChanges(tx, apply) // rows that ended otherwise change nothing of what they refer to
    const warnings = await countWarnings(tx, apply)
    await asSystem(tx, apply.attempt.organization, () => patchJob(tx, apply.attempt.organization, apply.attempt.job, { warnings, checkpoint: { linksInDoubt: false } }))
  })
}

async function mendReference(tx: Transaction, apply: ApplyContext, reference: PlannedReference): Promise<void> {
  const missing = await missingRecords(tx, apply, reference)
  for (let at = 0; at < missing.length; at += mendBatch) {
    const batch = missing.slice(at, at + mendBatch)
    const meant = await recordsMeant(tx, apply, reference, batch)
    for (;;) {
      const links = await linksTo(tx, apply, reference, batch)
      await lead(tx, apply, reference, links, meant)
      if (links.length < mendBatch) break
    }
  }
}

/** Ids that this job gave out, that records refer to, and that no record has. */
async function missingRecords(tx: Transaction, apply: ApplyContext, { field, target }: PlannedReference): Promise<string[]> {
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
async function recordsMeant(tx: Transaction, apply: ApplyContext, reference: PlannedReference, missing: readonly string[]): Promise<Map<string, string>> {
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

interface Link {
  record: string
  missing: string
  /** The row that wrote the link. */
  row: string
  /** What the record referred to before the job, and of which object; undefined: the job made the record. */
  former?: { id: string | null; object: string | null }
}

/** Records that refer to missing ones, each with what it referred to before. */
async function linksTo(tx: Transaction, apply: ApplyContext, { field, target }: PlannedReference, missing: readonly string[]): Promise<Link[]> {
  const { table } = names(apply.attempt)
  const { from, to } = recordIdsOf(apply.attempt.job)
  const object = apply.mapping.object.name
  const { rows } = await tx.query<Omit<Link, 'former'> & { changed: boolean; id: string | null; object: string | null }>(`
    SELECT c.id AS record, c.${quoteIdentifier(field.name)} AS missing, coalesce(h.row_number, (c.id >> 3) & 4294967295) AS row, h.job IS NOT NULL AS changed, h.id, h.object
    FROM ${table(object)} c LEFT JOIN LATERAL (
      SELECT h.job, max(h.row_number) OVER () AS row_number, h.before ->> $3 AS id, h.before ->> $4 AS object FROM ${table('_change')} h
      WHERE h.record = c.id AND h.object = '${object}' AND h.job + 0 = $1 AND h.kind = 'update' AND h.after ? $3
      -- the last value that was no missing record
      ORDER BY coalesce((h.before ->> $3)::bigint, 0) >= $5::bigint AND (h.before ->> $3)::bigint < $6::bigint AND NOT EXISTS (SELECT 1 FROM ${table(target.name)} o WHERE o.id = (h.before ->> $3)::bigint), h.id DESC LIMIT 1) h ON true
    WHERE c.${quoteIdentifier(field.name)} = ANY($2::bigint[])${ofObject(field, target.name)} ORDER BY c.id LIMIT ${mendBatch}`,
    [apply.attempt.job, missing, field.name, objectColumnOf(field) ?? '', from, to])
  return rows.map(({ record, missing: id, row, changed, ...former }) => ({ record, missing: id, row, ...(changed ? { former } : {}) }))
}

/** Leads links to the records that are meant. A record that the job changed gets a second change, one that it made does not: its making writes none. */
async function lead(tx: Transaction, apply: ApplyContext, reference: PlannedReference, links: readonly Link[], meant: Map<string, string>): Promise<void> {
  const { attempt, mapping: { object }, catalog } = apply
  const { field, target } = reference
  const objectColumn = objectColumnOf(field)
  const values = (id: string | null, name: string | null): Record<string, string | null> => ({ [field.name]: id, ...(objectColumn === null ? {} : { [objectColumn]: id === null ? null : name ?? target.name }) })
  const led: { link: Link; to: Record<string, string | null> }[] = []
  const left: Link[] = []
  for (const link of links) {
    if (!meant.has(link.missing) && readRecordId(BigInt(link.missing)).slot !== 0) {
      const made = await attempted(tx, () => makeFromRow(tx, apply, reference, link.missing, link.row))
      if (made) meant.set(link.missing, link.missing)
    }
    const record = meant.get(link.missing)
    if (record === link.missing) continue // it is there now
    const found = record !== undefined && record !== link.record ? record : null
    if (found === null) left.push(link)
    led.push({ link, to: found === null ? values(link.former?.id ?? null, link.former?.object ?? null) : values(found, target.name) })
  }
  const [made, changed] = [led.filter(({ link }) => link.former === undefined), led.filter(({ link }) => link.former !== undefined)]
  const ids = made.map(({ link }) => link.record)
  await tx.query(`UPDATE ${tableOf(attempt.organization, object)} c SET ${quoteIdentifier(field.name)} = v.id${objectColumn === null ? '' : `, ${quoteIdentifier(objectColumn)} = v.object`}
    FROM unnest($1::bigint[], $2::bigint[], $3::text[]) v (record, id, object) WHERE c.id = v.record`, [ids, made.map(({ to }) => to[field.name] ?? null), made.map(({ to }) => (objectColumn === null ? null : to[objectColumn] ?? null))])
  await rekey(tx, attempt.organization, catalog, object, new Set([field.name]), ids)
  await writeFields(tx, { organization: attempt.organization, catalog, job: attempt.job, at: apply.effectiveAt, by: Number(apply.owners[0] ?? 0) || null, asOf: null }, object,
    changed.map(({ link, to }) => ({ record: link.record, row: Number(link.row), from: values(link.missing, target.name), to })))
  const header = apply.mapping.targets.find((one) => one.reference?.name === field.name && one.column !== null)
  await copyLines(tx, `COPY ${names(attempt).table('_issue')} FROM STDIN`, left.map((link) => issueLine(attempt.job, mendSeq + reference.slot, makeIssue('reference.not-made',
    { row: Number(link.row), column: header?.header ?? null, field: header?.path ?? field.name, value: null },
    { target: target.label.toLowerCase(), from: String(readRecordId(BigInt(link.missing)).row), now: link.former?.id === undefined || link.former.id === null ? 'is empty' : 'stays as it was' }))))
}
