import { createReadStream, fstatSync, read } from 'node:fs'
import { promisify } from 'node:util'
import type { ByteSource } from '@longshore/formats'

const readAt = promisify(read)

/** The bytes of an open file. Every reading has its own place, so several may go on at once. */
export function descriptorSource(fd: number): ByteSource {
  const sizeBytes = fstatSync(fd).size
  return {
    sizeBytes,
    stream: (start = 0) => createReadStream('', { fd, start, autoClose: false, highWaterMark: 256 * 1024 }),
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
