import type { DecodedArray } from 'hyparquet'
import { convert } from 'hyparquet/src/convert.js'
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js'
import { byteStreamSplit } from 'hyparquet/src/encoding.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { byteExtents, checkDelta } from './byte-extents.ts'
import { PackedRuns } from './level-runs.ts'
import type { RunNumbers } from './level-runs.ts'
import { PageFault } from './page-reader.ts'
import type { PackedValues } from './page-reader.ts'

/** How the library knows a column. */
export type ColumnDecoder = Parameters<typeof convert>[1]

/** Places in the dictionary, where a page has such; null for all other pages. */
export function dictionaryPlaces({ encoding, bytes }: Pick<PackedValues, 'encoding' | 'bytes'>, dictionary: PackedValues | null): PackedPlaces | null {
  if (encoding !== 'RLE_DICTIONARY' && encoding !== 'PLAIN_DICTIONARY') return null
  if (dictionary === null) throw new PageFault('a page refers to a dictionary that is not there')
  return new PackedPlaces(new PackedRuns(bytes, 1, bytes.length, bytes[0] ?? 0), dictionary.count)
}

/** Places in a dictionary, unpacked as far as they are asked for. Each is a place that there is. */
export class PackedPlaces {
  readonly #runs: PackedRuns
  readonly #entries: number

  constructor(runs: PackedRuns, entries: number) {
    this.#runs = runs
    this.#entries = entries
  }

  take(count: number): RunNumbers {
    if (count === 0) return new Uint8Array(0)
    const places = this.#runs.take(count)
    for (const place of places) if (place >= this.#entries) throw new PageFault('a page refers to what is not in the dictionary')
    return places
  }
}

/** The values of a page, by the library. It believes counts and lengths, so these are checked first. */
export function decodeValues(values: PackedValues, decoder: ColumnDecoder): DecodedArray {
  return convert(rawValues(values, decoder), decoder)
}

/** Bytes of each value of a column whose values stand one behind the other, all alike; null for all others. */
export function fixedBytes({ type, element }: ColumnDecoder): number | null {
  const bits = type === 'FIXED_LEN_BYTE_ARRAY' ? (element.type_length ?? 0) * 8 : fixedBits[type] ?? 0
  return bits >= 8 ? bits / 8 : null
}

const fixedBits: Readonly<Record<string, number>> = { BOOLEAN: 1, INT32: 32, INT64: 64, INT96: 96, FLOAT: 32, DOUBLE: 64 }

function rawValues({ encoding, count, bytes: shared }: PackedValues, { type, element }: ColumnDecoder): DecodedArray {
  if (count === 0) return []
  if (type === 'BYTE_ARRAY') {
    const { bytes, starts, ends } = byteExtents({ encoding, count, bytes: shared })
    return Array.from(starts, (start, i) => bytes.subarray(start, ends[i]))
  }
  const bytes = Uint8Array.from(shared) // the library reads on in the buffer below, so this page must be all of it
  const reader = { view: new DataView(bytes.buffer), offset: 0 }
  const fixed = type === 'FIXED_LEN_BYTE_ARRAY' ? (element.type_length ?? 0) * 8 : fixedBits[type]
  const enough = (): void => { if (fixed !== undefined && (fixed <= 0 || count * fixed > bytes.length * 8)) throw new PageFault('a page holds fewer values than it says') }
  switch (encoding) {
    case 'PLAIN':
      enough()
      return readPlain(reader, type, count, element.type_length)
    case 'RLE': {
      if (type !== 'BOOLEAN' || bytes.length < 4) break
      const length = reader.view.getUint32(0, true)
      return Array.from(new PackedRuns(bytes, 4, Math.min(bytes.length, 4 + length), 1).take(count), (bit) => bit === 1)
    }
    case 'BYTE_STREAM_SPLIT':
      enough()
      return byteStreamSplit(reader, count, type, element.type_length)
    case 'DELTA_BINARY_PACKED': {
      const numbers = type === 'INT32' ? new Int32Array(count) : new BigInt64Array(count)
      checkDelta(bytes, 0, count)
      deltaBinaryUnpack(reader, count, numbers)
      return numbers
    }
    case 'DELTA_BYTE_ARRAY': {
      if (type !== 'FIXED_LEN_BYTE_ARRAY') break
      const { bytes: written, starts, ends } = byteExtents({ encoding, count, bytes })
      return Array.from(starts, (start, i) => written.subarray(start, ends[i]))
    }
    default:
  }
  throw new PageFault(`its values are packed as ${encoding}, which is not supported for ${type}`)
}
