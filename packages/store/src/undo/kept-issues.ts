import { makeIssue, readRecordId, reasons } from '@longshore/core'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { issueLine } from '../stage/copy-text.ts'
import { tableIn, type UndoContext } from './undo-context.ts'
import type { IdRange, RowRange } from './bin-records.ts'

/** A record that the undo leaves as it is, wholly or in the named fields. */
export interface KeptRecord {
  object: string
  record: string
  row: number
  fields: string[]
  reason: 'edited-since' | 'referred-to-since' | 'already-gone'
  /** referred-to-since: by how many records. */
  count: number
}

/** Issues of one row are numbered by the slot of their record, then by field. */
export const issuesPerSlot = 4_000
/** Records listed at a time. */
const listBatch = 2_000

/** Lists kept records as issues of the undo, in the transaction that kept them. */
export async function writeKeptIssues(tx: Transaction, undo: UndoContext, kept: readonly KeptRecord[]): Promise<void> {
  await copyLines(tx, `COPY ${tableIn(undo, '_issue')} FROM STDIN`, kept.flatMap((one) => (one.fields.length === 0 ? [null] : one.fields).map((field, i) =>
    issueLine(undo.job, slotOf(undo, one) * issuesPerSlot + i, makeIssue(`undo.${one.reason}`,
      { row: one.row, column: null, field, value: null }, { id: one.record, count: String(one.count) })))))
}

/** Lists what the plan keeps of an object: in a range of record ids, or of rows. */
export async function writePlannedIssues(tx: Transaction, undo: UndoContext, object: string, range: { ids: IdRange } | { rows: RowRange }): Promise<void> {
  const [column, { from, to }] = 'ids' in range ? ['p.record', range.ids] : ['p.anchor', range.rows]
  for (let after = '-1'; ;) {
    const { rows } = await tx.query<{ record: string; row: string; reason: number; detail: { fields?: string[]; count?: number } }>(
      `SELECT p.record, p.anchor AS row, p.reason, p.detail FROM ${tableIn(undo, '_plan')} p JOIN ${tableIn(undo, object)} o ON o.id = p.record
       WHERE p.job = $1 AND ${column} >= $2 AND ${column} < $3 AND p.row_number > $4 AND o.deleted_at IS NULL ORDER BY p.row_number LIMIT ${listBatch}`,
      [undo.job, from, to, after])
    await writeKeptIssues(tx, undo, rows.map(({ record, row, reason, detail }) => ({
      object, record, row: Number(row), fields: detail.fields ?? [], reason: keptReason(reason), count: detail.count ?? 0,
    })))
    const last = rows.at(-1)
    if (!last || rows.length < listBatch) return
    after = last.record
  }
}

export function keptReason(position: number): KeptRecord['reason'] {
  const reason = reasons[position]
  return reason === 'edited-since' || reason === 'referred-to-since' ? reason : 'already-gone'
}

/** How many records a finished undo left as they were, wholly or in some fields. */
export async function countKept(tx: Transaction, undo: Pick<UndoContext, 'organization' | 'job'>): Promise<number> {
  const { rows } = await tx.query<{ n: string }>(
    `SELECT count(DISTINCT (row_number, seq / ${issuesPerSlot})) AS n FROM ${tableIn(undo, '_issue')} WHERE job = $1 AND code LIKE 'undo.%'`, [undo.job])
  return Number(rows[0]?.n ?? 0)
}

/** Which record of its row it is: 0 the row's own, 1 to 7 one that the row made for a reference or changed beside it. */
function slotOf(undo: UndoContext, { object, record }: KeptRecord): number {
  const { job, slot } = readRecordId(BigInt(record))
  if (job === undo.root) return slot
  return object === undo.undone.object ? 0 : 7
}
