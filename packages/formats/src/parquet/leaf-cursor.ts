import { isUtf8 } from 'node:buffer'
import type { ReadFault } from '@longshore/core'
import { maxCellCharacters } from '../limits.ts'
import { DictionaryTexts } from './cell-texts.ts'
import type { CellTexts } from './cell-texts.ts'
import { columnFault } from './column-cursor.ts'
import type { ColumnCursor, GroupRange, HeldBytes, Leaf, RowBatch } from './column-cursor.ts'
import { columnDecoder, levelsOf } from './leaf.ts'
import type { RunNumbers } from './level-runs.ts'
import { PageFault, PageReader } from './page-reader.ts'
import type { DataPage, PackedLevels } from './page-reader.ts'
import { firstWindowRows, pageWindows, windowEnd, windowOf } from './page-windows.ts'
import type { PageWindows } from './page-windows.ts'
import type { ParquetFile } from './parquet-file.ts'
import type { ParquetColumn } from './schema-columns.ts'

/** A column with one value a row, or none. It holds a page at a time, and makes texts of a window of it. */
export class LeafCursor implements ColumnCursor {
  readonly #what: string
  readonly #name: string
  readonly #column: ParquetColumn
  readonly #position: number
  readonly #range: GroupRange
  readonly #memory: HeldBytes
  readonly #pages: PageReader
  readonly #decoder: ReturnType<typeof columnDecoder>
  readonly #mostDefined: number
  #dictionary: CellTexts | null = null
  #dictionaryBytes = 0
  #texts: CellTexts | null = null
  #definitions: RunNumbers | null = null
  /** The open page: its values and levels as far as they were not taken, how many rows that are, and its memory. */
  #windows: PageWindows | null = null
  #levels: PackedLevels | null = null
  #pageRows = 0
  #pageBytes = 0
  #windowBytes = 0
  /** Row of the file that comes next, and the places in its window. */
  #row: number
  #index = 0
  #valueIndex = 0
  #rows = 0

  constructor(file: ParquetFile, name: string, leaf: Leaf, column: ParquetColumn, position: number, range: GroupRange, memory: HeldBytes) {
    const levels = levelsOf(leaf)
    this.#what = file.what
    this.#name = name
    this.#column = column
    this.#position = position
    this.#range = range
    this.#memory = memory
    this.#pages = new PageReader(file.source, leaf.column, levels, range.start === 0 ? firstWindowRows : 0)
    this.#decoder = columnDecoder(leaf)
    this.#mostDefined = levels.definition
    this.#row = range.start
  }

  get held(): number {
    return this.#rows - this.#index
  }

  async load(): Promise<void> {
    try {
      this.#release()
      while (this.#pageRows === 0) {
        const page = await this.#pages.next()
        if (page === null) throw new PageFault('there are fewer values than rows')
        if (page.count > this.#range.end - this.#row) throw new PageFault('there are more values than rows')
        if (page.count > 0) this.#open(page)
      }
      this.#take()
    } catch (error) { throw columnFault(error, this.#what, this.#name, this.#range, this.#row) }
  }

  give({ cells, faults }: RowBatch): void {
    const texts = this.#texts
    const definitions = this.#definitions
    const position = this.#position
    if (texts === null) return
    for (let i = 0; i < cells.length; i += 1) {
      if (definitions === null || definitions[this.#index + i] === this.#mostDefined) {
        const text = texts.at(this.#valueIndex)
        const row = cells[i]
        if (row !== undefined) row[position] = text
        if (texts.odd || (text !== null && text.length > maxCellCharacters)) this.#look(text, texts, i, row, faults)
        this.#valueIndex += 1
      }
    }
    this.#index += cells.length
    this.#row += cells.length
  }

  #open(page: DataPage): void {
    this.#windows = pageWindows(page, this.#column, this.#decoder, this.#pages.dictionary, () => this.#dictionaryTexts())
    this.#levels = page.definitions
    this.#pageRows = page.count
    this.#pageBytes = this.#windows.whole ? 0 : page.sizeBytes // of a page that is unpacked at once nothing else is kept
    this.#memory.change(0, this.#pageBytes)
  }

  /** The next window of the page. */
  #take(): void {
    const windows = this.#windows
    if (windows === null) return
    const row = this.#row - this.#range.start
    const rows = windows.whole ? this.#pageRows : Math.min(this.#pageRows, windowEnd(row) - row)
    const definitions = this.#levels?.take(rows) ?? null
    const present = definitions === null || this.#levels === null ? rows : this.#levels.present(definitions)
    const { texts, sizeBytes } = windows.take(present)
    this.#windowBytes = sizeBytes + (definitions?.byteLength ?? 0)
    this.#memory.change(0, this.#windowBytes)
    this.#texts = texts
    // a window without nulls needs no look at its levels
    this.#definitions = present === rows ? null : definitions
    this.#rows = rows
    this.#index = 0
    this.#valueIndex = 0
    this.#pageRows -= rows
  }

  /** Lets the window go that was given, and its page where that was the last one. */
  #release(): void {
    this.#memory.change(this.#windowBytes, 0)
    this.#windowBytes = 0
    this.#texts = null
    this.#definitions = null
    if (this.#pageRows > 0) return
    this.#memory.change(this.#pageBytes, 0)
    this.#pageBytes = 0
    this.#windows = null
    this.#levels = null
  }

  #dictionaryTexts(): CellTexts {
    if (this.#dictionary !== null) return this.#dictionary
    const packed = this.#pages.dictionary
    if (packed === null) throw new PageFault('a page refers to a dictionary that is not there')
    const { texts, sizeBytes } = windowOf(packed, this.#column, this.#decoder)
    this.#memory.change(this.#dictionaryBytes, sizeBytes)
    this.#dictionaryBytes = sizeBytes
    return this.#dictionary = new DictionaryTexts(texts, packed.count)
  }

  /** Names a cell that is too long, whose bytes are no text, or that holds the character NUL. */
  #look(text: string | null, texts: CellTexts, i: number, cells: (string | null)[] | undefined, faults: (ReadFault[] | undefined)[]): void {
    const at = { position: this.#position, line: this.#row + i + 1, character: null }
    const found: ReadFault[] = []
    if (text !== null && text.length > maxCellCharacters) {
      found.push({ ...at, code: 'read.cell-too-large', found: `${text.length} characters`, expected: `${maxCellCharacters} characters` })
      if (cells !== undefined) cells[this.#position] = text.slice(0, 255)
    }
    const bytes = texts.odd ? texts.bytesAt(this.#valueIndex) : null
    if (bytes?.includes(0)) found.push({ ...at, code: 'read.nul-byte', found: String(bytes.filter((byte) => byte === 0).length) })
    if (bytes !== null && !isUtf8(bytes)) found.push({ ...at, code: 'read.bad-encoding', found: bytes.toString('utf8').slice(0, 60), expected: 'UTF-8' })
    if (found.length > 0) faults[i] = [...faults[i] ?? [], ...found]
  }
}
