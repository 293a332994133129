import type { RawRow, CsvLayout } from '@longshore/core'
import { readCsv } from './read-csv.ts'

export interface ReadBytesOptions {
  /** Bytes in a chunk; Infinity: all at once. */
  size?: number
  /** Whether the source can be read again; default true. */
  reopen?: boolean
  batchRows?: number
  /** Told of each time the source is opened again. */
  onReopen?: (byteOffset: number) => void
}

/** All rows of bytes in memory, handed over in chunks of any size. */
export async function readBytes(bytes: Uint8Array, layout: CsvLayout, options: ReadBytesOptions = {}): Promise<RawRow[]> {
  const size = options.size ?? Infinity
  const reopen = (byteOffset: number) => {
    options.onReopen?.(byteOffset)
    return chunked(bytes.subarray(byteOffset), size)
  }
  const rows: RawRow[] = []
  for await (const batch of readCsv(chunked(bytes, size), layout, {
    ...(options.reopen === false ? {} : { reopen }), ...(options.batchRows === undefined ? {} : { batchRows: options.batchRows }),
  })) rows.push(...batch)
  return rows
}

export async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, Math.min(bytes.length, at + size))
}
