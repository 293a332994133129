import { sumOf } from '@longshore/core'
import type { Counts } from '@longshore/core'
import { countOutcomes } from '../apply/count-outcomes.ts'
import type { Transaction } from '../postgres/database.ts'
import { countKept } from './kept-issues.ts'
import { isOwn, tableIn, type UndoContext } from './undo-context.ts'

export interface UndoTotals {
  /** Records that the undo accounts for; its rows are theirs. */
  rows: number
  counts: Counts
  /** Records made for references that went to the bin or came back, by object. */
  related: Record<string, number>
  /** Records left as they were, wholly or in some fields, related ones among them. */
  kept: number
}

/** What an undo did, counted where it is kept. */
export async function undoTotals(tx: Transaction, undo: UndoContext): Promise<UndoTotals> {
  const counts = await countOutcomes(tx, undo.organization, undo.job)
  const { rows: objects } = await tx.query<{ object: string }>(`SELECT DISTINCT object FROM ${tableIn(undo, '_change')} WHERE job = $1 ORDER BY 1`, [undo.job])
  const related: Record<string, number> = {}
  for (const { object } of objects) {
    const { rows: [row] } = await tx.query<{ n: string }>(
      `SELECT count(DISTINCT record) AS n FROM ${tableIn(undo, '_change')} WHERE job = $1 AND object = $2 AND NOT ${isOwn(undo, object, 'record')}`, [undo.job, object])
    if (Number(row?.n ?? 0) > 0) related[object] = Number(row?.n)
  }
  return { rows: sumOf(counts), counts, related, kept: await countKept(tx, undo) }
}
