import { Fault, countRanges, rangesOf } from '@longshore/core'
import type { Fix, RowRanges } from '@longshore/core'
import { firstMissingRow, rowsInScope, triedAmong } from '@longshore/store'
import type { KeptFix, Organization, Transaction } from '@longshore/store'

/** Cells that a message names. */
const named = 3

/** Refuses a fix of rows that the job does not have: counted, they would be missing from its outcomes. */
export async function refuseMissingRows(tx: Transaction, organization: Organization, job: number, rows: RowRanges): Promise<void> {
  const missing = await firstMissingRow(tx, organization, job, rows)
  if (missing !== null) throw new Fault('fix.no-rows', `Job ${job} has no row ${missing}: nothing was changed.`, { path: 'rows' })
}

/** Refuses a fix that would never be written: of rows that trials have imported already. `rows` may hold others, too, for which it then stands; `named` ones may not. */
export async function refuseTriedRows(tx: Transaction, organization: Organization, job: number, rows: RowRanges, { named: all = false }: { named?: boolean } = {}): Promise<void> {
  const tried = await triedAmong(tx, organization, job, rows)
  if (tried.rows === 0 || (!all && tried.rows < countRanges(rows))) return
  throw new Fault('fix.tried', `Row ${tried.first} of job ${job}${tried.rows > 1 ? ` and ${tried.rows - 1} more were` : ' was'} imported by a trial, and the import leaves ${tried.rows > 1 ? 'them' : 'it'} out: nothing was changed. Correct the record, or undo the trial first.`, { path: 'rows' })
}

/** Refuses an edit of cells that say something else than when the person began to type, and says who changed them; and one of rows that the job does not have. */
export async function refuseOverwriting(tx: Transaction, organization: Organization, job: number, { cells }: Extract<Fix, { kind: 'edit' }>, kept: readonly KeptFix[]): Promise<void> {
  const rows = rangesOf([...new Set(cells.map(({ row }) => row))].sort((a, b) => a - b))
  await refuseMissingRows(tx, organization, job, rows)
  await refuseTriedRows(tx, organization, job, rows, { named: true })
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
