import { fstatSync, read } from 'node:fs'
import { promisify } from 'node:util'
import type { ByteSource } from '@longshore/formats'

const readAt = promisify(read)
const pieceBytes = 256 * 1024

/** The bytes of an open file. Every reading has its own place, so several may go on at once, and one that is left early closes nothing. */
export function descriptorSource(fd: number): ByteSource {
  const sizeBytes = fstatSync(fd).size
  return {
    sizeBytes,
    async *stream(start = 0) {
      const piece = Buffer.allocUnsafe(pieceBytes)
      for (let at = start; ;) {
        const { bytesRead } = await readAt(fd, piece, 0, pieceBytes, at)
        if (bytesRead === 0) return
        at += bytesRead
        yield piece.subarray(0, bytesRead)
      }
    },
    async read(offset, length) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, sizeBytes - offset)))
      let filled = 0
      while (filled < bytes.length) {
        const { bytesRead } = await readAt(fd, bytes, filled, bytes.length - filled, offset + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return bytes.subarray(0, filled)
    },
  }
}
