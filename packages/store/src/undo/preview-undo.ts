import { readRecordId } from '@longshore/core'
import type { Catalog, ObjectType, UndoPreview } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { recordNames } from '../records/record-names.ts'
import { binnedByIt, madeRange } from './bin-records.ts'
import { nextRows, planFieldPage } from './field-page.ts'
import { findKept } from './find-kept.ts'
import { keptReason } from './kept-issues.ts'
import { isReverted, keptOf } from './revert-fields.ts'
import { defaultUndoSettings } from './undo-chunk.ts'
import { isOfJob, isOwn, loadPreview, tableIn, type UndoContext } from './undo-context.ts'
import { madeObjects } from './written-objects.ts'

/** Kept records that a preview lists; all are counted. */
const listedKept = 1_000

/** `named`: objects as who asks may see them; kept records of others are called by no name. */
interface PreviewWish { everything: boolean; named: readonly ObjectType[] }

/** What an undo of the job would do now, worked out by the code that does it; writes nothing. */
export async function previewUndo(db: Database, organization: Organization, catalog: Catalog, job: number, { everything, named }: PreviewWish): Promise<UndoPreview> {
  const undo = await db.transaction(null, (tx) => loadPreview(tx, organization, catalog, job, everything), { readOnly: true })
  // repeatable read: the counts belong to one moment
  return db.transaction(organization, async (tx) => {
    await findKept(tx, undo)
    const preview: UndoPreview = { job, object: undo.undone.object, binned: 0, restored: 0, revived: 0, related: {}, kept: [], keptCount: 0, keptFor: {} }
    for (const object of await madeObjects(tx, undo)) await countMade(tx, undo, preview, object)
    await countChanged(tx, undo, preview)
    await listKept(tx, undo, preview)
    await previewFields(tx, undo, preview)
    await nameKept(tx, organization, preview, named)
    return preview
  }, { isolation: 'repeatable read', settings: { work_mem: '64MB' } })
}

function addRelated(preview: UndoPreview, object: string, records: number): void {
  if (records > 0) preview.related[object] = (preview.related[object] ?? 0) + records
}

function addKept(preview: UndoPreview, reason: string, records: number): void {
  preview.keptCount += records
  preview.keptFor[reason] = (preview.keptFor[reason] ?? 0) + records
}

async function nameKept(tx: Transaction, organization: Organization, preview: UndoPreview, named: readonly ObjectType[]): Promise<void> {
  for (const object of named) {
    const kept = preview.kept.filter((one) => one.object === object.name)
    const names = await recordNames(tx, organization, object, kept.map(({ record }) => record))
    for (const one of kept) one.name = names.get(one.record) ?? null
  }
}

async function countMade(tx: Transaction, undo: UndoContext, preview: UndoPreview, object: string): Promise<void> {
  const { from, to } = madeRange(undo)
  const { rows: [row] } = await tx.query<{ own: string; related: string }>(`SELECT count(*) FILTER (WHERE ${isOwn(undo, object, 'o.id')}) AS own, count(*) FILTER (WHERE NOT ${isOwn(undo, object, 'o.id')}) AS related
    FROM ${tableIn(undo, object)} o WHERE o.id >= ${from} AND o.id < ${to} AND o.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM pg_temp.kept k WHERE k.record = o.id)`)
  preview.binned += Number(row?.own ?? 0)
  addRelated(preview, object, Number(row?.related ?? 0))
}

/** Records that the job moved to the bin come back, those that it brought back go again. */
async function countChanged(tx: Transaction, undo: UndoContext, preview: UndoPreview): Promise<void> {
  const history = tableIn(undo, '_change')
  const { rows: parts } = await tx.query<{ object: string; kind: 'delete' | 'restore' }>(
    `SELECT DISTINCT object, kind FROM ${history} WHERE job = $1 AND kind IN ('delete', 'restore') ORDER BY 1, 2`, [undo.undone.number])
  for (const { object, kind } of parts) {
    const own = isOwn(undo, object, 'o.id')
    const { rows: [row] } = await tx.query<{ own: string; related: string }>(`SELECT count(*) FILTER (WHERE ${own}) AS own, count(*) FILTER (WHERE NOT ${own}) AS related
      FROM (SELECT DISTINCT record FROM ${history} WHERE job = $1 AND kind = $2 AND object = $3) h JOIN ${tableIn(undo, object)} o ON o.id = h.record
      WHERE ${kind === 'delete' ? `o.deleted_at IS NOT NULL AND ${binnedByIt(undo)}` : 'o.deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM pg_temp.kept k WHERE k.record = o.id)'}`, [undo.undone.number, kind, object])
    if (kind === 'delete') preview.revived += Number(row?.own ?? 0)
    else preview.binned += Number(row?.own ?? 0)
    addRelated(preview, object, Number(row?.related ?? 0))
  }
}

async function listKept(tx: Transaction, undo: UndoContext, preview: UndoPreview): Promise<void> {
  const { rows: counted } = await tx.query<{ reason: number; n: string }>('SELECT reason, count(*) AS n FROM pg_temp.kept GROUP BY reason ORDER BY reason')
  for (const { reason, n } of counted) addKept(preview, keptReason(reason), Number(n))
  const { rows } = await tx.query<{ object: string; record: string; reason: number; fields: string[] | null; row: string | null }>(
    `SELECT k.object, k.record, k.reason, k.detail -> 'fields' AS fields,
       (SELECT min(b.row_number) FROM ${tableIn(undo, '_change')} b WHERE b.record = k.record AND ${isOfJob('b', '$1')} AND b.kind = 'restore') AS row
     FROM pg_temp.kept k ORDER BY k.object, k.record LIMIT ${listedKept}`, [undo.undone.number])
  for (const { object, record, reason, fields, row } of rows) {
    const made = readRecordId(BigInt(record))
    preview.kept.push({ object, record, name: null, row: made.job === undo.root ? made.row : row === null ? null : Number(row), fields: fields ?? [], reason: keptReason(reason) })
  }
}

async function previewFields(tx: Transaction, undo: UndoContext, preview: UndoPreview): Promise<void> {
  for (let from = '0'; ;) {
    const range = await nextRows(tx, undo, ['update'], from, defaultUndoSettings.fieldRows)
    if (!range) return
    for (const record of await planFieldPage(tx, undo, range)) {
      if (isReverted(record) && record.moved === null) {
        if (record.object === undo.undone.object) preview.restored += 1
        else addRelated(preview, record.object, 1)
      }
      for (const { object, record: id, row, fields, reason } of keptOf(record)) {
        addKept(preview, reason, 1)
        if (preview.kept.length < listedKept) preview.kept.push({ object, record: id, name: null, row, fields, reason })
      }
    }
    from = range.to
  }
}
