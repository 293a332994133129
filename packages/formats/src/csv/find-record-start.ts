import type { CsvLayout } from '@longshore/core'
import { maxCellCharacters } from '../limits.ts'
import type { ByteSource } from '../source.ts'

const LF = 10
const CR = 13

/** A place in a file at which a record begins, whatever stands before it. */
export interface RecordStart {
  byte: number
  /** Records before it, empty ones too. */
  rows: number
  /** Physical lines before it. */
  lines: number
}

const state = { cellStart: 0, plain: 1, quoted: 2, quoteSeen: 3 } as const

/**
 * The first record that begins at or after byte `from`, so that two readers can share a large file. It goes over all bytes before, by
 * the rules of `RecordParser` for what is written by the book: a quote opens a cell as its first character
 * and closes it before a delimiter or a line end. null where anything else stands before (the parser may take lines back there), where
 * the encoding does not allow to look at single bytes, and where no record begins there.
 */
export async function findRecordStart(source: ByteSource, layout: CsvLayout, from: number): Promise<RecordStart | null> {
  const { delimiter, quote } = layout
  if (layout.encoding !== 'utf-8' || layout.escape !== undefined || layout.quoteAfterBlank || layout.dialect !== undefined) return null
  const d = delimiter === null ? -1 : delimiter.charCodeAt(0)
  const q = quote.charCodeAt(0)
  if (d > 0x7f || q > 0x7f || quote.length !== 1 || (delimiter !== null && delimiter.length !== 1)) return null
  const scan = new Scan(d, q, from, layout.headerRow)
  const head = await source.read(0, 3)
  const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  scan.at = bom
  for await (const chunk of source.stream(bom)) {
    const found = scan.take(chunk)
    if (found !== undefined) return found
  }
  return null
}

class Scan {
  /** Offset in the file of the next byte. */
  at = 0
  readonly #delimiter: number
  readonly #quote: number
  readonly #from: number
  readonly #headerRow: number
  #mode: 0 | 1 | 2 | 3 = state.cellStart
  #rows = 0
  #lines = 0
  #afterCr = false
  /** Where the current record and the current quoted cell begin. */
  #record = 0
  #cell = 0

  constructor(delimiter: number, quote: number, from: number, headerRow: number) {
    this.#delimiter = delimiter
    this.#quote = quote
    this.#from = from
    this.#headerRow = headerRow
  }

  /** Goes over the next bytes: the place, null where there can be none, undefined to go on. */
  take(chunk: Uint8Array): RecordStart | null | undefined {
    const base = this.at
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let quote = -1
    let cr = -1
    for (let i = 0; i < chunk.length; i++) {
      if (!this.#afterCr && (this.#mode === state.plain || (this.#mode === state.cellStart && base + i === this.#record))) {
        if (quote < i) quote = placeOf(this.#quote, bytes, i)
        if (cr < i) cr = placeOf(CR, bytes, i)
        i = this.#skip(bytes, i, Math.min(quote, cr, this.#from - base))
        if (i === chunk.length) break
      }
      const code = chunk[i] ?? 0
      if (this.#afterCr) {
        this.#afterCr = false
        if (code === LF) {
          if (this.#mode === state.cellStart) this.#record = base + i + 1
          continue
        }
      }
      if (this.#mode === state.cellStart && base + i >= this.#from && base + i === this.#record && this.#rows > this.#headerRow) return { byte: base + i, rows: this.#rows, lines: this.#lines }
      switch (this.#mode) {
        case state.cellStart:
          if (code === this.#quote) { this.#mode = state.quoted; this.#cell = base + i } else if (code === LF || code === CR) this.#endRecord(code, base + i)
          else if (code !== this.#delimiter) this.#mode = state.plain
          break
        case state.plain:
          if (code === LF || code === CR) this.#endRecord(code, base + i)
          else if (code === this.#delimiter) this.#mode = state.cellStart
          break
        case state.quoted:
          if (code === this.#quote) this.#mode = state.quoteSeen
          else if (code === LF || code === CR) { this.#lines++; this.#afterCr = code === CR }
          break
        default:
          if (code === this.#quote) this.#mode = state.quoted
          else if (code === this.#delimiter) this.#mode = state.cellStart
          else if (code === LF || code === CR) this.#endRecord(code, base + i)
          else return null
      }
    }
    this.at = base + chunk.length
    // so large a cell or record may be one that never closes
    if (this.#mode >= state.quoted && this.at - this.#cell > maxCellCharacters / 2) return null
    return this.at - this.#record > maxCellCharacters ? null : undefined
  }

  /**
   * Goes from `i` to `end` where neither a quote nor a CR stands between, outside of quoted cells: only line ends count, and those are found several times
   * as fast as bytes are looked at one by one. Returns where it is then.
   */
  #skip(bytes: Buffer, i: number, end: number): number {
    if (end <= i) return i
    for (let lf = bytes.indexOf(LF, i); lf !== -1 && lf < end; lf = bytes.indexOf(LF, lf + 1)) this.#endRecord(LF, this.at + lf)
    const last = bytes[end - 1]
    this.#mode = last === LF || last === this.#delimiter ? state.cellStart : state.plain
    return end
  }

  #endRecord(code: number, at: number): void {
    this.#rows++
    this.#lines++
    this.#afterCr = code === CR
    this.#record = at + 1
    this.#mode = state.cellStart
  }
}

/** Of the next such byte at or after `from`; the length where there is none. */
function placeOf(byte: number, bytes: Buffer, from: number): number {
  const at = bytes.indexOf(byte, from)
  return at === -1 ? bytes.length : at
}
