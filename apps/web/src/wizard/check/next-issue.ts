import type { Place } from '../../grid/grid-move.ts'
import type { GridRows } from '../../grid/sheet-grid.tsx'

/** The next cell with an issue, along the row and then down (`step` -1: back and up); null: none among the rows that are here. */
export function nextIssue(rows: Pick<GridRows, 'row'>, rowCount: number, from: Place, step: 1 | -1): Place | null {
  for (let position = from.row; position >= 0 && position < rowCount; position += step) {
    const row = rows.row(position)
    if (row === undefined) return null
    const marked = Object.keys(row.marks ?? {}).map(Number).filter((column) => position !== from.row || (column - from.column) * step > 0)
    if (marked.length > 0) return { row: position, column: step === 1 ? Math.min(...marked) : Math.max(...marked) }
  }
  return null
}
