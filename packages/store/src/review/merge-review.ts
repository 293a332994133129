import { Fault, demandMergeable, findObject, mergeRecords, mergeable, noCounts } from '@longshore/core'
import type { Catalog, ObjectType, Side } from '@longshore/core'
import { insertJob, patchJob } from '../jobs/job.ts'
import { withLooking } from '../match/rekey.ts'
import { objectColumnOf, tableOf } from '../objects/column.ts'
import { asSystem, asWhole } from '../organizations/as-system.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { leadingBack } from './leading-back.ts'
import { binRepeatedLinks } from './bin-repeated-links.ts'
import { edit, type Editor } from '../records/edit.ts'
import { readFields, writeFields, type FieldWrite } from '../records/write-fields.ts'
import { readReview, reviewTable } from './reviews.ts'

export interface MergeChoice {
  /** The record that stays; the other one goes to the bin. */
  keep: Side
  /** Field to the side whose value it takes. Fields without a choice keep what they have, and take the other side's where that is empty. */
  values: ReadonlyMap<string, Side>
}

/** References that are led to the record that stays, at a time. */
const leadBatch = 2_000

/**
 * Makes one record of the two of a pair, in one transaction and under a job number of its own, so that it can be undone: values as chosen,
 * references of others led to the record that stays, the other one to the bin. Returns the job's number.
 */
export async function mergeReview(db: Database, organization: Organization, catalog: Catalog, id: string, choice: MergeChoice, editor: Omit<Editor, 'organization' | 'catalog' | 'job'>): Promise<number> {
  const pair = await db.transaction(organization, (tx) => readReview(tx, organization, catalog, id), { readOnly: true })
  const seen = objectOf(catalog, pair.object)
  demandMergeable(seen, choice.values.keys())
  const written = (now: Catalog): string[] => withLooking(now, [pair.object, ...linksTo(now, pair.object).map(({ object: from }) => from.name)])
  return edit(db, organization, written, { ...editor, job: null }, async (tx, hand) => {
    const job = await asSystem(tx, organization, () => insertJob(tx, organization, {
      kind: 'edit', object: pair.object, operation: 'merge', definition: { review: id, keep: choice.keep, values: Object.fromEntries(choice.values) }, state: 'done',
      metadataVersion: hand.catalog.version, effectiveAt: editor.at, ...(editor.doer ? { by: editor.doer } : {}),
    }))
    const by: Editor = { ...hand, job: job.number }
    const records = await mergePair(tx, by, seen, { id, record: pair.record.id, other: pair.other.id }, choice)
    await asSystem(tx, organization, () => patchJob(tx, organization, job.number, { rows: records + 1, counts: { ...noCounts(), updated: records, deleted: 1 }, finishedAt: new Date().toISOString() }))
    return job.number
  })
}

/** Returns how many records it gave other values. `seen`: the object as the one who merges knows it; what is hidden from them is merged as well, or it would be lost. */
async function mergePair(tx: Transaction, hand: Editor, seen: ObjectType, pair: { id: string; record: string; other: string }, { keep, values }: MergeChoice): Promise<number> {
  const { organization, job, at, by, catalog } = hand
  const object = objectOf(catalog, seen.name)
  const links = linksTo(catalog, seen.name)
  const [kept, lost] = keep === 'record' ? [pair.record, pair.other] : [pair.other, pair.record]
  const names = object.fields.filter((field) => !field.virtual).flatMap((field) => [field.name, objectColumnOf(field) ?? []].flat())
  const { rows: live } = await tx.query(`SELECT 1 FROM ${tableOf(organization, object)} WHERE id = ANY($1::bigint[]) AND deleted_at IS NULL`, [[kept, lost]])
  if (live.length < 2) throw new Fault('review.settled', `The pair ${pair.id} cannot be merged: one of its records is in the bin.`)
  const found = await readFields(tx, organization, object, [...names, 'updated_at', 'as_of'], [kept, lost])
  const [record = {}, other = {}] = [found.get(pair.record), found.get(pair.other)]
  const shown = new Set(mergeable(seen))
  const hidden = mergeable(object).filter((name) => !shown.has(name))
  if (hidden.some((name) => differ(record[name] ?? null, other[name] ?? null))) throw new Fault('review.hidden', `The pair ${pair.id} cannot be merged by you: the records differ in a field that you do not see, and one of the two values would be lost. Ask somebody who sees all fields.`)
  const circular = await leadingBack(tx, organization, object, [kept, lost], [record, other])
  const { from, to } = mergeRecords(object, keep, { record, other }, values, (field, id) => circular.has(`${field} ${id}`))
  let row = 0
  const write = async (into: ObjectType, writes: Omit<FieldWrite, 'row'>[]): Promise<void> =>
    writeFields(tx, { ...hand, asOf: at }, into, writes.map((one) => ({ ...one, row: ++row })))
  if (Object.keys(to).length > 0) {
    const before = found.get(kept) ?? {}
    await write(object, [{ record: kept, from: { ...from, updated_at: before['updated_at'] ?? null, as_of: before['as_of'] ?? null }, to: { ...to, updated_at: at, as_of: at } }])
  }
  // links of records that the one who merges does not see lead to the same record as all others
  await asWhole(tx, organization, async () => {
    for (const { object: referring, column, objectColumn } of links) {
      for (;;) {
        const { rows } = await tx.query<{ id: string }>(`SELECT id FROM ${tableOf(organization, referring)} WHERE ${quoteIdentifier(column)} = $1${objectColumn === null ? '' : ` AND ${quoteIdentifier(objectColumn)} = '${object.name}'`} ORDER BY id LIMIT ${leadBatch}`, [lost])
        await write(referring, rows.map((one) => ({ record: one.id, from: { [column]: lost }, to: { [column]: kept } })))
        if (rows.length < leadBatch) break
      }
    }
    for (const referring of new Set(links.map((one) => one.object))) row += await binRepeatedLinks(tx, hand, referring, kept, row)
  })
  await tx.query(`UPDATE ${tableOf(organization, object)} SET deleted_at = $2::timestamptz, deleted_job = $3 WHERE id = $1`, [lost, at, job])
  await tx.query(`INSERT INTO ${quoteIdentifier(organization.schema)}._change (object, record, job, row_number, kind, at, by) VALUES ($1, $2, $3, $4, 'delete', $5, $6)`, [object.name, lost, job, row + 1, at, by])
  await tx.query(`UPDATE ${reviewTable(organization)} SET state = 'merged', settled_at = $2::timestamptz WHERE id = $1`, [pair.id, at])
  return row
}

function objectOf(catalog: Catalog, name: string): ObjectType {
  const object = findObject(catalog, name)
  if (!object) throw new Fault('object.gone', `The object ${name} does not exist any more.`, { remedy: 'stop' })
  return object
}

function differ(one: string | null, other: string | null): boolean {
  return one !== null && other !== null && one !== other
}

interface Link { object: ObjectType; column: string; objectColumn: string | null }

function linksTo(catalog: Catalog, name: string): Link[] {
  return catalog.objects.flatMap((object) => object.fields.filter((field) => field.kind === 'reference' && field.targets?.includes(name))
    .map((field): Link => ({ object, column: field.name, objectColumn: objectColumnOf(field) })))
}
