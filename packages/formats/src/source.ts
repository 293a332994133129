/**
 * The bytes of a file, wherever they are: all that a reader knows of it. Reading may begin anywhere and as often as it takes, also
 * while another reading goes on.
 */
export interface ByteSource {
  sizeBytes: number
  /** The bytes from `start` (inclusive, default 0) to the end, in pieces of any size. A piece may be overwritten once the next one is asked for. */
  stream(start?: number): AsyncIterable<Uint8Array>
  /** `length` bytes from `offset` on, fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>
}
