import { Fault } from '@longshore/core/fault'
import { damaged, tooLarge } from '../sheet/file-fault.ts'
import { KeptTexts } from '../sheet/kept-texts.ts'
import { builtInFormat, parseNumberFormat, plainNumber } from '../sheet/number-format.ts'
import type { NumberFormat } from '../sheet/number-format.ts'
import type { DateSystem } from '../sheet/serial-date.ts'
import type { ByteSource } from '../source.ts'
import { BiffRecords, recordTypes as types } from './biff-records.ts'
import type { BiffRecord } from './biff-records.ts'
import { codePageEncoding, ContinuedTexts, textAt } from './biff-text.ts'
import type { BiffVersion, TextCoding } from './biff-text.ts'
import { openCompoundFile } from './compound-file.ts'

/** The table of sectors of a larger one would take too much memory; Excel itself wrote far smaller ones. */
const maxXlsBytes = 512 * 1_048_576
const maxSheets = 500
const maxStyles = 65_536

export interface XlsSheet {
  name: string
  hidden: boolean
  /** Where its records lie in the stream, end exclusive. */
  start: number
  end: number
}

/** What all sheets of a workbook share. */
export interface XlsBook {
  /** How messages call the file. */
  what: string
  stream: ByteSource
  coding: TextCoding
  dates: DateSystem
  sheets: XlsSheet[]
  /** Names of sheets that hold a chart or macros. */
  otherSheets: string[]
  texts: KeptTexts
  format(style: CellStyle): NumberFormat
}

/** What a cell's record says of its number format: the place of its style, or of the format itself. */
export type CellStyle = { xf: number } | { format: number }

/** Opens a workbook and reads what its sheets share. Throws a Fault when it is none, is locked, or is too large. */
export async function openXls(source: ByteSource, what: string): Promise<XlsBook> {
  if (source.sizeBytes > maxXlsBytes) {
    throw tooLarge(what, '', `an older Excel workbook (XLS) of ${Math.ceil(source.sizeBytes / 1_048_576)} MB, and the limit is ${maxXlsBytes / 1_048_576} MB`, 'Save it as XLSX or CSV, which have no such limit, and import that file.')
  }
  const stream = await workbookStream(source, what)
  try {
    const book = await new Globals(stream, what).read()
    book.otherSheets.push(...await takeDialogs(book))
    return book
  } catch (error) {
    if (error instanceof Fault) throw error
    throw brokenXls(what, error instanceof RangeError ? 'a part of it is shorter than it says' : 'it cannot be understood')
  }
}

/** A workbook that goes on in a way that cannot be. */
export function brokenXls(what: string, found: string): Fault {
  return damaged(what, '', `it is a damaged or cut older Excel workbook (XLS): ${found}`, 'Open it in a spreadsheet program, save it as XLSX or CSV, and import that file.')
}

/** The records of the workbook: a stream of the container, or the file itself before there were containers. */
async function workbookStream(source: ByteSource, what: string): Promise<ByteSource> {
  const head = await source.read(0, 2)
  if (head[0] === 9) return source
  const container = await openCompoundFile(source, what)
  if (container.names.some((name) => name === 'EncryptedPackage' || name === 'EncryptionInfo')) throw locked(what)
  const stream = container.stream('Workbook') ?? container.stream('Book')
  if (stream === null) throw damaged(what, '', 'it is a damaged older Excel workbook (XLS), or another older Office document without cells', 'Open it in a spreadsheet program, save it as XLSX or CSV, and import that file.')
  return stream
}

const versions: Readonly<Record<number, BiffVersion>> = { 0x0200: 2, 0x0300: 3, 0x0400: 4, 0x0500: 5, 0x0600: 8, 2: 2, 7: 2 }

/** Reads what stands before the sheets. */
class Globals {
  readonly #stream: ByteSource
  readonly #what: string
  readonly #records: BiffRecords
  readonly #coding: TextCoding = { version: 8, encoding: 'windows-1252' }
  readonly #texts: KeptTexts
  #dates: DateSystem = 1900
  readonly #found: { name: string; kind: number; hidden: boolean; start: number }[] = []
  readonly #codes = new Map<number, NumberFormat>()
  readonly #styles: number[] = []

  constructor(stream: ByteSource, what: string) {
    this.#stream = stream
    this.#what = what
    this.#records = new BiffRecords(stream)
    this.#texts = new KeptTexts(what)
  }

  async read(): Promise<XlsBook> {
    const first = await this.#records.next()
    if (first === null || !isBof(first.type)) throw brokenXls(this.#what, 'it does not begin as one')
    this.#coding.version = first.type === 0x0009 ? 2 : first.type === 0x0209 ? 3 : first.type === 0x0409 ? 4 : versions[first.bytes.readUInt16LE(0)] ?? 8
    const alone = this.#coding.version < 5 && (first.bytes.readUInt16LE(2) & 0x100) === 0
    for (;;) {
      const record = await this.#records.next()
      if (record === null || record.type === types.eof) break
      // before the fifth version a sheet stands alone, and what it uses stands before its cells
      if (alone && isCell(record.type)) break
      await this.#take(record)
    }
    const sheets = alone ? [{ name: 'Sheet1', kind: 0, hidden: false, start: 0 }] : this.#found
    const starts = sheets.map(({ start }) => start).sort((a, b) => a - b)
    const version = this.#coding.version
    return {
      what: this.#what, stream: this.#stream, coding: this.#coding, dates: this.#dates, texts: this.#texts,
      sheets: sheets.filter(({ kind }) => kind === 0).map(({ name, hidden, start }) => ({ name, hidden, start, end: starts.find((other) => other > start) ?? this.#stream.sizeBytes })),
      otherSheets: sheets.filter(({ kind }) => kind !== 0).map(({ name }) => name),
      format: (style) => {
        const id = 'format' in style ? style.format : this.#styles[style.xf]
        return id === undefined ? plainNumber : this.#codes.get(id) ?? (version < 5 ? plainNumber : builtInFormat(id))
      },
    }
  }

  async #take({ type, bytes }: BiffRecord): Promise<void> {
    switch (type) {
      case types.filePass: throw locked(this.#what)
      case types.codePage: this.#coding.encoding = codePageEncoding(bytes.readUInt16LE(0)); return
      case types.date1904: this.#dates = bytes.readUInt16LE(0) === 1 ? 1904 : 1900; return
      case types.boundSheet: return this.#addSheet(bytes)
      case types.sst: return this.#readTexts(bytes)
      default:
    }
    if (isOne(type, types.format)) this.#addFormat(type, bytes)
    else if (isOne(type, types.xf)) this.#addStyle(type, bytes)
  }

  #addSheet(bytes: Buffer): void {
    if (this.#found.length >= maxSheets) throw tooLarge(this.#what, '', `it has more than ${maxSheets} sheets`)
    this.#found.push({ start: bytes.readUInt32LE(0), hidden: (bytes.readUInt8(4) & 3) !== 0, kind: bytes.readUInt8(5), name: textAt(bytes, 6, 1, this.#coding) })
  }

  #addFormat(type: number, bytes: Buffer): void {
    if (this.#codes.size >= maxStyles) throw tooLarge(this.#what, 'the styles', `there are more than ${maxStyles} number formats`)
    const { version } = this.#coding
    const id = version >= 5 ? bytes.readUInt16LE(0) : this.#codes.size
    const code = version === 8 ? textAt(bytes, 2, 2, this.#coding) : textAt(bytes, type === 0x041e ? 2 : 0, 1, this.#coding)
    this.#codes.set(id, parseNumberFormat(code.slice(0, 255)))
  }

  #addStyle(type: number, bytes: Buffer): void {
    if (this.#styles.length >= maxStyles) throw tooLarge(this.#what, 'the styles', `there are more than ${maxStyles} cell styles`)
    this.#styles.push(type === 0x00e0 ? bytes.readUInt16LE(2) : type === 0x0043 ? bytes.readUInt8(2) & 0x3f : bytes.readUInt8(1))
  }

  /** The texts that cells name by their number: one record, and those that continue it. */
  async #readTexts(first: Buffer): Promise<void> {
    const count = first.readUInt32LE(4)
    const texts = new ContinuedTexts(first, 8, () => this.#records.continuation())
    for (let i = 0; i < count; i += 1) {
      const text = await texts.next()
      if (text === null) return // a cell that names one of those that are missing says so
      this.#texts.add(text)
    }
  }
}

/** Dialogs look like sheets in the list of them; their own records tell. Takes them out of the book's sheets. */
async function takeDialogs(book: XlsBook): Promise<string[]> {
  const dialogs: string[] = []
  for (const sheet of [...book.sheets]) {
    const records = new BiffRecords(book.stream, sheet.start)
    for (;;) {
      const record = await records.next()
      if (record === null || record.at >= sheet.end || record.type === types.eof || isCell(record.type)) break
      if (record.type !== types.wsBool) continue
      if (record.bytes.length > 0 && (record.bytes.readUInt8(0) & 0x10) !== 0) {
        dialogs.push(sheet.name)
        book.sheets.splice(book.sheets.indexOf(sheet), 1)
      }
      break
    }
  }
  return dialogs
}

export function isBof(type: number): boolean {
  return isOne(type, types.bof)
}

/** Rows, cells, and what says how large a sheet is: with them its contents begin. */
function isCell(type: number): boolean {
  return isOne(type, types.dimensions) || isOne(type, types.row) || isOne(type, types.number) || isOne(type, types.label) || isOne(type, types.formula) || isOne(type, types.boolErr)
    || type === types.integer || type === types.rk || type === types.mulRk || type === types.labelSst
}

function isOne(type: number, all: readonly number[]): boolean {
  return all.includes(type)
}

function locked(what: string): Fault {
  return new Fault('file.password', `${what} is a workbook that is protected by a password, so nothing in it can be read. Open it in a spreadsheet program, save it without the password, and import that copy.`)
}
