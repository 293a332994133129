export interface Place { row: number; column: number }

/** Rows and columns between two places, all inclusive. */
export interface Range { top: number; bottom: number; left: number; right: number }

export function rangeOf(anchor: Place, active: Place): Range {
  return {
    top: Math.min(anchor.row, active.row), bottom: Math.max(anchor.row, active.row),
    left: Math.min(anchor.column, active.column), right: Math.max(anchor.column, active.column),
  }
}

export interface GridSize { rows: number; columns: number; /** Rows that show at once. */ pageRows: number }

/** Where a key leads from a place, or null when the key does not move. Tab stays within the row's neighbours; at the ends it leaves the grid. */
export function moved(key: string, ctrl: boolean, from: Place, { rows, columns, pageRows }: GridSize): Place | null {
  const row = (to: number): Place => ({ ...from, row: Math.max(0, Math.min(rows - 1, to)) })
  const column = (to: number): Place => ({ ...from, column: Math.max(0, Math.min(columns - 1, to)) })
  switch (key) {
    case 'ArrowDown': return row(ctrl ? rows - 1 : from.row + 1)
    case 'ArrowUp': return row(ctrl ? 0 : from.row - 1)
    case 'ArrowRight': return column(ctrl ? columns - 1 : from.column + 1)
    case 'ArrowLeft': return column(ctrl ? 0 : from.column - 1)
    case 'PageDown': return row(from.row + pageRows)
    case 'PageUp': return row(from.row - pageRows)
    case 'Home': return ctrl ? { row: 0, column: 0 } : column(0)
    case 'End': return ctrl ? { row: Math.max(0, rows - 1), column: columns - 1 } : column(columns - 1)
    default: return null
  }
}
