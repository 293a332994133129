import { Readable } from 'node:stream'

/**
 * The bytes of a file, wherever they are: all that a reader knows of it. Reading may begin anywhere and as often as it takes, also
 * while another reading goes on.
 */
export interface ByteSource {
  /** Infinity: more than `headBytes`, and how much more shows only at the end. */
  sizeBytes: number
  /** Reading begins anew for every place that is not at the beginning: what lies far inside is left for the reading of all. */
  sequential?: true
  /** The bytes from `start` (inclusive, default 0) to the end, in pieces of any size. A piece may be overwritten once the next one is asked for. */
  stream(start?: number): AsyncIterable<Uint8Array>
  /** `length` bytes from `offset` on, fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>
}

/** The bytes from `start` to `end` (exclusive) as a stream of Node's, in pieces of their own that nobody overwrites. */
export function readableOf(source: ByteSource, start: number, end: number, pieceBytes: number): Readable {
  return Readable.from(pieces(source, start, end, pieceBytes), { objectMode: false, highWaterMark: pieceBytes })
}

async function* pieces(source: ByteSource, start: number, end: number, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; at += pieceBytes) {
    const bytes = await source.read(at, Math.min(pieceBytes, end - at))
    if (bytes.length === 0) return
    yield bytes
  }
}
