import { createRequire } from 'node:module'
import { brotliDecompressSync, constants, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { CompressionCodec, Compressors } from 'hyparquet'
import { snappyBeginning } from './snappy-beginning.ts'

const require = createRequire(import.meta.url)

/** What is thrown for a page that would unpack to more than `maxPageBytes`. */
export const pageTooLarge = 'page too large'

/** Writers make pages of about one megabyte; one that says it unpacks to more than this is no page of a list. */
const maxPageBytes = 128 * 1_048_576

/** Most pages are unpacked into one piece; what a header says of its size is believed so far. */
const largestChunk = 2 * 1_048_576
const smallestChunk = 16 * 1024

/** What packed pages are unpacked with: the platform's own code where it has it. A page never unpacks to more than its header says. */
export const codecs: Compressors = {
  SNAPPY: (input, length) => pure('SNAPPY', input, length),
  LZ4: (input, length) => pure('LZ4', input, length),
  LZ4_RAW: (input, length) => pure('LZ4_RAW', input, length),
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, bounded(length)), chunkSize: Math.min(largestChunk, Math.max(smallestChunk, length)) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, bounded(length)) }),
  ZSTD: (input, length) => zstdDecompressSync(input, { maxOutputLength: Math.max(1, bounded(length)) }),
}

/** Of a page that unpacks to more than this, the beginning may be unpacked by itself. */
const leastCut = 256 * 1024
/** So much of it holds the first thousand values of most columns. */
const beginningBytes = 96 * 1024
/** What these come out of, for codecs that have to be told so: Zstandard gives whole blocks alone, of 128 KB. */
const packedGzip = 48 * 1024
const packedZstandard = 136 * 1024

/** The beginning of a large page, for whoever wants its first values alone; null: unpack all of it, which also tells what is wrong with it. */
export function unpackBeginning(input: Uint8Array, codec: CompressionCodec, length: number): Uint8Array | null {
  if (bounded(length) < leastCut) return null
  try {
    switch (codec) {
      case 'SNAPPY': return snappyBeginning(input, beginningBytes)
      case 'GZIP': return gunzipSync(input.subarray(0, packedGzip), { maxOutputLength: length, finishFlush: constants.Z_SYNC_FLUSH })
      case 'ZSTD': return zstdDecompressSync(input.subarray(0, packedZstandard), { maxOutputLength: length, finishFlush: constants.ZSTD_e_flush })
      default: return null
    }
  } catch { return null }
}

function pure(name: 'SNAPPY' | 'LZ4' | 'LZ4_RAW', input: Uint8Array, length: number): Uint8Array {
  const { compressors } = require('hyparquet-compressors') as { compressors: Compressors } // loaded for who needs it: a page cannot wait
  const unpack = compressors[name]
  if (unpack === undefined) throw new Error(`no code for ${name}`)
  return unpack(input, bounded(length))
}

function bounded(length: number): number {
  if (!(length >= 0 && length <= maxPageBytes)) throw new RangeError(pageTooLarge)
  return length
}
