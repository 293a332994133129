import { isUtf8 } from 'node:buffer'
import { parquetRead } from 'hyparquet'
import type { ReadFault } from '@longshore/core'
import { maxCellCharacters } from '../limits.ts'
import { damaged } from '../sheet/file-fault.ts'
import { codecs, pageTooLarge } from './codecs.ts'
import { PackedTexts } from './packed-texts.ts'
import type { ParquetFile } from './parquet-file.ts'
import type { ParquetColumn, TopColumn } from './schema-columns.ts'

/** Rows that are asked for at once, unless they unpack to more than `windowBytes`: whole pages come, and each is unpacked once. */
const windowRows = 32_768
const windowBytes = 4 * 1_048_576

/** Rows of a row group, from 0, end exclusive. */
export interface GroupRange { start: number; end: number }

/**
 * Goes through one column of the file, page by page. What it holds is as much as the pages that were asked for, as text outside of the
 * heap; a column that repeats within its rows comes as a whole row group.
 */
export class ColumnCursor {
  readonly #file: ParquetFile
  readonly #top: TopColumn
  /** Position of its first column among all. */
  readonly #position: number
  #texts: PackedTexts[] = []
  #start = 0
  #end = 0
  #faults = new Map<number, ReadFault[]>()

  constructor(file: ParquetFile, top: TopColumn, position: number) {
    this.#file = file
    this.#top = top
    this.#position = position
  }

  /** Reads on until it holds this row of the group; gives the row (exclusive) up to which it holds all. `bytesPerRow`: unpacked. */
  async holdTo(row: number, group: GroupRange, bytesPerRow: number): Promise<number> {
    if (row >= this.#start && row < this.#end) return this.#end
    const window = row === 0 ? 1 : Math.max(1, Math.min(windowRows, Math.floor(windowBytes / Math.max(1, bytesPerRow))))
    const last = Math.min(group.end, row + window)
    // The library unpacks the page before, too, where a page begins at the first row that is asked for; from the second one on it does not.
    const values = (row + 1 < last ? await this.#read(row, row + 1, last, group) : null) ?? await this.#read(row, row, last, group)
    if (values === null) throw this.#broken(row, last, 'there are fewer values than rows')
    this.#start = row
    this.#end = row + values.length
    this.#faults = new Map()
    this.#texts = this.#top.columns.map((column, c) => this.#pack(column, values, this.#position + c))
    return this.#end
  }

  /** Puts the texts of a row that it holds to their positions. */
  give(row: number, cells: (string | null)[], faults: ReadFault[]): void {
    for (let c = 0; c < this.#texts.length; c += 1) cells[this.#position + c] = this.#texts[c]?.at(row - this.#start) ?? null
    if (this.#faults.size > 0) faults.push(...this.#faults.get(row) ?? [])
  }

  /** Values from `first` on, as far as they came; null when that row is not among them. */
  async #read(first: number, rowStart: number, rowEnd: number, group: GroupRange): Promise<unknown[] | null> {
    const values: unknown[] = []
    let next = first
    let gap = false
    try {
      await parquetRead({
        file: this.#file.file, metadata: this.#file.metadata, columns: [this.#top.name], rowStart, rowEnd, compressors: codecs, utf8: false, useOffsetIndex: true, geoparquet: false,
        parsers: { timestampFromNanoseconds: (nanos) => nanos },
        onChunk({ columnData, rowStart: at }) {
          if (at > next) gap = true
          if (gap) return
          for (let i = Math.max(0, next - at); i < columnData.length; i += 1) {
            values.push(columnData[i])
            next += 1
          }
        },
      })
    } catch (error) {
      throw this.#broken(first, rowEnd, error instanceof Error && error.message === pageTooLarge ? 'a page would unpack to more than 128 MB, as in a file made to do harm' : 'the data is damaged, or packed in a way that cannot be read')
    }
    if (next > group.end) throw this.#broken(first, group.end, 'there are more values than rows')
    if (values.length === 0 || gap && rowStart > first) return null
    if (gap || next < rowEnd) throw this.#broken(first, rowEnd, `there are ${values.length} values for ${rowEnd - first} rows`)
    return values
  }

  #pack(column: ParquetColumn, values: readonly unknown[], position: number): PackedTexts {
    const texts = new PackedTexts(values.length)
    for (let i = 0; i < values.length; i += 1) {
      const value = column.keys.length === 0 ? values[i] : valueAt(values[i], column.keys)
      if (value === null || value === undefined) texts.push(null)
      else if (column.plain !== null && value instanceof Uint8Array && value.length <= maxCellCharacters) texts.pushBytes(value)
      else texts.push(this.#text(column, value, this.#start + i, position))
    }
    if (texts.close().odd) this.#markOddBytes(texts, position)
    return texts
  }

  #text({ text }: ParquetColumn, value: unknown, row: number, position: number): string | null {
    const shown = text(value)
    if (shown === null || shown.length <= maxCellCharacters) return shown
    this.#fault(row, { code: 'read.cell-too-large', position, line: row + 1, character: null, found: `${shown.length} characters`, expected: String(maxCellCharacters) })
    return shown.slice(0, 255)
  }

  /** Names each cell whose bytes are no text, or hold the character NUL. */
  #markOddBytes(texts: PackedTexts, position: number): void {
    for (let i = 0; i < texts.length; i += 1) {
      const bytes = texts.bytesAt(i)
      if (bytes === null) continue
      const row = this.#start + i
      const at = { position, line: row + 1, character: null }
      if (bytes.includes(0)) this.#fault(row, { ...at, code: 'read.nul-byte', found: String(bytes.filter((byte) => byte === 0).length) })
      if (!isUtf8(bytes)) this.#fault(row, { ...at, code: 'read.bad-encoding', found: bytes.toString('utf8').slice(0, 60), expected: 'UTF-8' })
    }
  }

  #fault(row: number, fault: ReadFault): void {
    this.#faults.set(row, [...this.#faults.get(row) ?? [], fault])
  }

  #broken(start: number, end: number, found: string): Error {
    return damaged(this.#file.what, `column "${this.#top.name.slice(0, 60)}", rows ${start + 1} to ${end}`, found, 'Export the file again.')
  }
}

function valueAt(top: unknown, keys: readonly string[]): unknown {
  let value = top
  for (const key of keys) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : null
  return value
}
