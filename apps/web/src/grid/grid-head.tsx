import { memo } from 'react'
import type { ColumnLayout } from './column-layout.ts'
import type { GridColumn } from './grid-column.ts'
import classes from './sheet-grid.module.css'

interface GridHeadProps {
  rowLabel: string
  columns: readonly GridColumn[]
  layout: ColumnLayout
  /** Columns that show, both inclusive. */
  firstColumn: number
  lastColumn: number
  widths: Readonly<Record<string, number>>
  heightPx: number
  labelPx: number
  sorted: { key: string; descending: boolean } | null | undefined
  onSort: ((key: string) => void) | undefined
  onWiden: (key: string, byPx: number) => void
  /** How many rows are chosen; undefined: rows are not chosen as a whole. */
  checked: 'none' | 'some' | 'all' | undefined
  checkLabel: string | undefined
  onCheckAll: ((on: boolean) => void) | undefined
}

/** What the columns are called. It stays as it is while the active cell moves. */
export const GridHead = memo(function GridHead({ rowLabel, columns, layout, firstColumn, lastColumn, widths, heightPx, labelPx, sorted, onSort, onWiden, checked, checkLabel, onCheckAll }: GridHeadProps) {
  return (
    <div role="rowgroup" className={classes.head} style={{ width: layout.totalPx + labelPx, height: heightPx }}>
      <div role="row" aria-rowindex={1}>
        <div role="columnheader" aria-colindex={1} className={classes.corner} style={{ width: labelPx }}>{checked !== undefined && <input type="checkbox" tabIndex={-1} className={classes.check} aria-label={checkLabel} checked={checked === 'all'} ref={(box) => { if (box) box.indeterminate = checked === 'some' }} onChange={() => onCheckAll?.(checked !== 'all')} />}{rowLabel}</div>
        {columns.slice(firstColumn, lastColumn + 1).map((column, index) => {
          const at = firstColumn + index
          const direction = sorted?.key === column.key ? sorted.descending ? 'descending' : 'ascending' : undefined
          return (
            <div key={column.key} role="columnheader" aria-colindex={at + 2} aria-sort={direction} className={classes.headCell} style={{ left: labelPx + (layout.lefts[at] ?? 0), width: widths[column.key] ?? column.widthPx }}>
              {onSort
                ? <button type="button" tabIndex={-1} className={classes.sort} onClick={() => onSort(column.key)}>{column.label}<span aria-hidden>{direction === undefined ? '' : direction === 'ascending' ? ' ↑' : ' ↓'}</span></button>
                : <span className={classes.headLabel} title={column.label}>{column.label}</span>}
              {column.note && <span className={classes.headNote}>{column.note}</span>}
              <Resizer onMove={(byPx) => onWiden(column.key, byPx)} />
            </div>
          )
        })}
      </div>
    </div>
  )
})

/** Drawn by its edge; by keyboard Alt with the arrows does the same. */
function Resizer({ onMove }: { onMove: (byPx: number) => void }) {
  return (
    <span
      className={classes.resizer} aria-hidden
      onPointerDown={(event) => { event.stopPropagation(); event.currentTarget.setPointerCapture(event.pointerId) }}
      onPointerMove={(event) => { if (event.currentTarget.hasPointerCapture(event.pointerId) && event.movementX !== 0) onMove(event.movementX) }}
    />
  )
}
