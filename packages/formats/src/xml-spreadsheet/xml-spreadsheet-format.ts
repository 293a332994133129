import type { SheetLayout } from '@longshore/core'
import { Fault } from '@longshore/core/fault'
import type { FileFormat } from '../file-format.ts'
import { namedSheet, sheetWarnings } from '../sheet/choose-sheet.ts'
import { rowsBelowHeader } from '../sheet/rows-below-header.ts'
import { findSheetHeader, searchedRows } from '../sheet/sheet-header.ts'
import { isEmptyRow } from '../sheet/sheet-row.ts'
import type { SheetRow } from '../sheet/sheet-row.ts'
import { xmlSheetRows } from './xml-sheet-rows.ts'

/** Workbooks that Excel 2002 and 2003, and many report programs since, save as one XML document, mostly called .xls or .xml. */
export const xmlSpreadsheetFormat: FileFormat<SheetLayout> = {
  name: 'xml-spreadsheet',
  title: 'an XML spreadsheet of Excel 2003',
  async detect(source, { fileName, settings = {} }) {
    const what = fileName === undefined ? 'The workbook' : `"${fileName}"`
    const sheets: { name: string; hidden: boolean; rows: SheetRow[] }[] = []
    const merged = new Map<string, string[]>()
    const searched = Math.max(searchedRows, settings.headerRow ?? 0)
    for await (const batch of xmlSheetRows(source, what, (sheet, range) => { merged.set(sheet, [...merged.get(sheet) ?? [], range]) })) {
      for (const { sheet, hidden, row } of batch) {
        const last = sheets.at(-1)
        const open = last?.name === sheet ? last : { name: sheet, hidden, rows: [] }
        if (open !== last) sheets.push(open)
        if (hidden) open.hidden = true
        if (row !== null && open.rows.length < searched) open.rows.push(row)
      }
    }
    const filled = sheets.filter(({ rows }) => rows.some((row) => !isEmptyRow(row)))
    const sheet = settings.sheet !== undefined ? namedSheet(sheets, settings.sheet, what)
      : filled.find(({ hidden, rows }) => !hidden && rows.filter((row) => !isEmptyRow(row)).length > 1) ?? filled.find(({ hidden }) => !hidden)
    if (sheet === undefined) throw new Fault('file.empty', `${what} is empty: its sheets hold no cells. Check that it was saved completely.`)
    const header = findSheetHeader(sheet.rows, merged.get(sheet.name) ?? [], settings.headerRow, what, sheet.name, sheet.rows.length < searched)
    const named = filled.map(({ name, hidden }) => ({ name, hidden }))
    return {
      format: 'xml-spreadsheet', encoding: null, sheet: sheet.name, sheets: named, headerRow: header.headerRow, columns: header.columns,
      warnings: [...sheetWarnings(sheet, named, [], settings.sheet !== undefined), ...header.warnings],
    }
  },
  read: (source, layout, options) => rowsBelowHeader(rowsOf(source, layout), layout, options),
}

async function* rowsOf(source: Parameters<typeof xmlSheetRows>[0], layout: SheetLayout): AsyncGenerator<SheetRow[]> {
  for await (const batch of xmlSheetRows(source, 'The workbook')) {
    const rows = batch.flatMap(({ sheet, row }) => sheet === layout.sheet && row !== null ? [row] : [])
    if (rows.length > 0) yield rows
  }
}
