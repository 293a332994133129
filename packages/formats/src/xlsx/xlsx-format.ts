import type { ReadSettings, SheetLayout } from '@longshore/core'
import { Fault } from '@longshore/core/fault'
import type { FileFormat } from '../file-format.ts'
import { hiddenColumns, namedSheet, sheetWarnings } from '../sheet/choose-sheet.ts'
import type { ColumnRange } from '../sheet/choose-sheet.ts'
import { rowsBelowHeader } from '../sheet/rows-below-header.ts'
import { findSheetHeader, searchedRows } from '../sheet/sheet-header.ts'
import { isEmptyRow } from '../sheet/sheet-row.ts'
import type { SheetRow } from '../sheet/sheet-row.ts'
import { mergedCells } from './merged-cells.ts'
import { sheetRows } from './sheet-rows.ts'
import { StringTable } from './string-table.ts'
import { openWorkbook } from './workbook.ts'
import type { Workbook, Worksheet } from './workbook.ts'

/** Up to this unpacked size a sheet is unpacked to its end when it is detected: merged cells, which name columns, stand behind the rows. */
const wholeSheetBytes = 8 * 1_048_576

/** Workbooks of Excel since 2007: XLSX and XLSM. Macros are never looked at. */
export const xlsxFormat: FileFormat<SheetLayout> = {
  name: 'xlsx',
  title: 'an Excel workbook (XLSX)',
  async detect(source, { fileName, settings = {} }) {
    const what = fileName === undefined ? 'The workbook' : `"${fileName}"`
    const workbook = await openWorkbook(source, what)
    const { sheet, rows, merged, hidden, isWhole } = await chooseSheet(workbook, settings)
    const header = findSheetHeader(rows, merged, settings.headerRow, what, sheet.name, isWhole)
    return {
      format: 'xlsx', encoding: null, sheet: sheet.name, sheets: workbook.sheets.map(({ name, hidden }) => ({ name, hidden })), headerRow: header.headerRow, columns: header.columns,
      warnings: [...sheetWarnings(sheet, workbook.sheets, workbook.otherSheets, settings.sheet !== undefined), ...hiddenColumns(header.columns, hidden, sheet.name), ...header.warnings],
    }
  },
  async *read(source, layout, options) {
    const workbook = await openWorkbook(source, 'The workbook')
    const sheet = namedSheet(workbook.sheets, layout.sheet, workbook.what)
    const strings = new StringTable(workbook.archive, workbook.strings, workbook.what)
    try {
      yield* rowsBelowHeader(sheetRows(workbook, sheet, strings), layout, options)
    } finally { await strings.close() }
  },
}

interface SheetHead { sheet: Worksheet; rows: SheetRow[]; merged: string[]; hidden: ColumnRange[]; isWhole: boolean }

/** The sheet that the settings name, else the first visible one with a header and a row, else the first one with anything. */
async function chooseSheet(workbook: Workbook, settings: ReadSettings): Promise<SheetHead> {
  const searched = Math.max(searchedRows, settings.headerRow ?? 0)
  if (settings.sheet !== undefined) return readHead(workbook, namedSheet(workbook.sheets, settings.sheet, workbook.what), searched)
  let first: SheetHead | undefined
  for (const sheet of workbook.sheets.filter(({ hidden }) => !hidden)) {
    const head = await readHead(workbook, sheet, searched)
    const filled = head.rows.filter((row) => !isEmptyRow(row)).length
    if (filled > 1) return head
    if (filled > 0) first ??= head
  }
  if (first) return first
  const hidden = workbook.sheets.filter((sheet) => sheet.hidden)
  throw new Fault('file.empty', `${workbook.what} is empty: ${workbook.sheets.length === 0 ? 'it has no sheet with cells' : hidden.length > 0 ? `no visible sheet holds cells. Hidden ones: ${hidden.slice(0, 8).map(({ name }) => `"${name}"`).join(', ')}` : 'its sheets hold no cells'}. Check that it was saved completely, or choose a sheet by name.`)
}

async function readHead(workbook: Workbook, sheet: Worksheet, searched: number): Promise<SheetHead> {
  const strings = new StringTable(workbook.archive, workbook.strings, workbook.what)
  const rows: SheetRow[] = []
  const hidden: ColumnRange[] = []
  try {
    for await (const batch of sheetRows(workbook, sheet, strings, hidden)) {
      rows.push(...batch.slice(0, searched - rows.length))
      if (rows.length >= searched) break
    }
  } finally { await strings.close() }
  return { sheet, rows, hidden, isWhole: rows.length < searched, merged: workbook.archive.sizeBytes(sheet.part) <= wholeSheetBytes ? await mergedCells(workbook.archive, sheet.part) : [] }
}
