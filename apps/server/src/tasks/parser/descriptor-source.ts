import { fstatSync, read } from 'node:fs'
import type { ByteSource } from '@longshore/formats'

const pieceBytes = 256 * 1024

/**
 * The bytes of an open file. Every reading has its own place, so several may go on at once; one that is left early leaves the file open,
 * which a stream of node:fs would close.
 */
export function descriptorSource(fd: number): ByteSource {
  const sizeBytes = fstatSync(fd).size
  const source: ByteSource = {
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
    async read(offset, length) {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, sizeBytes - offset)))
      let filled = 0
      while (filled < bytes.length) {
        const bytesRead = await readAt(fd, bytes, filled, bytes.length - filled, offset + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return bytes.subarray(0, filled)
    },
  }
  return source
}

/** Not by `promisify`: node:util brings much that a reader does not need, and its start counts. */
function readAt(fd: number, bytes: Buffer, offset: number, length: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, bytes, offset, length, position, (error, bytesRead) => { if (error) reject(error); else resolve(bytesRead) })
  })
}
