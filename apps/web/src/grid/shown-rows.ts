import type { GridRow } from './grid-column.ts'
import type { GridRows } from './sheet-grid.tsx'
import type { WindowSource } from './window-source.ts'

/** Rows of a source as a grid shows them. What is made of a row is kept with it, so that a row which is the same is drawn once. */
export function shownRows<Row extends object>(source: WindowSource<Row>, show: (row: Row) => GridRow | undefined): GridRows {
  const made = new WeakMap<Row, GridRow>()
  return {
    row(position) {
      const row = source.row(position)
      if (row === undefined) return undefined
      const known = made.get(row)
      if (known) return known
      const shown = show(row)
      if (shown) made.set(row, shown)
      return shown
    },
    want: (first, last) => source.want(first, last), subscribe: source.subscribe, snapshot: source.snapshot,
  }
}
