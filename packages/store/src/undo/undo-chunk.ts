import { slotBits } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { binMade, binRestored, madeRange, restoreBinned, type IdRange, type RowRange } from './bin-records.ts'
import { nextRows, planFieldPage } from './field-page.ts'
import { writePlannedIssues } from './kept-issues.ts'
import { revertFields } from './revert-fields.ts'
import { revertPlain } from './revert-plain.ts'
import { tellPurged } from './tell-purged.ts'
import { tableIn, type UndoContext } from './undo-context.ts'

export interface UndoSettings {
  /** Rows of the undone job per transaction. */
  binRows: number
  /** Of these, rows at a time whose values pass through core. */
  fieldRows: number
}

export const defaultUndoSettings: UndoSettings = { binRows: 20_000, fieldRows: 2_000 }

/** One step of an undo; each goes through its range in chunks. `id` names the checkpoint: never reuse one. */
export type UndoStep = { id: number; kind: 'fields' | 'existence' | 'purged' } | { id: number; kind: 'made'; object: string }

/** Changes first, then made records, children before parents. A step of an object is numbered by its place in the catalog, which it never leaves. */
export function stepsOf(undo: UndoContext, made: readonly string[]): UndoStep[] {
  return [
    { id: 0, kind: 'fields' },
    { id: -1, kind: 'existence' },
    ...made.map((object): UndoStep => ({ id: 1 + undo.catalog.objects.findIndex(({ name }) => name === object), kind: 'made', object })),
    { id: -2, kind: 'purged' },
  ]
}

export interface UndoChunk {
  /** Where the step goes on: a row number or record id, or `endOfStep`. */
  last: string
  records: number
}

/** The checkpoint of a step that is done. */
export const endOfStep = '9223372036854775807'

/** Does the next chunk of a step in one transaction; the caller keeps the checkpoint in it. */
export async function undoChunk(tx: Transaction, undo: UndoContext, step: UndoStep, from: string, { binRows, fieldRows }: UndoSettings): Promise<UndoChunk> {
  switch (step.kind) {
    case 'fields': return revertChunk(tx, undo, from, { binRows, fieldRows })
    case 'existence': return existenceChunk(tx, undo, from, binRows)
    case 'made': return binChunk(tx, undo, step.object, from, binRows)
    case 'purged': return { last: endOfStep, records: await tellPurged(tx, undo) }
  }
}

/** Gives back the values that the next rows of the undone job changed: at once where that is all there is to say, else page by page through core. */
async function revertChunk(tx: Transaction, undo: UndoContext, from: string, { binRows, fieldRows }: UndoSettings): Promise<UndoChunk> {
  const range = await nextRows(tx, undo, ['update'], from, binRows)
  if (!range) return { last: endOfStep, records: 0 }
  let records = await revertPlain(tx, undo, range)
  if (records < await countUpdates(tx, undo, range)) {
    for (let at = range.from; ;) {
      const next = await nextRows(tx, undo, ['update'], at, fieldRows)
      if (!next || BigInt(next.from) >= BigInt(range.to)) break
      at = smaller(BigInt(next.to), BigInt(range.to)).toString()
      const page = await planFieldPage(tx, undo, { from: next.from, to: at })
      await revertFields(tx, undo, page)
      records += page.length
    }
  }
  return { last: range.to, records }
}

async function countUpdates(tx: Transaction, undo: UndoContext, { from, to }: RowRange): Promise<number> {
  const { rows: [updates] } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM ${tableIn(undo, '_change')} WHERE job = $1 AND kind = 'update' AND row_number >= $2 AND row_number < $3`, [undo.undone.number, from, to])
  return Number(updates?.n ?? 0)
}

/** Brings back what the next rows of the undone job moved to the bin, and the other way round. */
async function existenceChunk(tx: Transaction, undo: UndoContext, from: string, size: number): Promise<UndoChunk> {
  const range = await nextRows(tx, undo, ['delete', 'restore'], from, size)
  if (!range) return { last: endOfStep, records: 0 }
  const { rows: parts } = await tx.query<{ object: string; kind: 'delete' | 'restore'; n: number }>(
    `SELECT object, kind, count(*)::integer AS n FROM ${tableIn(undo, '_change')} WHERE job = $1 AND kind IN ('delete', 'restore') AND row_number >= $2 AND row_number < $3
     GROUP BY 1, 2 ORDER BY 1, 2`, [undo.undone.number, range.from, range.to])
  for (const { object, kind } of parts) {
    if (kind === 'delete') await restoreBinned(tx, undo, object, range)
    else {
      await binRestored(tx, undo, object, range)
      await writePlannedIssues(tx, undo, object, { rows: range })
    }
  }
  return { last: range.to, records: parts.reduce((sum, { n }) => sum + n, 0) }
}

/** Moves the next made records of an object to the bin. */
async function binChunk(tx: Transaction, undo: UndoContext, object: string, from: string, size: number): Promise<UndoChunk> {
  const made = madeRange(undo)
  const { rows: [next] } = await tx.query<{ id: string | null }>(`SELECT min(id) AS id FROM ${tableIn(undo, object)} WHERE id >= $1 AND id >= $2 AND id < $3`, [from, made.from, made.to])
  if (!next || next.id === null) return { last: endOfStep, records: 0 }
  const range: IdRange = { from: next.id, to: smaller(BigInt(next.id) + (BigInt(size) << slotBits), BigInt(made.to)).toString() }
  const records = await binMade(tx, undo, object, range)
  await writePlannedIssues(tx, undo, object, { ids: range })
  return { last: range.to, records }
}

function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
