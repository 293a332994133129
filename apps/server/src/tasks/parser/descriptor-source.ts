import { fstatSync, read } from 'node:fs'
import type { ByteSource } from '@longshore/formats'

const pieceBytes = 256 * 1024

export interface DescriptorSource extends ByteSource {
  /** Until no reading is under way: a stream that is left early has asked for one more piece. Whoever closes the descriptor waits for it first. */
  settled(): Promise<void>
}

/**
 * The bytes of an open file. Every reading has its own place, so several may go on at once; one that is left early leaves the file open,
 * which a stream of node:fs would close.
 */
export function descriptorSource(fd: number): DescriptorSource {
  const sizeBytes = fstatSync(fd).size
  const underWay = new Set<Promise<Uint8Array>>()
  const source: DescriptorSource = {
    sizeBytes,
    async *stream(start = 0) {
      let next = source.read(start, pieceBytes)
      for (let at = start; ;) {
        const piece = await next
        if (piece.length === 0) return
        at += piece.length
        next = source.read(at, pieceBytes) // while this piece is worked on
        yield piece
      }
    },
    read(offset, length) {
      const reading = filled(fd, offset, Math.max(0, Math.min(length, sizeBytes - offset))).finally(() => { underWay.delete(reading) })
      underWay.add(reading)
      return reading
    },
    async settled() { while (underWay.size > 0) await Promise.allSettled(underWay) },
  }
  return source
}

async function filled(fd: number, offset: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(length)
  let at = 0
  while (at < length) {
    const bytesRead = await readAt(fd, bytes, at, length - at, offset + at)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return bytes.subarray(0, at)
}

/** Not by `promisify`: node:util brings much that a reader does not need, and its start counts. */
function readAt(fd: number, bytes: Buffer, offset: number, length: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, bytes, offset, length, position, (error, bytesRead) => { if (error) reject(error); else resolve(bytesRead) })
  })
}
