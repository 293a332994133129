import type { DecodedArray, SchemaTree } from 'hyparquet'
import { assembleLists, assembleNested } from 'hyparquet/src/assemble.js'
import { maxCellCharacters } from '../limits.ts'
import { columnFault } from './column-cursor.ts'
import type { ColumnCursor, GroupRange, Leaf, RowBatch } from './column-cursor.ts'
import { columnDecoder, levelsOf, parsers } from './leaf.ts'
import type { RunNumbers } from './level-runs.ts'
import { PageFault, PageReader } from './page-reader.ts'
import type { DataPage, Levels } from './page-reader.ts'
import type { ParquetFile } from './parquet-file.ts'
import { decodeValues, dictionaryPlaces } from './page-values.ts'
import type { ParquetColumn } from './schema-columns.ts'

/** Rows that are put together at once. */
const windowRows = 1_000
/** Values in the lists of these rows, at most. */
const maxWindowValues = 1_048_576

/** A column of the file's top level that holds lists or maps: the library puts its rows together from the values of all leaves. */
export class RepeatedCursor implements ColumnCursor {
  readonly #file: ParquetFile
  readonly #top: SchemaTree
  readonly #leaves: LeafValues[]
  readonly #columns: readonly ParquetColumn[]
  readonly #position: number
  readonly #range: GroupRange
  #values: DecodedArray = []
  #index = 0
  #row: number

  constructor(file: ParquetFile, top: SchemaTree, leaves: readonly Leaf[], columns: readonly ParquetColumn[], position: number, range: GroupRange) {
    this.#file = file
    this.#top = top
    this.#leaves = leaves.map((leaf) => new LeafValues(file, leaf))
    this.#columns = columns
    this.#position = position
    this.#range = range
    this.#row = range.start
  }

  get held(): number {
    return this.#values.length - this.#index
  }

  async load(): Promise<void> {
    try {
      const rows = Math.min(windowRows, this.#range.end - this.#row)
      const data = new Map<string, DecodedArray>()
      for (const leaf of this.#leaves) data.set(leaf.name, await leaf.take(rows))
      assembleNested(data, this.#top, parsers)
      const values = data.get(this.#top.path.join('.'))
      if (values?.length !== rows) throw new PageFault(`there are ${values?.length ?? 0} values for ${rows} rows`)
      this.#values = values
      this.#index = 0
      if (this.#row + rows === this.#range.end) for (const leaf of this.#leaves) await leaf.mustBeOver()
    } catch (error) { throw columnFault(error, this.#file.what, this.#top.element.name, this.#range, this.#row) }
  }

  give({ cells, faults }: RowBatch): void {
    cells.forEach((row, i) => {
      const value: unknown = this.#values[this.#index + i]
      this.#columns.forEach(({ keys, text }, c) => {
        const position = this.#position + c
        const shown = text(valueAt(value, keys))
        if (shown !== null && shown.length > maxCellCharacters) {
          faults[i] = [...faults[i] ?? [], { code: 'read.cell-too-large', position, line: this.#row + i + 1, character: null, found: `${shown.length} characters`, expected: `${maxCellCharacters} characters` }]
          row[position] = shown.slice(0, 255)
        } else row[position] = shown
      })
    })
    this.#index += cells.length
    this.#row += cells.length
  }
}

function valueAt(top: unknown, keys: readonly string[]): unknown {
  let value = top
  for (const key of keys) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : null
  return value
}

interface OpenPage { count: number; repetitions: RunNumbers | null; definitions: RunNumbers | null; values: DecodedArray; at: number; valueAt: number }

/** The values of one leaf, row by row: a row may begin on one page and end on another. */
class LeafValues {
  readonly name: string
  readonly #levels: Levels
  readonly #leaf: Leaf
  readonly #decoder: ReturnType<typeof columnDecoder>
  readonly #pages: PageReader
  #dictionary: DecodedArray | null = null
  #open: OpenPage | null = null

  constructor(file: ParquetFile, leaf: Leaf) {
    this.name = leaf.column.path_in_schema.join('.')
    this.#leaf = leaf
    this.#levels = levelsOf(leaf)
    this.#decoder = columnDecoder(leaf)
    this.#pages = new PageReader(file.source, leaf.column, this.#levels)
  }

  /** The lists of the next rows, as the library puts them together. */
  async take(rows: number): Promise<DecodedArray> {
    const repetitions: number[] = []
    const definitions: number[] = []
    const values: unknown[] = []
    for (let begun = 0; ;) {
      const open = await this.#page()
      if (open === null) {
        if (begun < rows) throw new PageFault('there are fewer values than rows')
        break
      }
      for (; open.at < open.count; open.at += 1) {
        const repetition = open.repetitions?.[open.at] ?? 0
        if (repetition === 0) {
          if (begun === rows) return this.#assemble(repetitions, definitions, values)
          begun += 1
        } else if (begun === 0) throw new PageFault('its first row goes on from one that is not there')
        const definition = open.definitions?.[open.at] ?? this.#levels.definition
        repetitions.push(repetition)
        definitions.push(definition)
        if (definition === this.#levels.definition) {
          values.push(open.values[open.valueAt])
          open.valueAt += 1
        }
      }
      if (definitions.length > maxWindowValues) throw new PageFault(`the lists of ${rows} rows hold more than ${maxWindowValues} values, and the limit is ${maxWindowValues} values`, true)
    }
    return this.#assemble(repetitions, definitions, values)
  }

  async mustBeOver(): Promise<void> {
    const open = await this.#page()
    if (open !== null) throw new PageFault('there are more values than rows')
  }

  #assemble(repetitions: number[], definitions: number[], values: unknown[]): DecodedArray {
    return assembleLists([], definitions, repetitions, values, this.#leaf.schemaPath)
  }

  /** The page that is read, and the next one where it is over. */
  async #page(): Promise<OpenPage | null> {
    while (this.#open === null || this.#open.at >= this.#open.count) {
      const page = await this.#pages.next()
      if (page === null) return null
      const { count } = page
      const repetitions = page.repetitions?.take(count) ?? null
      const definitions = page.definitions?.take(count) ?? null
      this.#open = { count, repetitions, definitions, values: this.#valuesOf(page, page.definitions === null || definitions === null ? count : page.definitions.present(definitions)), at: 0, valueAt: 0 }
    }
    return this.#open
  }

  #valuesOf({ encoding, bytes }: DataPage, count: number): DecodedArray {
    const places = dictionaryPlaces({ encoding, bytes }, this.#pages.dictionary)
    if (places === null) return decodeValues({ encoding, count, bytes }, this.#decoder)
    const entries = this.#dictionary ??= this.#pages.dictionary === null ? [] : decodeValues(this.#pages.dictionary, this.#decoder)
    return Array.from(places.take(count), (place): unknown => entries[place])
  }
}
