import { outcomes, reasons } from '@longshore/core'
import type { Outcome } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { outcomeRows } from '../plan/plain-rows.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { tableIn, type UndoContext } from './undo-context.ts'

const outcome = (name: Outcome): number => outcomes.indexOf(name)

/** Accounts for rows whose record was removed for good since: nothing of it is left to be found by its id. Returns how many. */
export async function tellPurged(tx: Transaction, undo: UndoContext): Promise<number> {
  if (undo.undone.kind !== 'import') return 0
  const { rowCount } = await tx.query(`INSERT INTO ${tableIn(undo, '_outcome')} (job, row_number, outcome, reason, record)
    SELECT $1, o.row_number, ${outcome('skipped')}, ${reasons.indexOf('already-gone')}, o.record FROM ${outcomeRows(quoteIdentifier(undo.organization.schema))} o
    WHERE o.job = $2 AND o.outcome IN (${outcome('created')}, ${outcome('flagged')})
      AND NOT EXISTS (SELECT 1 FROM ${tableIn(undo, '_outcome')} told WHERE told.job = $1 AND told.row_number = o.row_number)`, [undo.job, undo.undone.number])
  return rowCount
}
