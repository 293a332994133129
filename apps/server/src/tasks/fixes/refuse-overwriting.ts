import { Fault, rangesOf } from '@longshore/core'
import type { Fix, RowRanges } from '@longshore/core'
import { firstMissingRow, rowsInScope } from '@longshore/store'
import type { KeptFix, Organization, Transaction } from '@longshore/store'

/** Cells that a message names. */
const named = 3

/** Refuses a fix of rows that the job does not have: counted, they would be missing from its outcomes. */
export async function refuseMissingRows(tx: Transaction, organization: Organization, job: number, rows: RowRanges): Promise<void> {
  const missing = await firstMissingRow(tx, organization, job, rows)
  if (missing !== null) throw new Fault('fix.no-rows', `Job ${job} has no row ${missing}: nothing was changed.`, { path: 'rows' })
}

/** Refuses an edit of cells that say something else than when the person began to type, and says who changed them; and one of rows that the job does not have. */
export async function refuseOverwriting(tx: Transaction, organization: Organization, job: number, { cells }: Extract<Fix, { kind: 'edit' }>, kept: readonly KeptFix[]): Promise<void> {
  const rows = rangesOf([...new Set(cells.map(({ row }) => row))].sort((a, b) => a - b))
  await refuseMissingRows(tx, organization, job, rows)
  const conflicts: string[] = []
  for await (const batch of rowsInScope(tx, organization, job, [{ kind: 'rows', rows }], 1_000)) {
    const byRow = new Map(batch.map((one) => [one.row, one]))
    for (const { row, column, seen } of cells) {
      const found = byRow.get(row)
      if (!found) continue
      const text = found.current.cells[column - 1] ?? ''
      if (seen === undefined || seen === text) continue
      const fix = kept.find(({ number }) => number === found.by.at(-1))
      conflicts.push(`row ${row}, column ${column} now says ${text === '' ? 'nothing' : `"${text.slice(0, 80)}"`}${fix ? ` (fix ${fix.number}${fix.by === null ? '' : ` by ${fix.by}`}, ${fix.at})` : ''}`)
    }
  }
  if (conflicts.length > 0) throw new Fault('fix.conflict', `Somebody else was faster: ${conflicts.slice(0, named).join('; ')}${conflicts.length > named ? `, and ${conflicts.length - named} more` : ''}. Look at it again, and change it from there.`, { path: 'cells' })
}
