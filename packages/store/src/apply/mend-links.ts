import { makeIssue, readRecordId } from '@longshore/core'
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
import type { ApplyContext } from './chunk-rows.ts'
import { makeFromRow } from './late-records.ts'
import { linkValues } from './link-values.ts'
import { mendCircles } from './mend-circles.ts'
import { linksTo, missingRecords, recordsMeant, type Link } from './missing-links.ts'

/** Missing records that are looked for, and links that are mended, at a time. */
const mendBatch = 1_000
/** Seq of the issue of a link that stays without its record. */
const mendSeq = 20_100

/**
 * A plan links rows to records before these exist, so a row can be written whose record to refer to never came: the row that was to make it
 * was cancelled, was refused by the database, or was planned otherwise after others wrote. Each such link is led to the record that
 * is meant now; a record that only rows describe is made from the first of those that were written; and where there is none, the link is what it was before,
 * and the row says so. Links that stand in a circle without the rows that were not written go back, too. Cheap to call again.
 */
export async function mendLinks(db: Database, apply: ApplyContext): Promise<void> {
  await fenced(db, apply.attempt, async (tx) => {
    await checkWriters(tx, apply.attempt, writtenObjects(apply))
    for (const reference of apply.references) await mendReference(tx, apply, reference)
    await mendCircles(tx, apply)
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
      const links = await linksTo(tx, apply, reference, batch, mendBatch)
      await lead(tx, apply, reference, links, meant)
      if (links.length < mendBatch) break
    }
  }
}

/** Leads links to the records that are meant. A record that the job changed gets a second change, one that it made does not: its making writes none. */
async function lead(tx: Transaction, apply: ApplyContext, reference: PlannedReference, links: readonly Link[], meant: Map<string, string>): Promise<void> {
  const { attempt, mapping: { object }, catalog } = apply
  const { field, target } = reference
  const objectColumn = objectColumnOf(field)
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
    led.push({ link, to: found === null ? linkValues(reference, link.former?.id ?? null, link.former?.object ?? null) : linkValues(reference, found) })
  }
  const [made, changed] = [led.filter(({ link }) => link.former === undefined), led.filter(({ link }) => link.former !== undefined)]
  const ids = made.map(({ link }) => link.record)
  await tx.query(`UPDATE ${tableOf(attempt.organization, object)} c SET ${quoteIdentifier(field.name)} = v.id${objectColumn === null ? '' : `, ${quoteIdentifier(objectColumn)} = v.object`}
    FROM unnest($1::bigint[], $2::bigint[], $3::text[]) v (record, id, object) WHERE c.id = v.record`, [ids, made.map(({ to }) => to[field.name] ?? null), made.map(({ to }) => (objectColumn === null ? null : to[objectColumn] ?? null))])
  await rekey(tx, attempt.organization, catalog, object, new Set([field.name]), ids)
  await writeFields(tx, { organization: attempt.organization, catalog, job: attempt.job, at: apply.effectiveAt, by: Number(apply.owners[0] ?? 0) || null, asOf: null }, object,
    changed.map(({ link, to }) => ({ record: link.record, row: Number(link.row), from: linkValues(reference, link.missing), to })))
  const header = apply.mapping.targets.find((one) => one.reference?.name === field.name && one.column !== null)
  await copyLines(tx, `COPY ${names(attempt).table('_issue')} FROM STDIN`, left.map((link) => issueLine(attempt.job, mendSeq + reference.slot, makeIssue('reference.not-made',
    { row: Number(link.row), column: header?.header ?? null, field: header?.path ?? field.name, value: null },
    { target: target.label.toLowerCase(), from: String(readRecordId(BigInt(link.missing)).row), now: link.former?.id === undefined || link.former.id === null ? 'is empty' : 'stays as it was' }))))
}
