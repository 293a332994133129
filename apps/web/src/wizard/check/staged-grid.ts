import type { RowOverviewAnswer, StagedRowAnswer } from '@longshore/contract'
import type { GridColumn, GridRow } from '../../grid/grid-column.ts'
import { count } from '../../ui/number.ts'
import { plainMessage } from '../../ui/plain-message.ts'

const usualPx = 150

/** A column of the sheet: the file's column, with the field that it feeds under its header. */
export function stagedColumns({ columns, targets }: RowOverviewAnswer): GridColumn[] {
  return columns.map((header, index) => {
    const fed = targets.filter((target) => target.column === index + 1)
    return { key: String(index + 1), label: header || `#${index + 1}`, note: fed.map((target) => target.label).join(', ') || '—', widthPx: Math.min(260, Math.max(usualPx, header.length * 8 + 24)), editable: true }
  })
}

/** A staged row as the sheet shows it: the cells as corrected, each with its worst issue. */
export function stagedGridRow(row: StagedRowAnswer, { columns, targets }: RowOverviewAnswer): GridRow {
  const marks: Record<number, { severity: 'error' | 'warning'; message: string }> = {}
  for (const issue of row.issues) {
    const at = columnOf(issue, columns, targets)
    if (at === null) continue
    if (marks[at] === undefined || (marks[at].severity === 'warning' && issue.severity === 'error')) marks[at] = { severity: issue.severity, message: plainMessage(issue) }
  }
  return { label: count(row.row), cells: row.cells ?? [], marks, excluded: row.leftOut }
}

/** Position, from 0, of the column that an issue is at; null: the row as a whole. */
export function columnOf(issue: { column: string | null; field: string | null }, columns: readonly string[], targets: RowOverviewAnswer['targets']): number | null {
  const target = targets.find((one) => one.path === issue.field && one.column !== null)
  if (target?.column) return target.column - 1
  const byHeader = issue.column === null ? -1 : columns.indexOf(issue.column)
  return byHeader === -1 ? null : byHeader
}
