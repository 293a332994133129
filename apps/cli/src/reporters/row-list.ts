import type { RowOverview, StagedRow } from '@longshore/server'
import { count, counted } from './quantity.ts'
import { table } from './table.ts'
import { visible } from './visible.ts'

/** Columns of the file that a terminal has room for. */
const shownColumns = 4

/** Rows of a job for people: how many there are of each kind, then each with its first cells, its plan and its issues. */
export function rowList({ counts, columns, planned }: RowOverview, total: number, rows: readonly StagedRow[]): string {
  const sums = `${counted(counts.rows, 'row')}: ${count(counts.ready)} ready, ${count(counts.errors)} with errors, ${count(counts.duplicates)} duplicates, ${count(counts.excluded)} left out; ${count(counts.warnings)} with warnings.\n`
  const stale = planned ? '' : 'Rows were corrected since the plan was made: what is planned for them is not shown.\n'
  if (rows.length === 0) return `${sums}${stale}No such rows.\n`
  const heads = columns.slice(0, shownColumns).map((header) => visible(header, 24))
  const lines = table(['Row', ...heads, ...(planned ? ['Planned'] : []), 'Issues'], rows.map((row) => [
    row.row, ...heads.map((_, i) => row.cells?.[i] ?? row.values[i] ?? null), ...(planned ? [row.leftOut ? 'excluded' : row.plan.outcome] : []), row.issues.map(({ code, field }) => (field === null ? code : `${code} ${field}`)).join(', '),
  ]))
  return `${sums}${stale}\n${lines}${total > rows.length ? `${count(rows.length)} of ${counted(total, 'row')}.\n` : ''}`
}
