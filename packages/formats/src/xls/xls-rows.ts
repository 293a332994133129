import type { CellObject } from '@e965/xlsx'
import { maxCellCharacters, maxColumns } from '../limits.ts'
import { numberCellText } from '../sheet/cell-text.ts'
import { parseNumberFormat } from '../sheet/number-format.ts'
import type { NumberFormat } from '../sheet/number-format.ts'
import { cellName, maxFarCells } from '../sheet/sheet-row.ts'
import type { SheetRow } from '../sheet/sheet-row.ts'
import type { XlsBook, XlsSheet } from './open-xls.ts'

/** Rows given at once. */
const pieceRows = 1_000

/** The rows of a sheet that hold cells, up to `limit` of them. */
export function* xlsRows(book: XlsBook, { cells: sheet }: XlsSheet, limit = Infinity): Generator<SheetRow[]> {
  const dense = (sheet['!data'] ?? []) as (CellObject[] | undefined)[]
  const shown = sheet['!rows'] ?? []
  const formats = new Map<string, NumberFormat>()
  let rows: SheetRow[] = []
  let given = 0
  for (let index = 0; index < dense.length && given < limit; index += 1) {
    const found = dense[index]
    if (found === undefined) continue
    const row: SheetRow = { row: index + 1, cells: [], far: [], faults: [], hidden: shown[index]?.hidden === true }
    found.forEach((cell, position) => addCell(row, position, cell, book, formats))
    if (row.cells.length === 0 && row.far.length === 0 && row.faults.length === 0) continue
    given += 1
    rows.push(row)
    if (rows.length >= pieceRows) {
      yield rows
      rows = []
    }
  }
  if (rows.length > 0) yield rows
}

function addCell(row: SheetRow, position: number, cell: CellObject, book: XlsBook, formats: Map<string, NumberFormat>): void {
  let text = cellText(cell, book, formats)
  if (text === null || text === '') return
  const at = { position, line: row.row, character: null }
  if (cell.t === 'e') row.faults.push({ ...at, code: 'read.error-value', found: cellName(row.row, position) })
  if (text.length > maxCellCharacters) {
    row.faults.push({ ...at, code: 'read.cell-too-large', found: `${text.length} characters`, expected: String(maxCellCharacters) })
    text = text.slice(0, 255)
  }
  if (position >= maxColumns) {
    if (row.far.length < maxFarCells) row.far.push({ position, text })
    return
  }
  while (row.cells.length < position) row.cells.push(null)
  row.cells[position] = text
}

const errorTexts: Readonly<Record<number, string>> = { 0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A', 43: '#GETTING_DATA' }

function cellText({ t: type, v: value, z: code }: CellObject, { dates }: XlsBook, formats: Map<string, NumberFormat>): string | null {
  switch (type) {
    case 's': return String(value ?? '').replaceAll(/\r\n?/g, '\n')
    case 'b': return value === true ? 'true' : 'false'
    case 'e': return errorTexts[Number(value)] ?? '#ERROR!'
    case 'n': {
      const name = String(code ?? 'General')
      let format = formats.get(name)
      if (format === undefined) {
        format = parseNumberFormat(name)
        formats.set(name, format)
      }
      return numberCellText(String(value), format, dates)
    }
    default: return null
  }
}
