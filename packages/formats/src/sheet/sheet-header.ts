import { Fault } from '@longshore/core/fault'
import type { LayoutWarning } from '@longshore/core'
import { findHeader } from '../detect/header.ts'
import { headRecord } from '../detect/last-rows.ts'
import { totalsBelow } from '../detect/totals-below.ts'
import { maxColumns } from '../limits.ts'
import { columnOfCell, isEmptyRow } from './sheet-row.ts'
import type { SheetRow } from './sheet-row.ts'

export interface SheetHeader { headerRow: number; columns: string[]; warnings: LayoutWarning[] }

/** Rows of a sheet in which the header is looked for. */
export const searchedRows = 200

interface Range { top: number; left: number; bottom: number; right: number }

/**
 * The header of a sheet among its first rows. A header of two rows, in which a merged cell stands above the names of its columns, gives
 * names of both ("Address Street"); its row is the lower one. Columns that are filled beside the header are kept without a name.
 * `isWhole`: the sheet ends with these rows, so totals below its table are looked for here; of a longer one its reader tells.
 */
export function findSheetHeader(rows: readonly SheetRow[], merged: readonly string[], given: number | undefined, what: string, sheet: string, isWhole: boolean): SheetHeader {
  const filled = rows.filter((row) => !isEmptyRow(row))
  if (filled.length === 0) throw new Fault('file.empty', `${what} is empty: its sheet "${sheet}" holds no cells. Choose another sheet, or check that the file was saved completely.`)
  if (filled.filter((row) => row.far.length > 0).length > filled.length / 2) throw tooWide(what, sheet)
  const records = filled.map((row) => headRecord(row.row, row.cells))
  const ranges = merged.map(parseRange).filter((range) => range !== null)
  const upper = filled.find(({ row }) => (given === undefined || row === given - 1) && isDoubleHeader(row, filled, ranges))?.row
  const found = findHeader(records, upper ?? given)
  if (found.columns.length === 0) throw new Fault('file.no-header', `${what} has no header in row ${found.headerRow} of sheet "${sheet}": the row is empty or beyond the beginning of the sheet. Choose another row.`, { path: 'source.headerRow' })
  let { headerRow } = found
  let columns = [...found.columns]
  const warnings = [...found.warnings]
  if (upper !== undefined && given === undefined && filled.some(({ row }) => row < upper)) {
    warnings.push({ code: 'layout.preamble', message: `The header was found in row ${upper}; what stands above it is left out.` })
  }
  if (headerRow > 0 && isDoubleHeader(headerRow, filled, ranges)) {
    const below = filled.find(({ row }) => row === headerRow + 1)?.cells ?? []
    columns = joinHeaders(columns, below, headerRow, ranges)
    headerRow += 1
    warnings.splice(0, warnings.length, ...warnings.filter(({ code }) => code !== 'layout.empty-header'))
    warnings.push({ code: 'layout.two-row-header', message: `The header stands in rows ${headerRow - 1} and ${headerRow}, below merged cells: names of both rows were joined, as in "${columns.find((name) => name.includes(' ')) ?? ''}".` })
  }
  const widest = Math.max(columns.length, ...filled.filter(({ row }) => row > headerRow).map(({ cells }) => cells.length))
  if (widest > columns.length && headerRow > 0) {
    const nameless = widest - columns.length
    warnings.push({ code: 'layout.empty-header', message: `${nameless} ${nameless === 1 ? 'column' : 'columns'} to the right of the header hold values and have no name in row ${headerRow}. They are kept.` })
  }
  while (columns.length < widest) columns.push(headerRow === 0 ? `Column ${columns.length + 1}` : '')
  // One cell far away in a row is that row's matter; a header out of reach is the table's.
  if (columns.length > maxColumns || filled.some(({ row, far }) => row === headerRow && far.length > 0)) throw tooWide(what, sheet)
  if (isWhole) warnings.push(...totalsBelow(records.filter(({ row }) => row > headerRow), columns.length))
  return { headerRow, columns, warnings }
}

/** Whether a cell of this row is merged over several columns whose own names stand below, where the other columns have nothing. */
function isDoubleHeader(row: number, rows: readonly SheetRow[], ranges: readonly Range[]): boolean {
  const wide = ranges.filter(({ top, bottom, left, right }) => top === row && bottom === row && right > left)
  const below = rows.find((candidate) => candidate.row === row + 1)
  const own = rows.find((candidate) => candidate.row === row)
  // A merged cell alone in its row is a title.
  if (wide.length === 0 || below === undefined || own === undefined || own.cells.filter((cell) => cell !== null).length < 2) return false
  const named = below.cells.flatMap((cell, position) => cell === null || cell.trim() === '' ? [] : [position])
  return named.length > 1 && named.every((position) => wide.some(({ left, right }) => position >= left && position <= right) || (own.cells[position] ?? null) === null)
}

function joinHeaders(upper: readonly string[], lower: readonly (string | null)[], row: number, ranges: readonly Range[]): string[] {
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, position) => {
    const range = ranges.find(({ top, left, right }) => top === row && position >= left && position <= right)
    const above = upper[range?.left ?? position] ?? ''
    return [above, lower[position] ?? ''].filter((name) => name.trim() !== '').join(' ')
  })
}

function parseRange(ref: string): Range | null {
  const [, first = '', top, last = '', bottom] = /^(\$?[A-Z]+)\$?(\d+):(\$?[A-Z]+)\$?(\d+)$/i.exec(ref) ?? []
  if (top === undefined || bottom === undefined) return null
  return { top: Number(top), bottom: Number(bottom), left: columnOfCell(first.replace('$', '')), right: columnOfCell(last.replace('$', '')) }
}

function tooWide(what: string, sheet: string): Fault {
  return new Fault('file.too-many-columns', `${what} has more than ${maxColumns} columns in sheet "${sheet}"; at most ${maxColumns} can be read. Split the table.`)
}
