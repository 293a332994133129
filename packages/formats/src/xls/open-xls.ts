import { Fault } from '@longshore/core'
import type { WorkBook, WorkSheet } from '@e965/xlsx'
import { damaged, tooLarge } from '../sheet/file-fault.ts'
import { cellName } from '../sheet/sheet-row.ts'
import type { DateSystem } from '../sheet/serial-date.ts'
import type { ByteSource } from '../source.ts'

/** The format cannot be read in pieces; the library needs about twenty times the file's size. */
export const maxXlsBytes = 64 * 1_048_576

export interface XlsSheet {
  name: string
  hidden: boolean
  merged: string[]
  cells: WorkSheet
}

export interface XlsBook {
  what: string
  sheets: XlsSheet[]
  /** Names of sheets that hold a chart or macros. */
  otherSheets: string[]
  dates: DateSystem
}

/** Reads the whole workbook. Throws a Fault when it is none, is locked, or is too large. */
export async function openXls(source: ByteSource, what: string): Promise<XlsBook> {
  if (source.sizeBytes > maxXlsBytes) {
    throw tooLarge(what, '', `an older Excel workbook (XLS) of ${Math.ceil(source.sizeBytes / 1_048_576)} MB can only be read as a whole, and the limit is ${maxXlsBytes / 1_048_576} MB`, 'Save it as XLSX or CSV, which have no such limit, and import that file.')
  }
  const { read } = await import('@e965/xlsx') // large, and wanted for such files alone
  const bytes = Buffer.from(await source.read(0, source.sizeBytes))
  if (bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) || bytes.includes(Buffer.from('EncryptionInfo', 'utf16le'))) throw locked(what)
  let book: WorkBook
  try {
    book = read(bytes, { type: 'buffer', dense: true, cellNF: true, cellText: false, cellHTML: false, cellStyles: true, cellDates: false, bookVBA: false })
  } catch (error) {
    if (error instanceof Error && /password-protected/i.test(error.message)) throw locked(what)
    throw damaged(what, '', 'it is a damaged or cut older Excel workbook (XLS), or another older Office document without cells', 'Open it in a spreadsheet program, save it as XLSX or CSV, and import that file.')
  }
  const states = book.Workbook?.Sheets ?? []
  const all = book.SheetNames.map((name, i) => ({ name, hidden: (states[i]?.Hidden ?? 0) !== 0, cells: book.Sheets[name] }))
  return {
    what,
    dates: book.Workbook?.WBProps?.date1904 ? 1904 : 1900,
    sheets: all.flatMap(({ name, hidden, cells }) => isTable(cells) ? [{ name, hidden, cells, merged: mergedRanges(cells) }] : []),
    otherSheets: all.filter(({ cells }) => !isTable(cells)).map(({ name }) => name),
  }
}

function isTable(cells: WorkSheet | undefined): cells is WorkSheet {
  return cells !== undefined && !/chart|macro|dialog/.test(String(cells['!type'] ?? 'sheet'))
}

function mergedRanges(sheet: WorkSheet): string[] {
  return (sheet['!merges'] ?? []).slice(0, 10_000).map(({ s, e }) => `${cellName(s.r + 1, s.c)}:${cellName(e.r + 1, e.c)}`)
}

function locked(what: string): Fault {
  return new Fault('file.password', `${what} is a workbook that is protected by a password, so nothing in it can be read. Open it in a spreadsheet program, save it without the password, and import that copy.`)
}
