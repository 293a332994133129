import type { Readable } from 'node:stream'

/** Keeps files by id. Nothing may assume that the one who writes and the one who reads share a disk. */
export interface FileStore {
  /**
   * Keeps all of `content` under a new id; visible only when whole and safe on disk. `name` is for people and decides nothing. A piece of it
   * may be overwritten once the next one is asked for.
   */
  put(name: string, content: AsyncIterable<Uint8Array | string>): Promise<StoredFile>
  /**
   * The content, from byte `start` (inclusive, default 0). Read from its beginning to its end the hash is verified: a byte that
   * changed since ends the stream with the Fault `file.damaged`. An unknown id ends it with `file.missing`.
   */
  open(id: string, options?: { start?: number }): Readable
  /** A path for programs on this machine; absent where files live elsewhere. Nothing is verified. */
  path?(id: string): string
  /** Forgets the file; no error when it is not there. */
  remove(id: string): Promise<void>
}

export interface StoredFile {
  /** Opaque; bears the content's hash and size, so that no other record is needed to verify it. */
  id: string
  name: string
  sizeBytes: number
  /** Lower-case hexadecimal. */
  sha256: string
}
