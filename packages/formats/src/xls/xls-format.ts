import type { SheetLayout } from '@longshore/core'
import { Fault } from '@longshore/core/fault'
import type { FileFormat } from '../file-format.ts'
import { hiddenColumns, namedSheet, sheetWarnings } from '../sheet/choose-sheet.ts'
import { rowsBelowHeader } from '../sheet/rows-below-header.ts'
import { findSheetHeader, searchedRows } from '../sheet/sheet-header.ts'
import { isEmptyRow } from '../sheet/sheet-row.ts'
import type { SheetRow } from '../sheet/sheet-row.ts'
import { openXls } from './open-xls.ts'
import type { XlsBook, XlsSheet } from './open-xls.ts'
import { surveySheet } from './survey-sheet.ts'
import type { SheetSurvey } from './survey-sheet.ts'
import { xlsRows } from './xls-rows.ts'

/** Workbooks of Excel before 2007. */
export const xlsFormat: FileFormat<SheetLayout> = {
  name: 'xls',
  title: 'an older Excel workbook (XLS)',
  async detect(source, { fileName, settings = {} }) {
    const what = fileName === undefined ? 'The workbook' : `"${fileName}"`
    const book = await openXls(source, what)
    const sheet = settings.sheet === undefined ? await firstTable(book) : namedSheet(book.sheets, settings.sheet, what)
    const survey = await surveySheet(book, sheet)
    const searched = Math.max(searchedRows, settings.headerRow ?? 0)
    const rows = await firstRows(book, sheet, survey, searched)
    const header = findSheetHeader(rows, survey.merged, settings.headerRow, what, sheet.name, rows.length < searched)
    return {
      format: 'xls', encoding: null, sheet: sheet.name, sheets: book.sheets.map(({ name, hidden }) => ({ name, hidden })), headerRow: header.headerRow, columns: header.columns,
      warnings: [...sheetWarnings(sheet, book.sheets, book.otherSheets, settings.sheet !== undefined), ...hiddenColumns(header.columns, survey.hidden, sheet.name), ...header.warnings],
    }
  },
  async *read(source, layout, options) {
    const book = await openXls(source, 'The workbook')
    const sheet = namedSheet(book.sheets, layout.sheet, book.what)
    const { ordered } = await surveySheet(book, sheet)
    yield* rowsBelowHeader(xlsRows(book, sheet, ordered), layout, options)
  },
}

async function firstRows(book: XlsBook, sheet: XlsSheet, { ordered }: SheetSurvey, count: number): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const piece of xlsRows(book, sheet, ordered)) {
    rows.push(...piece)
    if (rows.length >= count) break
  }
  return rows.slice(0, count)
}

/** The first visible sheet with a header and a row, else the first one with anything. */
async function firstTable(book: XlsBook): Promise<XlsSheet> {
  let first: XlsSheet | undefined
  for (const sheet of book.sheets.filter(({ hidden }) => !hidden)) {
    const rows = await firstRows(book, sheet, await surveySheet(book, sheet), searchedRows)
    const filled = rows.filter((row) => !isEmptyRow(row)).length
    if (filled > 1) return sheet
    if (filled > 0) first ??= sheet
  }
  if (first) return first
  throw new Fault('file.empty', `${book.what} is empty: no visible sheet holds cells. Check that it was saved completely, or choose a sheet by name.`)
}
