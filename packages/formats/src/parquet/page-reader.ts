import type { ColumnMetaData, Encoding } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { decompressPage } from 'hyparquet/src/datapage.js'
import type { ByteSource } from '../source.ts'
import { codecs, unpackBeginning } from './codecs.ts'
import { PackedRuns } from './level-runs.ts'
import type { RunNumbers } from './level-runs.ts'
import { thriftEnd } from './thrift-extent.ts'

/** Values of a page. Writers stop at one megabyte; of numbers that hardly differ, that may be some millions. */
const maxPageValues = 8 * 1_048_576
/** A header is some dozen bytes, and more only by the statistics in it, which hold two values. */
const headerBytes = 512
const maxHeaderBytes = 1_048_576

/** What a file says that cannot be; its message goes on after a comma. */
export class PageFault extends Error {
  readonly tooLarge: boolean
  constructor(found: string, tooLarge = false) {
    super(found)
    this.tooLarge = tooLarge
  }
}

/** Values as they are packed, after unpacking of the page. */
export interface PackedValues { encoding: Encoding; count: number; bytes: Uint8Array }

/** A page of values. `repetitions` and `definitions` are null where the column has no such levels. */
export interface DataPage {
  /** Values, nulls included. */
  count: number
  repetitions: PackedLevels | null
  definitions: PackedLevels | null
  /** The values that are there, one behind the other. */
  encoding: Encoding
  bytes: Uint8Array
  /** Unpacks all of the bytes, where `bytes` are only their beginning; null where they are all. */
  whole: (() => Uint8Array) | null
  /** Memory that the page takes once all of it is unpacked. */
  sizeBytes: number
}

/** A page as far as it is unpacked. */
type Unpacked = Pick<DataPage, 'bytes' | 'whole' | 'sizeBytes'>

/** Levels of a page, unpacked as far as they are asked for. */
export class PackedLevels {
  readonly #runs: PackedRuns
  readonly #most: number
  readonly #canBeMore: boolean

  constructor(runs: PackedRuns, width: number, most: number) {
    this.#runs = runs
    this.#most = most
    this.#canBeMore = 2 ** width - 1 > most
  }

  take(count: number): RunNumbers {
    const levels = this.#runs.take(count)
    if (this.#canBeMore) for (const level of levels) if (level > this.#most) throw new PageFault('a page has levels that its column does not have')
    return levels
  }

  /** How many of these levels say that there is a value. */
  present(levels: RunNumbers): number {
    let present = 0
    for (let i = 0; i < levels.length; i += 1) if (levels[i] === this.#most) present += 1
    return present
  }
}

/** Levels of a leaf: how often it repeats, and how many of its ancestors and itself may be absent. */
export interface Levels { repetition: number; definition: number }

/**
 * Goes through the pages of one column of a row group. Each length and count is held against what is there before anything is made of it.
 * Throws a PageFault for what cannot be.
 */
export class PageReader {
  readonly #source: ByteSource
  readonly #column: ColumnMetaData
  readonly #levels: Levels
  readonly #end: number
  #at: number
  #glance: number
  #dictionary: PackedValues | null = null

  /** `glance`: the first page of values is unpacked only at its beginning where it has more values than so many; 0: never. */
  constructor(source: ByteSource, column: ColumnMetaData, levels: Levels, glance = 0) {
    this.#source = source
    this.#column = column
    this.#levels = levels
    this.#glance = glance
    this.#at = Number(column.dictionary_page_offset || column.data_page_offset)
    this.#end = this.#at + Number(column.total_compressed_size)
  }

  /** The dictionary, once a page has come; null where there is none. */
  get dictionary(): PackedValues | null {
    return this.#dictionary
  }

  /** The next page of values; null when there are no more. */
  async next(): Promise<DataPage | null> {
    while (this.#at < this.#end) {
      const header = await this.#header()
      const packed = await this.#body(header.compressed_page_size)
      if (header.type === 'INDEX_PAGE') continue
      if (header.type === 'DICTIONARY_PAGE') this.#dictionary = this.#dictionaryOf(header, packed)
      else if (header.type === 'DATA_PAGE') return this.#firstVersion(header, packed)
      else if (header.type === 'DATA_PAGE_V2') return this.#secondVersion(header, packed)
      else throw new PageFault('there is a page of a kind that is not known')
    }
    return null
  }

  async #header(): Promise<ReturnType<typeof parquetHeader>> {
    for (let size = headerBytes; ; size *= 16) {
      const bytes = await this.#source.read(this.#at, Math.min(size, this.#end - this.#at))
      try {
        const end = thriftEnd(bytes, 0)
        const header = parquetHeader({ view: new DataView(bytes.buffer, bytes.byteOffset, end), offset: 0 })
        this.#at += end
        return header
      } catch {
        if (size >= maxHeaderBytes || bytes.length < size) throw new PageFault('the description of a page is damaged')
      }
    }
  }

  async #body(size: unknown): Promise<Uint8Array> {
    if (typeof size !== 'number' || !(size >= 0) || this.#at + size > this.#end) throw new PageFault('a page goes beyond the end of its column')
    const bytes = await this.#source.read(this.#at, size)
    if (bytes.length < size) throw new PageFault('the file ends within a page')
    this.#at += size
    return bytes
  }

  #unpack(packed: Uint8Array, size: unknown): Uint8Array {
    if (typeof size !== 'number' || !(size >= 0)) throw new PageFault('the description of a page is damaged')
    return decompressPage(packed, size, this.#column.codec, codecs)
  }

  /** All of a page, or the beginning of the first one. */
  #begin(packed: Uint8Array, size: unknown, count: number): Unpacked {
    const enough = this.#glance
    this.#glance = 0
    const bytes = enough > 0 && count > enough && typeof size === 'number' ? unpackBeginning(packed, this.#column.codec, size) : null
    if (bytes === null) return allOf(this.#unpack(packed, size))
    return { bytes, whole: () => this.#unpack(packed, size), sizeBytes: Number(size) }
  }

  #dictionaryOf({ dictionary_page_header: head, uncompressed_page_size: size }: ReturnType<typeof parquetHeader>, packed: Uint8Array): PackedValues {
    if (this.#dictionary !== null) throw new PageFault('there are two dictionaries')
    return { encoding: 'PLAIN', count: counted(head?.num_values), bytes: this.#unpack(packed, size) }
  }

  #firstVersion({ data_page_header: head, uncompressed_page_size: size }: ReturnType<typeof parquetHeader>, packed: Uint8Array): DataPage {
    const count = counted(head?.num_values)
    const begun = this.#begin(packed, size, count)
    if (begun.whole === null) return this.#levelsAndValues(head, count, begun)
    try { return this.#levelsAndValues(head, count, begun) } catch { return this.#levelsAndValues(head, count, allOf(begun.whole())) } // its levels are longer than its beginning
  }

  #levelsAndValues(head: ReturnType<typeof parquetHeader>['data_page_header'], count: number, { bytes, whole, sizeBytes }: Unpacked): DataPage {
    let at = 0
    const levels = (most: number, encoding: Encoding | undefined): PackedLevels | null => {
      if (most === 0) return null
      if (encoding !== 'RLE') throw new PageFault(`its levels are packed as ${encoding ?? 'nothing known'}, which is not supported`)
      const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(at, true)
      at += 4
      const found = levelsIn(bytes, at, length, most)
      at += length
      return found
    }
    const repetitions = levels(this.#levels.repetition, head?.repetition_level_encoding)
    const definitions = levels(this.#levels.definition, head?.definition_level_encoding)
    return pageOf(count, repetitions, definitions, head?.encoding, { bytes: bytes.subarray(at), whole: whole === null ? null : () => whole().subarray(at), sizeBytes })
  }

  #secondVersion({ data_page_header_v2: head, uncompressed_page_size: size }: ReturnType<typeof parquetHeader>, packed: Uint8Array): DataPage {
    const count = counted(head?.num_values)
    const repetitionBytes = head?.repetition_levels_byte_length ?? 0
    const definitionBytes = head?.definition_levels_byte_length ?? 0
    const levelBytes = repetitionBytes + definitionBytes
    if (!(repetitionBytes >= 0 && definitionBytes >= 0 && levelBytes <= packed.length && levelBytes <= size)) throw new PageFault('the description of a page is damaged')
    const repetitions = this.#levels.repetition === 0 ? null : levelsIn(packed, 0, repetitionBytes, this.#levels.repetition)
    const definitions = this.#levels.definition === 0 ? null : levelsIn(packed, repetitionBytes, definitionBytes, this.#levels.definition)
    const body = packed.subarray(levelBytes)
    const unpacked = head?.is_compressed === false || size === levelBytes ? allOf(body) : this.#begin(body, size - levelBytes, count)
    return pageOf(count, repetitions, definitions, head?.encoding, unpacked)
  }
}

function allOf(bytes: Uint8Array): Unpacked {
  return { bytes, whole: null, sizeBytes: bytes.length }
}

function levelsIn(bytes: Uint8Array, start: number, length: number, most: number): PackedLevels {
  if (start + length > bytes.length) throw new PageFault('the levels of a page go beyond its end')
  const width = 32 - Math.clz32(most)
  return new PackedLevels(new PackedRuns(bytes, start, start + length, width), width, most)
}

function pageOf(count: number, repetitions: PackedLevels | null, definitions: PackedLevels | null, encoding: Encoding | undefined, unpacked: Unpacked): DataPage {
  if (encoding === undefined) throw new PageFault('a page is packed in a way that is not known')
  return { count, repetitions, definitions, encoding, ...unpacked }
}

function counted(values: unknown): number {
  if (typeof values !== 'number' || !(values >= 0)) throw new PageFault('the description of a page is damaged')
  if (values > maxPageValues) throw new PageFault(`a page says that it holds ${values} values, and the limit is ${maxPageValues} values`, true)
  return values
}
