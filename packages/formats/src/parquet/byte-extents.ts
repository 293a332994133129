import { deltaBinaryUnpack } from 'hyparquet/src/delta.js'
import { PageFault } from './page-reader.ts'
import type { PackedValues } from './page-reader.ts'
import { thriftVarint } from './thrift-extent.ts'

/** Texts, or other bytes of any length, one behind the other. */
export interface ByteExtents { bytes: Uint8Array; starts: Uint32Array; ends: Uint32Array }

/** Bytes of a page whose values begin as the one before does, once they are written out. */
const maxSharedBytes = 64 * 1_048_576

/** Where the values of a page of BYTE_ARRAY begin and end. */
export function byteExtents(values: PackedValues): ByteExtents {
  switch (values.encoding) {
    case 'PLAIN': return plainExtents(values.bytes, 0, values.count)
    case 'DELTA_LENGTH_BYTE_ARRAY': return lengthExtents(values.bytes, 0, values.count)
    case 'DELTA_BYTE_ARRAY': return sharedExtents(values)
    default: throw new PageFault(`its values are packed as ${values.encoding}, which is not supported for bytes`)
  }
}

/** Each value with its length before it, from `offset` on. The last of `ends` is where the next one begins. */
export function plainExtents(bytes: Uint8Array, offset: number, count: number): ByteExtents {
  if (offset + count * 4 > bytes.length) throw new PageFault('a page holds fewer values than it says')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const starts = new Uint32Array(count)
  const ends = new Uint32Array(count)
  let at = offset
  for (let i = 0; i < count; i += 1) {
    if (at + 4 > bytes.length) throw new PageFault('a page holds fewer values than it says')
    const start = at + 4
    at = start + view.getUint32(at, true)
    if (at > bytes.length) throw new PageFault('a value goes beyond the end of its page')
    starts[i] = start
    ends[i] = at
  }
  return { bytes, starts, ends }
}

/** All lengths, then all values. */
function lengthExtents(bytes: Uint8Array, offset: number, count: number): ByteExtents {
  const { lengths, end } = packedLengths(bytes, offset, count)
  const starts = new Uint32Array(count)
  const ends = new Uint32Array(count)
  let at = end
  for (let i = 0; i < count; i += 1) {
    starts[i] = at
    at += lengths[i] ?? 0
    if (at > bytes.length) throw new PageFault('a value goes beyond the end of its page')
    ends[i] = at
  }
  return { bytes, starts, ends }
}

/** How much each value shares with the one before, then what is its own. */
function sharedExtents({ count, bytes }: PackedValues): ByteExtents {
  const { lengths: shared, end } = packedLengths(bytes, 0, count)
  const own = lengthExtents(bytes, end, count)
  const starts = new Uint32Array(count)
  const ends = new Uint32Array(count)
  let size = 0
  let before = 0
  for (let i = 0; i < count; i += 1) {
    if ((shared[i] ?? 0) > before) throw new PageFault('a value is to begin like the one before, which is shorter')
    before = (shared[i] ?? 0) + (own.ends[i] ?? 0) - (own.starts[i] ?? 0)
    starts[i] = size
    size += before
    if (size > maxSharedBytes) throw new PageFault(`a page would unpack to more than ${maxSharedBytes / 1_048_576} MB, as in a file made to do harm`, true)
    ends[i] = size
  }
  const written = new Uint8Array(size)
  for (let i = 0; i < count; i += 1) {
    const start = starts[i] ?? 0
    const same = shared[i] ?? 0
    if (same > 0) written.copyWithin(start, starts[i - 1] ?? 0, (starts[i - 1] ?? 0) + same)
    written.set(bytes.subarray(own.starts[i], own.ends[i]), start + same)
  }
  return { bytes: written, starts, ends }
}

function packedLengths(bytes: Uint8Array, offset: number, count: number): { lengths: Int32Array; end: number } {
  const lengths = new Int32Array(count)
  if (count === 0) return { lengths, end: offset }
  checkDelta(bytes, offset, count)
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset }
  deltaBinaryUnpack(reader, count, lengths)
  if (lengths.some((length) => length < 0) || reader.offset > bytes.length) throw new PageFault('a value has a length that cannot be')
  return { lengths, end: reader.offset }
}

/** Values of a block of numbers, at most: writers make blocks of 128. */
const maxBlockValues = 1_048_576

/** The head of numbers that are stored as differences: what the library takes for lengths of its loops. */
export function checkDelta(bytes: Uint8Array, start: number, count: number): void {
  const block = thriftVarint(bytes, start)
  const parts = thriftVarint(bytes, block.end)
  const total = thriftVarint(bytes, parts.end)
  if (block.value === 0 || block.value > maxBlockValues || parts.value === 0 || block.value % parts.value !== 0 || total.value < count) throw new PageFault('the head of a page is damaged')
}
