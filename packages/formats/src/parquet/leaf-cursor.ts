import { isUtf8 } from 'node:buffer'
import type { ReadFault } from '@longshore/core'
import { maxCellCharacters } from '../limits.ts'
import { byteExtents } from './byte-extents.ts'
import { DictionaryTexts, PlacedTexts, ValueTexts } from './cell-texts.ts'
import type { CellTexts } from './cell-texts.ts'
import { columnFault } from './column-cursor.ts'
import type { ColumnCursor, GroupRange, HeldBytes, Leaf, RowBatch } from './column-cursor.ts'
import { columnDecoder, levelsOf } from './leaf.ts'
import type { RunNumbers } from './level-runs.ts'
import { PackedTexts } from './packed-texts.ts'
import { PageFault, PageReader } from './page-reader.ts'
import type { DataPage, PackedValues } from './page-reader.ts'
import type { ParquetFile } from './parquet-file.ts'
import { decodeValues, dictionaryPlaces } from './page-values.ts'
import type { ParquetColumn } from './schema-columns.ts'

/** A column with one value a row, or none. It holds a page at a time. */
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
  #pageBytes = 0
  /** Row of the file that comes next, and the places in its page. */
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
    this.#pages = new PageReader(file.source, leaf.column, levels)
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
      for (;;) {
        const page = await this.#pages.next()
        if (page === null) throw new PageFault('there are fewer values than rows')
        if (page.count === 0) continue
        if (page.count > this.#range.end - this.#row) throw new PageFault('there are more values than rows')
        this.#hold(page)
        return
      }
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

  #release(): void {
    this.#memory.change(this.#pageBytes, 0)
    this.#pageBytes = 0
    this.#texts = null
    this.#definitions = null
  }

  #hold(page: DataPage): void {
    const places = dictionaryPlaces(page.values, this.#pages.dictionary)
    const { texts, sizeBytes } = places === null ? this.#textsOf(page.values) : { texts: new PlacedTexts(this.#dictionaryTexts(), places), sizeBytes: places.byteLength }
    this.#pageBytes = sizeBytes + (page.definitions?.byteLength ?? 0)
    this.#memory.change(0, this.#pageBytes)
    this.#texts = texts
    // a page without nulls needs no look at its levels
    this.#definitions = page.values.count === page.count ? null : page.definitions
    this.#rows = page.count
    this.#index = 0
    this.#valueIndex = 0
  }

  #dictionaryTexts(): CellTexts {
    if (this.#dictionary !== null) return this.#dictionary
    const packed = this.#pages.dictionary
    if (packed === null) throw new PageFault('a page refers to a dictionary that is not there')
    const { texts, sizeBytes } = this.#textsOf(packed)
    this.#memory.change(this.#dictionaryBytes, sizeBytes)
    this.#dictionaryBytes = sizeBytes
    return this.#dictionary = new DictionaryTexts(texts, packed.count)
  }

  #textsOf(values: PackedValues): { texts: CellTexts; sizeBytes: number } {
    if (this.#column.plain === null) return { texts: new ValueTexts(decodeValues(values, this.#decoder), this.#column.text), sizeBytes: values.bytes.length }
    const texts = new PackedTexts(byteExtents(values))
    return { texts, sizeBytes: texts.sizeBytes }
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
