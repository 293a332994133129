import { Fault, findObject } from '@longshore/core'
import type { ObjectType } from '@longshore/core'
import { rekeyLooking, withLooking } from '../match/rekey.ts'
import { canonicalInstant } from '../objects/canonical-value.ts'
import { tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { auditEdit, edit, type Editor } from './edit.ts'
import { nameOf } from './record-names.ts'

export interface BinnedRecord { object: string; record: string; name: string | null; deletedAt: string; deletedBy: number | null }

/** Records that leave the bin for good at a time. */
const emptyBatch = 5_000

/** Where a list of the bin goes on: behind this record. */
export type BinCursor = Pick<BinnedRecord, 'object' | 'record' | 'deletedAt'>

/** What is in the bin, last deleted first; of one object, or of all. What one job deleted bears one moment: then by object and record. */
export async function listBin(tx: Transaction, organization: Organization, objects: readonly ObjectType[], { limit, after }: { limit: number; after: BinCursor | null }): Promise<BinnedRecord[]> {
  if (objects.length === 0) return []
  const parts = objects.flatMap((object) => stretches(object, after).map((stretch) => `(SELECT '${object.name}' COLLATE "C" AS object, id, ${nameOf(object)} AS name, ${canonicalInstant('deleted_at')} AS "deletedAt", deleted_job AS "deletedBy", deleted_at
    FROM ${tableOf(organization, object)} WHERE ${stretch} ORDER BY deleted_at DESC, id LIMIT $1)`))
  const { rows } = await tx.query<BinnedRecord>(`SELECT object, id::text AS record, name, "deletedAt", "deletedBy" FROM (${parts.join(' UNION ALL ')}) b ORDER BY b.deleted_at DESC, b.object, b.id LIMIT $1`,
    [limit, ...after === null ? [] : objects.some(({ name }) => name === after.object) ? [after.deletedAt, after.record] : [after.deletedAt]])
  return rows
}

/** SQL of where an object's records behind the cursor lie, which is `$2` and `$3`: each stretch is one of the index, from whose beginning a page is read. */
function stretches({ name }: ObjectType, after: BinCursor | null): string[] {
  if (after === null) return ['deleted_at IS NOT NULL']
  if (name !== after.object) return [`deleted_at ${name > after.object ? '<=' : '<'} $2::timestamptz`]
  return ['deleted_at = $2::timestamptz AND id > $3::bigint', 'deleted_at < $2::timestamptz']
}

/** How many records are in the bin, by object; objects with none are left out. */
export async function countBin(tx: Transaction, organization: Organization, objects: readonly ObjectType[]): Promise<Record<string, number>> {
  if (objects.length === 0) return {}
  const { rows } = await tx.query<{ object: string; n: string }>(objects.map((object) => `SELECT '${object.name}' AS object, count(*) AS n FROM ${tableOf(organization, object)} WHERE deleted_at IS NOT NULL`).join(' UNION ALL '))
  return Object.fromEntries(rows.filter(({ n }) => n !== '0').map(({ object, n }) => [object, Number(n)]))
}

/** Moves records to the bin by hand. Throws `record.missing` naming the first that is not there; then none goes. */
export async function binRecords(db: Database, organization: Organization, object: ObjectType, ids: readonly string[], editor: Omit<Editor, 'organization' | 'catalog'>): Promise<void> {
  await edit(db, organization, () => [object.name], editor, async (tx, hand) => {
    const { job, at, by } = hand
    const { rows } = await tx.query<{ id: string }>(`UPDATE ${tableOf(organization, object)} SET deleted_at = now(), deleted_job = $2 WHERE id = ANY($1::bigint[]) AND deleted_at IS NULL RETURNING id`, [ids, job])
    const gone = new Set(rows.map(({ id }) => id))
    const missing = ids.find((id) => !gone.has(id))
    if (missing !== undefined) throw new Fault('record.missing', `There is no record ${missing} of ${object.name}, or it is in the bin. Nothing was deleted.`)
    await tx.query(`INSERT INTO ${quoteIdentifier(organization.schema)}._change (object, record, job, kind, at, by) SELECT $1, id, $2, 'delete', $3::timestamptz, $4 FROM unnest($5::bigint[]) id ORDER BY id`,
      [object.name, job, at, by, [...gone]])
    await auditEdit(tx, hand, { act: 'record.delete', target: object.name, details: { records: [...gone] } })
  })
}

/** Brings records back from the bin. Throws `bin.missing` naming the first that is not in it; then none comes back. */
export async function restoreRecords(db: Database, organization: Organization, object: ObjectType, ids: readonly string[], editor: Omit<Editor, 'organization' | 'catalog'>): Promise<void> {
  await edit(db, organization, () => [object.name], editor, async (tx, hand) => {
    const { job, at, by } = hand
    const { rows } = await tx.query<{ id: string }>(`UPDATE ${tableOf(organization, object)} SET deleted_at = NULL, deleted_job = NULL WHERE id = ANY($1::bigint[]) AND deleted_at IS NOT NULL RETURNING id`, [ids])
    const restored = new Set(rows.map(({ id }) => id))
    const missing = ids.find((id) => !restored.has(id))
    if (missing !== undefined) throw new Fault('bin.missing', `There is no record ${missing} of ${object.name} in the bin, so nothing was restored. "longshore bin list --object ${object.name}" shows what there is.`)
    await tx.query(`INSERT INTO ${quoteIdentifier(organization.schema)}._change (object, record, job, kind, at, by) SELECT $1, id, $2, 'restore', $3::timestamptz, $4 FROM unnest($5::bigint[]) id ORDER BY id`,
      [object.name, job, at, by, [...restored]])
    await auditEdit(tx, hand, { act: 'record.restore', target: object.name, details: { records: [...restored] } })
  })
}

/** `busy`: objects that a job was writing and did not let go of; what is in their bin waits for the next time. */
export interface EmptiedBin { records: number; busy: string[] }

/**
 * Takes what has been in the bin since before `before` away for good, and its history with it. What an import or undo that could bring
 * them back was, stays known.
 */
export async function emptyBin(db: Database, organization: Organization, objects: readonly ObjectType[], before: string, editor: Omit<Editor, 'organization' | 'catalog'>): Promise<EmptiedBin> {
  const emptied: EmptiedBin = { records: 0, busy: [] }
  for (const object of objects) {
    try {
      while (await isDue(db, organization, object, before)) {
        emptied.records += await edit(db, organization, (catalog) => withLooking(catalog, [object.name]), editor, (tx, hand) =>
          purge(tx, hand, object, `SELECT id FROM ${tableOf(organization, object)} WHERE deleted_at < $5::timestamptz ORDER BY id LIMIT ${emptyBatch}`, [before]))
      }
    } catch (error) {
      if (!(error instanceof Fault && error.code === 'writer.busy')) throw error
      emptied.busy.push(object.name)
    }
  }
  return emptied
}

async function isDue(db: Database, organization: Organization, object: ObjectType, before: string): Promise<boolean> {
  const { rows } = await db.transaction(organization, (tx) => tx.query(`SELECT 1 FROM ${tableOf(organization, object)} WHERE deleted_at < $1::timestamptz LIMIT 1`, [before]), { readOnly: true })
  return rows.length > 0
}

/** Takes records away for good: themselves, their history, the pairs they stand in, and what others' keys saw of them. `ids`: SQL with parameters from `$5` on. */
async function purge(tx: Transaction, hand: Editor, object: ObjectType, ids: string, values: readonly unknown[]): Promise<number> {
  const { organization, catalog, job, at, by } = hand
  const schema = quoteIdentifier(organization.schema)
  const { rows } = await tx.query<{ id: string }>(`
    WITH gone AS (DELETE FROM ${tableOf(organization, object)} WHERE id IN (${ids}) RETURNING id),
    history AS (DELETE FROM ${schema}._change h USING gone WHERE h.object = $1 AND h.record = gone.id),
    pairs AS (DELETE FROM ${schema}._review r USING gone WHERE r.object = $1 AND (r.record = gone.id OR r.other = gone.id)),
    told AS (INSERT INTO ${schema}._change (object, record, job, kind, at, by) SELECT $1, id, $2::integer, 'purge', $3::timestamptz, $4::integer FROM gone ORDER BY id)
    SELECT id FROM gone`, [object.name, job, at, by, ...values])
  await rekeyLooking(tx, organization, catalog, object, rows.map(({ id }) => id))
  await auditEdit(tx, hand, { act: 'record.purge', target: object.name, details: { records: rows.length } })
  return rows.length
}

/** The objects that a list names, or all. Throws `object.unknown`. */
export function objectsNamed(editor: Pick<Editor, 'catalog'>, name: string | undefined): ObjectType[] {
  if (name === undefined) return editor.catalog.objects
  const object = findObject(editor.catalog, name)
  if (!object) throw new Fault('object.unknown', `There is no object "${name.slice(0, 80)}". There are ${editor.catalog.objects.map((one) => one.name).join(', ')}.`)
  return [object]
}
