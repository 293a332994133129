import { memo } from 'react'
import { words } from '../words/words.ts'
import type { ColumnLayout } from './column-layout.ts'
import type { GridColumn, GridRow } from './grid-column.ts'
import classes from './sheet-grid.module.css'

/** All of it stays the same object while a row stays as it is: a key press draws the rows that it leaves and enters, and no other. */
interface GridRowViewProps {
  gridId: string
  position: number
  /** undefined: on its way. */
  row: GridRow | undefined
  topPx: number
  heightPx: number
  labelPx: number
  columns: readonly GridColumn[]
  layout: ColumnLayout
  /** Columns that show, both inclusive. */
  firstColumn: number
  lastColumn: number
  widths: Readonly<Record<string, number>>
  /** Columns that are chosen, both inclusive; null: none of this row. */
  chosenFrom: number | null
  chosenTo: number | null
  /** Column of the active cell, where it is in this row. */
  active: number | null
  onOpen: ((position: number) => void) | undefined
  /** Undefined: rows are not chosen as a whole. */
  checked: boolean | undefined
  checkLabel: ((label: string) => string) | undefined
  onCheck: (position: number, on: boolean, extend: boolean) => void
}

/** One row. Values are text and stay text: whatever a cell holds is shown, never run. */
export const GridRowView = memo(function GridRowView({ gridId, position, row, topPx, heightPx, labelPx, columns, layout, firstColumn, lastColumn, widths, chosenFrom, chosenTo, active, onOpen, checked, checkLabel, onCheck }: GridRowViewProps) {
  return (
    <div role="row" aria-rowindex={position + 2} className={classes.row} data-excluded={row?.excluded || undefined} style={{ top: topPx, height: heightPx }}>
      <div role="rowheader" aria-colindex={1} className={classes.rowLabel} style={{ width: labelPx }}>
        {row && checked !== undefined && <input type="checkbox" tabIndex={-1} className={classes.check} aria-label={checkLabel?.(row.label)} checked={checked} onChange={() => undefined} onClick={(event) => onCheck(position, !checked, event.shiftKey)} />}
        {row && onOpen ? <button type="button" tabIndex={-1} className={classes.open} aria-label={words.grid.open(row.label)} onClick={() => onOpen(position)}>{row.label}</button> : row?.label}
      </div>
      {columns.slice(firstColumn, lastColumn + 1).map((column, index) => {
        const at = firstColumn + index
        const value = row?.cells[at]
        const mark = row?.marks?.[at]
        return (
          <div
            key={column.key} id={cellId(gridId, position, at)} role="gridcell" aria-colindex={at + 2} data-at={`${position}:${at}`} className={classes.cell} data-align={column.align}
            data-active={active === at || undefined} data-mark={mark?.severity} data-editable={column.editable || undefined}
            aria-selected={(chosenFrom !== null && chosenTo !== null && at >= chosenFrom && at <= chosenTo) || undefined} aria-invalid={mark?.severity === 'error' || undefined}
            style={{ left: labelPx + (layout.lefts[at] ?? 0), width: widths[column.key] ?? column.widthPx }}
          >
            {row === undefined ? <span className={classes.ghost} aria-label={words.states.loading} /> : (
              <>
                {mark && <span className={classes.mark} aria-hidden>{mark.severity === 'error' ? '●' : '▲'}</span>}
                {value === null || value === undefined || value === '' ? null : <span className={classes.value}>{column.show?.(value) ?? value}</span>}
                {mark && <span className="visually-hidden">{`${words.grid.severities[mark.severity]}: ${mark.message}`}</span>}
              </>
            )}
          </div>
        )
      })}
    </div>
  )
})

/** What the grid calls its active cell by. */
export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`
}
