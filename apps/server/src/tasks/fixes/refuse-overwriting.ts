import { Fault, rangesOf } from '@longshore/core'
import type { Fix } from '@longshore/core'
import { rowsInScope } from '@longshore/store'
import type { KeptFix, Organization, Transaction } from '@longshore/store'

/** Cells that a message names. */
const named = 3

/**
 * Refuses an edit of cells that say something else than when the person began to type, and says who changed them; and one of rows that the
 * file does not have.
 */
export async function refuseOverwriting(tx: Transaction, organization: Organization, job: number, { cells }: Extract<Fix, { kind: 'edit' }>, kept: readonly KeptFix[]): Promise<void> {
  const rows = [...new Set(cells.map(({ row }) => row))].sort((a, b) => a - b)
  const missing = new Set(rows)
  const conflicts: string[] = []
  for await (const batch of rowsInScope(tx, organization, job, [{ kind: 'rows', rows: rangesOf(rows) }], 1_000)) {
    const byRow = new Map(batch.map((one) => [one.row, one]))
    for (const { row, column, seen } of cells) {
      const found = byRow.get(row)
      if (!found) continue
      missing.delete(row)
      const text = found.current.cells[column - 1] ?? ''
      if (seen === undefined || seen === text) continue
      const fix = kept.find(({ number }) => number === found.by.at(-1))
      conflicts.push(`row ${row}, column ${column} now says ${text === '' ? 'nothing' : `"${text.slice(0, 80)}"`}${fix ? ` (fix ${fix.number}${fix.by === null ? '' : ` by ${fix.by}`}, ${fix.at})` : ''}`)
    }
  }
  const [first] = missing
  if (first !== undefined) throw new Fault('fix.no-rows', `Job ${job} has no row ${first}: nothing was changed.`, { path: 'cells' })
  if (conflicts.length > 0) throw new Fault('fix.conflict', `Somebody else was faster: ${conflicts.slice(0, named).join('; ')}${conflicts.length > named ? `, and ${conflicts.length - named} more` : ''}. Look at it again, and change it from there.`, { path: 'cells' })
}
