import type { ByteSource } from '@longshore/formats'

/** A source that tells how far it was read: the furthest place of a stream, or all that was read here and there. */
export function countedSource(source: ByteSource): ByteSource & { readonly bytesRead: number } {
  let furthest = 0
  let picked = 0
  return {
    sizeBytes: source.sizeBytes,
    get bytesRead() { return Math.min(source.sizeBytes, Math.max(furthest, picked)) },
    async *stream(start = 0) {
      let at = start
      for await (const piece of source.stream(start)) {
        at += piece.length
        furthest = Math.max(furthest, at)
        yield piece
      }
    },
    async read(offset, length) {
      const bytes = await source.read(offset, length)
      picked += bytes.length
      return bytes
    },
  }
}
