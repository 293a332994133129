import type { HtmlLayout, LayoutWarning, RawRow } from '@longshore/core'
import { Fault } from '@longshore/core/fault'
import { LastRows } from '../detect/last-rows.ts'
import { headBytes } from '../file-format.ts'
import type { DetectOptions, FileFormat, ReadOptions } from '../file-format.ts'
import { findSheetHeader, searchedRows } from '../sheet/sheet-header.ts'
import { isEmptyRow, rawSheetRow } from '../sheet/sheet-row.ts'
import type { ByteSource } from '../source.ts'
import { decodeText } from '../text/decode-text.ts'
import { detectEncoding } from '../text/detect-encoding.ts'
import { encodingCalled } from '../text/encodings.ts'
import type { Encoding } from '../text/encodings.ts'
import { markedEncoding } from '../text/byte-order.ts'
import { TableReader } from './table-reader.ts'
import type { HtmlRow } from './table-reader.ts'

/** Rows of a page that are kept to choose its table, at most. */
const mostHeadRows = 5_000

interface Table { number: number; rows: HtmlRow[] }

/** Tables of web pages. Many programs write one and call it .xls: Excel opens it, so nobody notices. */
export const htmlFormat: FileFormat<HtmlLayout> = {
  name: 'html',
  title: 'a table of a web page (HTML)',
  async detect(source, { fileName, settings = {} }: DetectOptions) {
    const what = fileName === undefined ? 'The page' : `"${fileName}"`
    const { encoding, warnings } = await pageEncoding(source, settings.encoding)
    const { tables, count, isWhole } = await headTables(source, encoding, what)
    const chosen = choose(tables, settings.sheet, what)
    const byMarkup = settings.headerRow ?? markedHeader(chosen.rows)
    const searched = Math.max(searchedRows, settings.headerRow ?? 0)
    const header = findSheetHeader(chosen.rows.slice(0, searched), [], byMarkup, what, `table ${chosen.number}`, isWhole && chosen.rows.length <= searched)
    const rest: LayoutWarning[] = []
    if (count > 1 && settings.sheet === undefined) rest.push({ code: 'layout.several-tables', message: `The page has ${count} tables. Table ${chosen.number} is read, the one with the most cells; choose another by its number if it is not the right one.` })
    if (/\.xlsx?$/i.test(fileName ?? '')) rest.push({ code: 'layout.other-format', message: `${what} is a web page with a table, not a workbook, whatever its name says. The table is read.` })
    return { format: 'html', encoding, table: chosen.number, tables: count, headerRow: header.headerRow, columns: header.columns, warnings: [...warnings, ...rest, ...header.warnings] }
  },
  read: readTable,
}

async function* readTable(source: ByteSource, layout: HtmlLayout, { batchRows = 1_000, warn }: ReadOptions): AsyncGenerator<RawRow[]> {
  const rows: RawRow[] = []
  const last = new LastRows()
  const reader = new TableReader('The page', (table, row) => {
    if (table === layout.table && row.row > layout.headerRow && !isEmptyRow(row)) rows.push(mended(tableRow(row, layout.columns.length), layout.encoding))
  })
  for await (const { text } of decodeText(source.stream(), encodingCalled(layout.encoding))) {
    reader.write(text)
    while (rows.length >= batchRows) yield next()
  }
  reader.end()
  while (rows.length > 0) yield next()
  for (const warning of last.totals(layout)) warn?.(warning)
  const outside = reader.outsideCells.get(layout.table)
  if (outside) warn?.({ code: 'layout.outside-cells', message: `${outside.texts === 1 ? 'A text stands' : `${outside.texts} texts stand`} in the table outside of its cells, the first one at row ${outside.row}; ${outside.texts === 1 ? 'it was' : 'they were'} not read. The page is damaged, or was not written by a program: compare it in a browser.` })

  function next(): RawRow[] {
    const batch = rows.splice(0, batchRows)
    last.see(batch)
    return batch
  }
}

/** A row that has fewer cells than the table has columns says so: a page writes its empty cells, too. */
function tableRow(row: HtmlRow, columns: number): RawRow {
  const found = row.cells.length
  if (found < columns) row.faults.push({ code: 'read.too-few-cells', position: null, line: row.row, character: null, found: String(found), expected: String(columns) })
  return rawSheetRow(row, columns)
}

/** Bytes that are no text, and NUL characters, are a fault of the row. */
function mended(raw: RawRow, encoding: string): RawRow {
  raw.cells.forEach((cell, position) => {
    if (cell === null || (cell.isWellFormed() && !cell.includes('\0'))) return
    const text = cell.replaceAll('\0', '').toWellFormed()
    raw.faults = [...raw.faults ?? [], { code: cell.includes('\0') ? 'read.nul-byte' : 'read.bad-encoding', position, line: raw.row, character: null, found: text.slice(0, 60), expected: encoding }]
    raw.cells[position] = text
  })
  return raw
}

/** A byte order mark decides, then what the page says of itself, then what its bytes look like. */
async function pageEncoding(source: ByteSource, given: string | undefined): Promise<{ encoding: Encoding; warnings: LayoutWarning[] }> {
  const head = await source.read(0, headBytes)
  if (given === undefined && markedEncoding(head) === null) {
    const said = /<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(Buffer.from(head).toString('latin1', 0, 16_384))?.[1]
    if (said !== undefined) {
      try { return { encoding: encodingCalled(said), warnings: [] } } catch { /* a name that nobody knows says nothing */ }
    }
  }
  return detectEncoding(source, head, given)
}

async function headTables(source: ByteSource, encoding: Encoding, what: string): Promise<{ tables: Table[]; count: number; isWhole: boolean }> {
  const tables = new Map<number, HtmlRow[]>()
  let kept = 0
  const reader = new TableReader(what, (table, row) => {
    if (kept >= mostHeadRows || isEmptyRow(row)) return
    kept += 1
    tables.set(table, [...tables.get(table) ?? [], row])
  })
  let read = 0
  for await (const { text } of decodeText(source.stream(), encoding)) {
    reader.write(text)
    read += text.length
    if (read >= headBytes * 4 && kept > 0) break
  }
  const isEnded = read < headBytes * 4 || kept === 0
  if (isEnded) reader.end()
  return { isWhole: isEnded && kept < mostHeadRows, tables: [...tables].map(([number, rows]) => ({ number, rows })), count: reader.tables }
}

function choose(tables: readonly Table[], wanted: string | undefined, what: string): Table {
  if (wanted !== undefined) {
    const found = tables.find(({ number }) => String(number) === wanted.trim())
    if (found) return found
    throw new Fault('file.no-sheet', `${what} has no table ${JSON.stringify(wanted.slice(0, 60))} with rows. Those with rows: ${tables.slice(0, 20).map(({ number }) => number).join(', ') || 'none'}. Give one of these numbers.`, { path: 'source.sheet' })
  }
  const cells = ({ rows }: Table) => rows.reduce((sum, row) => sum + (row.cells.length > 1 ? row.cells.filter((cell) => cell !== '').length : 0.1), 0)
  const [best] = [...tables].sort((a, b) => cells(b) - cells(a) || a.number - b.number)
  if (best) return best
  throw new Fault('file.empty', `${what} is a web page without a table that holds cells. Open it in a browser: if it asks you to sign in, or shows an error, get the file again; else save the list as CSV.`)
}

/** The last of the rows at the beginning that hold nothing but header cells. */
function markedHeader(rows: readonly HtmlRow[]): number | undefined {
  const first = rows.findIndex((row) => row.header && row.cells.length > 1)
  if (first < 0 || first > 20) return undefined
  let last = first
  while (rows[last + 1]?.header === true) last += 1
  return rows[last]?.row
}
