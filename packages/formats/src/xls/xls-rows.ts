import { maxCellCharacters, maxColumns } from '../limits.ts'
import { tooLarge } from '../sheet/file-fault.ts'
import { cellName, maxFarCells } from '../sheet/sheet-row.ts'
import type { SheetRow } from '../sheet/sheet-row.ts'
import type { XlsBook, XlsSheet } from './open-xls.ts'
import { XlsCells } from './xls-cells.ts'
import type { XlsCell } from './xls-cells.ts'

/** Rows given at once. */
const pieceRows = 1_000
/** Cells of a sheet whose rows do not stand in their order, and are kept until all have come. */
const maxUnorderedCells = 500_000

/** The rows of a sheet that hold cells. `ordered`: they stand in their order, as programs write them; `surveySheet` tells. */
export async function* xlsRows(book: XlsBook, sheet: XlsSheet, ordered: boolean): AsyncGenerator<SheetRow[]> {
  const cells = new XlsCells(book, sheet)
  if (!ordered) return yield* sorted(book, sheet, cells)
  let rows: SheetRow[] = []
  let row: SheetRow | null = null
  for await (const piece of cells.pieces()) {
    for (const cell of piece) {
      if (row?.row !== cell.row + 1) {
        if (row !== null) rows.push(row)
        row = emptyRow(cell.row, cells)
        if (rows.length >= pieceRows) {
          yield rows
          rows = []
        }
      }
      addCell(row, cell)
    }
  }
  if (row !== null) rows.push(row)
  if (rows.length > 0) yield rows
}

async function* sorted(book: XlsBook, sheet: XlsSheet, cells: XlsCells): AsyncGenerator<SheetRow[]> {
  const rows = new Map<number, SheetRow>()
  let count = 0
  for await (const piece of cells.pieces()) {
    count += piece.length
    if (count > maxUnorderedCells) throw tooLarge(book.what, `sheet "${sheet.name.slice(0, 40)}"`, `its rows do not stand in their order, and it has ${count} cells or more; the limit for such is ${maxUnorderedCells} cells`, 'Open it in a spreadsheet program, save it as XLSX or CSV, and import that file.')
    for (const cell of piece) {
      let row = rows.get(cell.row)
      if (row === undefined) {
        row = emptyRow(cell.row, cells)
        rows.set(cell.row, row)
      }
      addCell(row, cell)
    }
  }
  const all = [...rows.values()].sort((a, b) => a.row - b.row)
  for (const row of all) row.hidden = cells.hiddenRows.has(row.row - 1)
  for (let i = 0; i < all.length; i += pieceRows) yield all.slice(i, i + pieceRows)
}

function emptyRow(index: number, { hiddenRows }: XlsCells): SheetRow {
  return { row: index + 1, cells: [], far: [], faults: [], hidden: hiddenRows.has(index) }
}

function addCell(row: SheetRow, { position, text: whole, error }: XlsCell): void {
  let text = whole
  const at = { position, line: row.row, character: null }
  if (error) row.faults.push({ ...at, code: 'read.error-value', found: cellName(row.row, position) })
  if (text.length > maxCellCharacters) {
    row.faults.push({ ...at, code: 'read.cell-too-large', found: `${text.length} characters`, expected: `${maxCellCharacters} characters` })
    text = text.slice(0, 255)
  }
  if (position >= maxColumns) {
    if (row.far.length < maxFarCells) row.far.push({ position, text })
    return
  }
  while (row.cells.length < position) row.cells.push(null)
  row.cells[position] = text
}
