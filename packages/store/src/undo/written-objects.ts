import { recordIdsOf, undoOrder } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { withLooking } from '../match/rekey.ts'
import { tableIn, type UndoContext } from './undo-context.ts'

/** Objects of which the undone job itself made records, those that refer before those that are referred to. An undo makes none. */
export async function madeObjects(tx: Transaction, undo: UndoContext): Promise<string[]> {
  if (undo.undone.kind !== 'import') return []
  const { from, to } = recordIdsOf(undo.undone.number)
  const { rows } = await tx.query<{ object: string }>(undo.catalog.objects.map(({ name }) =>
    `SELECT '${name}' AS object WHERE EXISTS (SELECT 1 FROM ${tableIn(undo, name)} WHERE id >= ${from} AND id < ${to})`).join(' UNION ALL '))
  return undoOrder(undo.catalog, rows.map((row) => row.object))
}

/** Objects that the undo writes, by name: those of records made and of records changed. It has to be the writer of them all. */
export async function undoneObjects(tx: Transaction, undo: UndoContext): Promise<string[]> {
  const { rows } = await tx.query<{ object: string }>(`SELECT DISTINCT object FROM ${tableIn(undo, '_change')} WHERE job = $1`, [undo.undone.number])
  // keys of other objects may look at what goes back here: a contact's, by the name of its account
  return withLooking(undo.catalog, [...await madeObjects(tx, undo), ...rows.map((row) => row.object)])
}
