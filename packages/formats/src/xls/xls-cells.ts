import { numberCellText } from '../sheet/cell-text.ts'
import { recordTypes as types } from './biff-records.ts'
import { ContinuedTexts, textAt } from './biff-text.ts'
import { brokenXls } from './open-xls.ts'
import type { CellStyle, XlsBook, XlsSheet } from './open-xls.ts'
import { SheetRecords } from './sheet-records.ts'

/** A filled cell; `row` and `position` from 0. `error`: what stands in it is an error of a formula. */
export interface XlsCell { row: number; position: number; text: string; error: boolean }

const errorTexts: Readonly<Record<number, string>> = { 0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A', 43: '#GETTING_DATA' }

/** What the records of a sheet say: its cells in their order, and which rows are hidden. */
export class XlsCells {
  /** Rows that the sheet hides, from 0; those of which a record came so far. */
  readonly hiddenRows = new Set<number>()
  readonly #book: XlsBook
  readonly #sheet: XlsSheet
  readonly #records: SheetRecords
  /** The place of a formula whose text stands in a record of its own. */
  #waiting: { row: number; position: number } | null = null

  constructor(book: XlsBook, sheet: XlsSheet) {
    this.#book = book
    this.#sheet = sheet
    this.#records = new SheetRecords(book, sheet)
  }

  /** Cells in pieces, as far as they are at hand. */
  async *pieces(): AsyncGenerator<XlsCell[]> {
    do {
      const cells: XlsCell[] = []
      for (let record = this.#records.take(); record !== null; record = this.#records.take()) {
        try {
          if (record.type === 0x0207 || record.type === 0x0007) await this.#addFormulaText(record.type, record.bytes, cells)
          else this.#add(record.type, record.bytes, cells)
        } catch (error) {
          if (!(error instanceof RangeError)) throw error
          throw brokenXls(this.#book.what, `in sheet "${this.#sheet.name.slice(0, 40)}" a cell is shorter than it says`)
        }
      }
      if (cells.length > 0) yield cells
    } while (await this.#records.fill())
  }

  #add(type: number, bytes: Buffer, cells: XlsCell[]): void {
    const { version } = this.#book.coding
    // records of the second version, which some programs write into later ones, have three bytes for the style
    const at = type === 0x0006 ? version === 2 ? 7 : 6 : type < 0x0010 ? 7 : 6
    const put = (text: string | null, error = false): void => { if (text !== null && text !== '') cells.push({ row: bytes.readUInt16LE(0), position: bytes.readUInt16LE(2), text, error }) }
    switch (type) {
      case 0x0203: case 0x0003: return put(this.#number(bytes.readDoubleLE(at), styleOf(bytes, at)))
      case types.integer: return put(this.#number(bytes.readUInt16LE(at), styleOf(bytes, at)))
      case types.rk: return put(this.#number(packedNumber(bytes.readInt32LE(6)), { xf: bytes.readUInt16LE(4) }))
      case types.mulRk: return this.#addSeveral(bytes, cells)
      case types.labelSst: return put(this.#sharedText(bytes.readUInt32LE(6)))
      case 0x0204: case 0x00d6: return put(linesOf(textAt(bytes, at, 2, this.#book.coding)))
      case 0x0004: return put(linesOf(textAt(bytes, at, 1, this.#book.coding)))
      case 0x0205: case 0x0005: return put(...boolOrError(bytes.readUInt8(at), bytes.readUInt8(at + 1) !== 0))
      case 0x0006: case 0x0206: case 0x0406: return this.#addFormula(bytes, at, put)
      case 0x0208: if (version > 2 && (bytes.readUInt8(12) & 0x20) !== 0) this.hiddenRows.add(bytes.readUInt16LE(0)); return
      default:
    }
  }

  #addSeveral(bytes: Buffer, cells: XlsCell[]): void {
    const row = bytes.readUInt16LE(0)
    const first = bytes.readUInt16LE(2)
    for (let i = 0, at = 4; at + 6 <= bytes.length - 2; i += 1, at += 6) {
      const text = this.#number(packedNumber(bytes.readInt32LE(at + 2)), { xf: bytes.readUInt16LE(at) })
      if (text !== null) cells.push({ row, position: first + i, text, error: false })
    }
  }

  #addFormula(bytes: Buffer, at: number, put: (text: string | null, error?: boolean) => void): void {
    this.#waiting = null
    if (bytes.readUInt16LE(at + 6) !== 0xffff) return put(this.#number(bytes.readDoubleLE(at), styleOf(bytes, at)))
    const value = bytes.readUInt8(at + 2)
    switch (bytes.readUInt8(at)) {
      case 0: this.#waiting = { row: bytes.readUInt16LE(0), position: bytes.readUInt16LE(2) }; return
      case 1: return put(...boolOrError(value, false))
      case 2: return put(...boolOrError(value, true))
      default:
    }
  }

  async #addFormulaText(type: number, bytes: Buffer, cells: XlsCell[]): Promise<void> {
    const place = this.#waiting
    this.#waiting = null
    if (place === null) return
    const { coding } = this.#book
    const text = coding.version === 8 && type === 0x0207 ? await new ContinuedTexts(bytes, 2, () => this.#records.records.continuation()).characters(bytes.readUInt16LE(0)) : textAt(bytes, 0, type === 0x0007 ? 1 : 2, coding)
    if (text !== null && text !== '') cells.push({ ...place, text: linesOf(text), error: false })
  }

  #number(value: number, style: CellStyle): string | null {
    return numberCellText(String(value), this.#book.format(style), this.#book.dates)
  }

  #sharedText(index: number): string {
    const text = this.#book.texts.text(index)
    if (text === undefined) throw brokenXls(this.#book.what, `in sheet "${this.#sheet.name.slice(0, 40)}" a cell names a text that is not there`)
    return linesOf(text)
  }
}

/** Where three bytes stand before the value, the second one names the format itself. */
function styleOf(bytes: Buffer, valueAt: number): CellStyle {
  return valueAt === 7 ? { format: bytes.readUInt8(5) & 0x3f } : { xf: bytes.readUInt16LE(4) }
}

function linesOf(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

function boolOrError(value: number, error: boolean): [string, boolean] {
  return error ? [errorTexts[value] ?? '#ERROR!', true] : [value === 0 ? 'false' : 'true', false]
}

/** A number of 30 bits: a whole one, or the upper part of a double; either may count hundredths. */
function packedNumber(bits: number): number {
  let value = bits >> 2
  if ((bits & 2) === 0) {
    halves.setInt32(4, bits & ~3, true)
    value = halves.getFloat64(0, true)
  }
  return (bits & 1) === 0 ? value : value / 100
}

const halves = new DataView(new ArrayBuffer(8))
