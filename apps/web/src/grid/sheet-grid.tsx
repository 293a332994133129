import { useCallback, useEffect, useId, useImperativeHandle, useLayoutEffect, useMemo, useReducer, useRef, useState, useSyncExternalStore } from 'react'
import type { KeyboardEvent, PointerEvent, Ref } from 'react'
import { singleKeysOn } from '../shell/typing.ts'
import { words } from '../words/words.ts'
import { CellEditor } from './cell-editor.tsx'
import { parseClipboard, printClipboard } from './clipboard.ts'
import { columnLayout, columnsAt } from './column-layout.ts'
import type { GridColumn, GridRow } from './grid-column.ts'
import { moved, rangeOf } from './grid-move.ts'
import type { Place, Range } from './grid-move.ts'
import { GridHead } from './grid-head.tsx'
import { GridRowView, cellId } from './grid-row.tsx'
import { reduceGrid } from './grid-state.ts'
import { offsetAt, offsetShowing, rowsAt, scrollGeometry, scrollTopFor } from './scaled-scroll.ts'
import classes from './sheet-grid.module.css'

const rowPx = 32
const headPx = 44
/** The column of row numbers, without and with a box to choose the row by. */
const numbersPx = 76
const boxesPx = 104
const beyondRows = 6
const narrowestPx = 60

/** Where a grid's rows come from: a WindowSource, or anything that holds them. */
export interface GridRows {
  /** The same object for as long as the row is the same. */
  row(position: number): GridRow | undefined
  want(first: number, last: number): void
  subscribe(listener: () => void): () => void
  snapshot(): number
}

export interface SheetGridProps {
  label: string
  columns: readonly GridColumn[]
  rowCount: number
  rows: GridRows
  /** What the first column counts: `Row`. */
  rowLabel: string
  /** Changed cells; positions are of the grid. One by hand, many by paste, fill or delete. */
  onEdit?: (cells: readonly CellEdit[]) => void
  onActive?: (place: Place) => void
  /** The rows that are chosen, both positions inclusive: one where there is only the active cell. */
  onRange?: (first: number, last: number) => void
  /** Enter on a cell that cannot be edited, or a press on the row number. */
  onOpen?: (position: number) => void
  /** Keys that the page adds; true: taken. */
  onKey?: (event: KeyboardEvent, place: Place) => boolean
  sorted?: { key: string; descending: boolean } | null
  onSort?: (key: string) => void
  handle?: Ref<SheetGridHandle>
  /** Rows that are chosen for something that is done with whole rows. */
  checks?: GridChecks
}

export interface GridChecks {
  has(position: number): boolean
  /** Rows from the first to the last, both inclusive. */
  set(first: number, last: number, on: boolean): void
  /** Of the rows that are there. */
  state: 'none' | 'some' | 'all'
  setAll(on: boolean): void
  words: { choose: (label: string) => string; all: string }
}

export interface CellEdit { row: number; column: number; value: string }
export interface SheetGridHandle {
  goTo(place: Place): void
  /** Scrolls to its first row; whoever is elsewhere on the page stays there. */
  showColumn(column: number): void
  edit(): void
  focus(): void
}

/**
 * A sheet of any length: the browser gets the rows that show, from windows that the source loads. The grid has the focus itself and names its
 * active cell, so that a cell which scrolls away takes no focus with it. Keys are those of spreadsheets.
 */
export function SheetGrid({ label, columns, rowCount, rows, rowLabel, onEdit, onActive, onRange, onOpen, onKey, sorted, onSort, handle, checks }: SheetGridProps) {
  const labelPx = checks ? boxesPx : numbersPx
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, left: 0, width: 900, height: 500 })
  const [widths, setWidths] = useState<Readonly<Record<string, number>>>({})
  const [state, dispatch] = useReducer(reduceGrid, { active: { row: 0, column: 0 }, anchor: { row: 0, column: 0 }, editing: null })
  useSyncExternalStore(rows.subscribe, rows.snapshot)

  const layout = useMemo(() => columnLayout(columns.map((column) => widths[column.key] ?? column.widthPx)), [columns, widths])
  const bodyPx = Math.max(rowPx, view.height - headPx)
  const geometry = scrollGeometry(rowCount, rowPx, bodyPx)
  const offset = offsetAt(geometry, view.top)
  const { first, last } = rowsAt(offset, bodyPx, rowPx, rowCount, beyondRows)
  const shown = columnsAt(layout, view.left, view.left + view.width - labelPx)
  const active: Place = { row: Math.max(0, Math.min(rowCount - 1, state.active.row)), column: Math.min(columns.length - 1, state.active.column) }
  const range = rangeOf(state.anchor, active)

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const measure = () => setView((before) => ({ ...before, width: element.clientWidth, height: element.clientHeight }))
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  useEffect(() => { if (rowCount > 0) rows.want(first, Math.max(first, last)) }, [rows, first, last, rowCount])
  const toldActive = useRef('')
  useEffect(() => {
    const place = `${active.row}:${active.column}`
    if (toldActive.current !== place) { toldActive.current = place; onActive?.(active) }
  })

  useEffect(() => { onRange?.(range.top, range.bottom) }, [onRange, range.top, range.bottom])

  const show = useCallback((place: Place) => {
    const element = scroller.current
    if (!element) return
    const now = scrollGeometry(rowCount, rowPx, element.clientHeight - headPx)
    const from = offsetAt(now, element.scrollTop)
    const to = offsetShowing(place.row, from, now.viewportPx, rowPx)
    if (to !== from) element.scrollTop = scrollTopFor(now, to)
    const left = layout.lefts[place.column] ?? 0
    const right = layout.lefts[place.column + 1] ?? layout.totalPx
    const room = element.clientWidth - labelPx
    if (left < element.scrollLeft) element.scrollLeft = left
    else if (right > element.scrollLeft + room) element.scrollLeft = Math.min(left, right - room)
  }, [layout, rowCount, labelPx])

  const go = (place: Place, extend = false) => { dispatch({ kind: 'go', place, extend }); show(place) }
  const startEdit = (text: string | null) => {
    const column = columns[active.column]
    const row = rows.row(active.row)
    if (!onEdit || !column?.editable || !row) return
    show(active)
    dispatch({ kind: 'edit', start: column.choices ? choiceAt(column.choices, text, row.cells[active.column] ?? '') : text ?? row.cells[active.column] ?? '', typed: text !== null })
  }
  useImperativeHandle(handle, () => ({ showColumn: (column) => show({ row: 0, column }), goTo: (place) => { go(place); scroller.current?.focus() }, edit: () => startEdit(null), focus: () => scroller.current?.focus() }))

  const commit = (value: string, step: Place) => {
    const before = rows.row(active.row)?.cells[active.column] ?? ''
    dispatch({ kind: 'end-edit' })
    scroller.current?.focus()
    if (value !== before) onEdit?.([{ ...active, value }])
    if (step.row !== 0 || step.column !== 0) go(moved(step.row > 0 ? 'ArrowDown' : step.column > 0 ? 'ArrowRight' : 'ArrowLeft', false, active, { rows: rowCount, columns: columns.length, pageRows: 1 }) ?? active)
  }

  const fill = (values: (row: number, column: number) => string | null) => {
    const edits: CellEdit[] = []
    for (let row = range.top; row <= range.bottom; row++) {
      for (let column = range.left; column <= range.right; column++) {
        const value = values(row, column)
        const here = rows.row(row)
        if (value !== null && here && columns[column]?.editable && (here.cells[column] ?? '') !== value) edits.push({ row, column, value })
      }
    }
    if (edits.length > 0) onEdit?.(edits)
  }

  const widen = useCallback((key: string, byPx: number) => {
    const usual = columns.find((column) => column.key === key)?.widthPx ?? 0
    setWidths((before) => ({ ...before, [key]: Math.max(narrowestPx, (before[key] ?? usual) + byPx) }))
  }, [columns])

  // Ctrl with Enter is the main action of the page
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (state.editing || rowCount === 0 || event.target !== scroller.current) return
    if (onKey?.(event, active)) { event.preventDefault(); return }
    const ctrl = event.ctrlKey || event.metaKey
    const to = event.altKey ? null : moved(event.key, ctrl, active, { rows: rowCount, columns: columns.length, pageRows: Math.max(1, Math.floor(bodyPx / rowPx) - 1) })
    const take = (act: () => void) => { event.preventDefault(); act() }
    const typesOver = onEdit !== undefined && columns[active.column]?.editable === true
    if (checks && ((event.key === ' ' && event.shiftKey) || (event.key.toLowerCase() === 'x' && !ctrl && !event.altKey && !typesOver && singleKeysOn()))) return take(() => checks.set(range.top, range.bottom, !checks.has(active.row)))
    if (to) return take(() => go(to, event.shiftKey))
    if (event.key === 'Tab') {
      const next = active.column + (event.shiftKey ? -1 : 1)
      if (next >= 0 && next < columns.length) take(() => go({ ...active, column: next }))
      return
    }
    if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) return take(() => { const at = columns[active.column]; if (at) widen(at.key, event.key === 'ArrowRight' ? 20 : -20) })
    if (event.key === 'F2' || (event.key === 'Enter' && !ctrl)) return take(() => columns[active.column]?.editable && onEdit ? startEdit(null) : onOpen?.(active.row))
    if (ctrl && event.key.toLowerCase() === 'd') return take(() => fill((row, column) => row === range.top ? null : rows.row(range.top)?.cells[column] ?? ''))
    if (ctrl && event.key.toLowerCase() === 'a') return take(() => dispatch({ kind: 'all', rows: rowCount, columns: columns.length }))
    if (event.key === 'Delete' || event.key === 'Backspace') return take(() => fill(() => ''))
    if (event.key === 'Escape' && (range.top !== range.bottom || range.left !== range.right)) return take(() => go(active))
    if (!ctrl && !event.altKey && event.key.length === 1 && onEdit && columns[active.column]?.editable) return take(() => startEdit(event.key))
    return undefined
  }

  const opener = useRef(onOpen)
  opener.current = onOpen
  const openRow = useCallback((position: number) => opener.current?.(position), [])

  const checker = useRef(checks)
  checker.current = checks
  const lastCheck = useRef(0)
  const checkRow = useCallback((position: number, on: boolean, extend: boolean) => {
    const from = extend ? lastCheck.current : position
    lastCheck.current = position
    checker.current?.set(Math.min(from, position), Math.max(from, position), on)
  }, [])

  const copy = (event: React.ClipboardEvent) => {
    if (state.editing) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', printClipboard(cellsOf(rows, range)))
  }
  const paste = (event: React.ClipboardEvent) => {
    if (state.editing || !onEdit) return
    event.preventDefault()
    const cells = parseClipboard(event.clipboardData.getData('text/plain'))
    const one = cells.length === 1 && cells[0]?.length === 1 ? cells[0][0] : undefined
    if (one !== undefined) { fill(() => one); return }
    const edits = cells.flatMap((line, down) => line.flatMap((value, right) => {
      const row = range.top + down, column = range.left + right
      return row < rowCount && columns[column]?.editable && (rows.row(row)?.cells[column] ?? '') !== value ? [{ row, column, value }] : []
    }))
    if (edits.length > 0) onEdit(edits)
  }

  const placeAt = (event: PointerEvent): Place | null => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-at]') : null
    const [row, column] = cell?.dataset.at?.split(':').map(Number) ?? []
    return row === undefined || column === undefined ? null : { row, column }
  }
  const pointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    const place = placeAt(event)
    if (!place || state.editing) return
    scroller.current?.focus({ preventScroll: true })
    dispatch({ kind: 'go', place, extend: event.shiftKey })
  }
  const pointerOver = (event: PointerEvent) => {
    if (event.buttons !== 1 || event.pointerType === 'touch' || state.editing) return
    const place = placeAt(event)
    if (place) dispatch({ kind: 'go', place, extend: true })
  }
  const positions = rowCount === 0 ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return (
    <div className={classes.frame}>
      <div
        ref={scroller} className={classes.scroller} role="grid" tabIndex={0} aria-label={label} aria-rowcount={rowCount + 1} aria-colcount={columns.length + 1} aria-multiselectable aria-readonly={!onEdit || undefined}
        aria-activedescendant={rowCount > 0 && active.row >= first && active.row <= last ? cellId(id, active.row, active.column) : undefined}
        onScroll={({ currentTarget: { scrollTop: top, scrollLeft: left } }) => setView((before) => ({ ...before, top, left }))}
        onKeyDown={press} onCopy={copy} onPaste={paste} onPointerDown={pointerDown} onPointerOver={pointerOver}
        onDoubleClick={() => { if (columns[active.column]?.editable && onEdit) startEdit(null); else onOpen?.(active.row) }}
      >
        <GridHead rowLabel={rowLabel} columns={columns} layout={layout} firstColumn={shown.first} lastColumn={shown.last} widths={widths} heightPx={headPx} labelPx={labelPx} sorted={sorted} onSort={onSort} onWiden={widen} checked={checks?.state} checkLabel={checks?.words.all} onCheckAll={checks?.setAll} />
        <div role="rowgroup" className={classes.body} style={{ height: geometry.scrolledPx, width: layout.totalPx + labelPx }}>
          {positions.map((position) => (
            <GridRowView
              key={position} gridId={id} position={position} row={rows.row(position)} topPx={position * rowPx - offset + view.top} heightPx={rowPx} labelPx={labelPx} columns={columns} layout={layout} firstColumn={shown.first} lastColumn={shown.last} widths={widths}
              chosenFrom={position >= range.top && position <= range.bottom ? range.left : null} chosenTo={position >= range.top && position <= range.bottom ? range.right : null} active={position === active.row ? active.column : null} onOpen={onOpen && openRow} checked={checks?.has(position)} checkLabel={checks?.words.choose} onCheck={checkRow}
            />
          ))}
          {state.editing && (
            <CellEditor
              start={state.editing.start} typed={state.editing.typed} label={`${columns[active.column]?.label ?? ''}, ${rowLabel} ${rows.row(active.row)?.label ?? ''}`} column={columns[active.column]}
              style={{ top: active.row * rowPx - offset + view.top, left: labelPx + (layout.lefts[active.column] ?? 0), width: Math.max(160, widths[columns[active.column]?.key ?? ''] ?? columns[active.column]?.widthPx ?? 0), height: rowPx }}
              onCommit={commit} onCancel={() => { dispatch({ kind: 'end-edit' }); scroller.current?.focus() }}
            />
          )}
        </div>
      </div>
      <p className="visually-hidden" role="status">{range.top === range.bottom && range.left === range.right ? '' : words.grid.chosen((range.bottom - range.top + 1) * (range.right - range.left + 1))}</p>
    </div>
  )
}

/** The choice that begins like the letter that was typed over the cell; else what the cell has. */
function choiceAt(choices: readonly { value: string; label: string }[], typed: string | null, value: string): string {
  return typed === null ? value : choices.find(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase()))?.value ?? value
}

function cellsOf(rows: GridRows, { top, bottom, left, right }: Range): (string | null)[][] {
  return Array.from({ length: bottom - top + 1 }, (_, down) => Array.from({ length: right - left + 1 }, (_, across) => rows.row(top + down)?.cells[left + across] ?? null))
}
