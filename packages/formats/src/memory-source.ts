import type { ByteSource } from './source.ts'

/** Bytes in memory as a source, handed over in pieces of `pieceBytes` (default: all at once). */
export function memorySource(bytes: Uint8Array, pieceBytes = Infinity): ByteSource {
  return {
    sizeBytes: bytes.length,
    async *stream(start = 0) {
      for (let at = start; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, Math.min(bytes.length, at + pieceBytes))
    },
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  }
}
