import { plainExtents, byteExtents } from './byte-extents.ts'
import { PlacedTexts, ValueTexts } from './cell-texts.ts'
import type { CellTexts } from './cell-texts.ts'
import { PackedTexts } from './packed-texts.ts'
import { PageFault } from './page-reader.ts'
import type { DataPage, PackedValues } from './page-reader.ts'
import { decodeValues, dictionaryPlaces, fixedBytes } from './page-values.ts'
import type { ColumnDecoder } from './page-values.ts'
import type { ParquetColumn } from './schema-columns.ts'

/** Texts of some values, and the memory that they take beside their page. */
export interface Window { texts: CellTexts; sizeBytes: number }

/** The values of a page, a window at a time. */
export interface PageWindows {
  /** Values whose number shows only when all of them are unpacked: the page is one window. */
  readonly whole: boolean
  /** The texts of the next `count` values. */
  take(count: number): Window
}

/** The rows of the first windows of a row group: whoever looks at a few rows alone does not wait for a page. */
export const firstWindowRows = 1_000
const windowRows = 4_000

/** Where the window ends that row `row` of a row group (from 0) is in. The windows of all columns end at the same rows, so that batches stay large. */
export function windowEnd(row: number): number {
  return row < firstWindowRows ? firstWindowRows : (Math.floor(row / windowRows) + 1) * windowRows
}

/** How the texts of a page come. `dictionaryTexts` is asked where the page names places in the dictionary. */
export function pageWindows({ encoding, bytes, whole }: DataPage, column: ParquetColumn, decoder: ColumnDecoder, dictionary: PackedValues | null, dictionaryTexts: () => CellTexts): PageWindows {
  const windowsIn = (some: Uint8Array): PageWindows => windowsOf({ encoding, bytes: some }, column, decoder, dictionary, dictionaryTexts)
  const windows = windowsIn(bytes)
  if (whole === null) return windows
  return windows.whole ? windowsIn(whole()) : windowsFromBeginning(windows, whole, windowsIn)
}

/** The first window comes out of the beginning of a page, where it holds that; for the others all of the page is unpacked. */
function windowsFromBeginning(beginning: PageWindows, whole: (() => Uint8Array) | null, windowsIn: (bytes: Uint8Array) => PageWindows): PageWindows {
  let windows = beginning
  let taken = 0
  let isFirst = true
  return { whole: false, take: (count) => {
    if (isFirst) {
      isFirst = false
      try {
        const window = windows.take(count)
        taken = count
        return window
      } catch { /* it holds less than that */ }
    }
    if (whole !== null) {
      windows = windowsIn(whole())
      whole = null // lets go of the packed bytes
      windows.take(taken)
    }
    return windows.take(count)
  } }
}

function windowsOf({ encoding, bytes }: Pick<DataPage, 'encoding' | 'bytes'>, column: ParquetColumn, decoder: ColumnDecoder, dictionary: PackedValues | null, dictionaryTexts: () => CellTexts): PageWindows {
  const places = dictionaryPlaces({ encoding, bytes }, dictionary)
  if (places !== null) {
    return { whole: false, take: (count) => {
      const taken = places.take(count)
      return { texts: new PlacedTexts(dictionaryTexts(), taken), sizeBytes: taken.byteLength }
    } }
  }
  let at = 0
  if (encoding === 'PLAIN' && column.plain !== null) {
    return { whole: false, take: (count) => {
      const extents = plainExtents(bytes, at, count)
      at = extents.ends[count - 1] ?? at
      const texts = new PackedTexts(extents)
      return { texts, sizeBytes: texts.sizeBytes }
    } }
  }
  const each = encoding === 'PLAIN' ? fixedBytes(decoder) : null
  if (each !== null) {
    return { whole: false, take: (count) => {
      const end = at + count * each
      if (end > bytes.length) throw new PageFault('a page holds fewer values than it says')
      const values = { encoding, count, bytes: bytes.subarray(at, end) }
      at = end
      return windowOf(values, column, decoder)
    } }
  }
  return { whole: true, take: (count) => windowOf({ encoding, count, bytes }, column, decoder) }
}

/** All of these values as one window. */
export function windowOf(values: PackedValues, column: ParquetColumn, decoder: ColumnDecoder): Window {
  if (column.plain === null) return { texts: new ValueTexts(decodeValues(values, decoder), column.text), sizeBytes: values.bytes.length }
  const texts = new PackedTexts(byteExtents(values))
  return { texts, sizeBytes: texts.sizeBytes }
}
