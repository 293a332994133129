import { createGunzip } from 'node:zlib'
import { Fault } from '@longshore/core/fault'
import { headBytes } from '../file-format.ts'
import { damaged, tooLarge } from '../sheet/file-fault.ts'
import { readableOf } from '../source.ts'
import type { ByteSource } from '../source.ts'

/** A list of people shrinks to a fifth, one that repeats itself to a fiftieth; beyond this a file was made to do harm. */
const maxRatio = 200
/** Unpacked bytes up to which the ratio says nothing. */
const ratioFromBytes = 64 * 1_048_576
const pieceBytes = 128 * 1024

/**
 * What a gzip archive holds, as a source that is read from its beginning on. Nothing of it is kept but the beginning; all that is unpacked at a
 * time is one piece. Throws a Fault where the archive is damaged, or unpacks to what no list would.
 */
export async function gunzippedSource(packed: ByteSource, what: string): Promise<ByteSource> {
  const head = await firstBytes(unpack(packed, what), headBytes + 1)
  if (head.length === 0) throw new Fault('file.empty', `${what} is empty: the gzip archive holds nothing. Check that it was exported completely.`)
  const whole = head.length <= headBytes
  return {
    sizeBytes: whole ? head.length : Infinity,
    sequential: true,
    stream: (start = 0) => skipping(unpack(packed, what), start),
    read: async (offset, length) => {
      if (whole || offset + length <= head.length) return head.subarray(offset, offset + length)
      return firstBytes(skipping(unpack(packed, what), offset), length)
    },
  }
}

async function* unpack(packed: ByteSource, what: string): AsyncGenerator<Buffer> {
  const input = readableOf(packed, 0, packed.sizeBytes, pieceBytes)
  const gunzip = createGunzip({ chunkSize: pieceBytes })
  input.on('error', (error) => gunzip.destroy(error))
  let unpacked = 0
  try {
    for await (const piece of input.pipe(gunzip) as AsyncIterable<Buffer>) {
      unpacked += piece.length
      if (unpacked > ratioFromBytes && unpacked > packed.sizeBytes * maxRatio) throw tooLarge(what, '', `its ${packed.sizeBytes} bytes would unpack to more than ${Math.floor(unpacked / 1_048_576)} MB, as in a file made to do harm`, 'Unpack it yourself if you trust it, and import the file inside.')
      yield piece
    }
  } catch (error) {
    if (error instanceof Fault) throw error
    throw damaged(what, '', `the gzip archive is cut short or damaged after ${unpacked} unpacked bytes (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'})`, 'Copy or download it again, or pack it again.')
  } finally {
    input.destroy()
    gunzip.destroy()
  }
}

async function* skipping(pieces: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes
  for await (const piece of pieces) {
    if (left < piece.length) yield piece.subarray(left)
    left = Math.max(0, left - piece.length)
  }
}

async function firstBytes(pieces: AsyncIterable<Buffer>, length: number): Promise<Buffer> {
  const kept: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    kept.push(piece)
    size += piece.length
    if (size >= length) break
  }
  return Buffer.concat(kept).subarray(0, length)
}
