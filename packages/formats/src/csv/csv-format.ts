import type { CsvLayout } from '@longshore/core'
import type { FileFormat } from '../file-format.ts'
import { detectCsv } from './detect-csv.ts'
import { findRecordStart } from './find-record-start.ts'
import { readCsv } from './read-csv.ts'

/** Delimited text. Everything that no other format recognises is taken for it, and refused by name where it is something else. */
export const csvFormat: FileFormat<CsvLayout> = {
  name: 'csv',
  title: 'delimited text (CSV)',
  detect: detectCsv,
  findRecordStart,
  read: (source, layout, { batchRows, part, warn }) => {
    const bytes = (start: number): AsyncIterable<Uint8Array> => (part?.end === undefined ? source.stream(start) : upTo(source.stream(start), part.end - start))
    return readCsv(bytes(part?.start?.byte ?? 0), layout, {
      reopen: bytes, ...(batchRows === undefined ? {} : { batchRows }), ...(part?.start === undefined ? {} : { start: part.start }), ...(warn === undefined ? {} : { warn }),
    })
  },
}

/** The first `length` bytes. */
async function* upTo(chunks: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length
  if (left <= 0) return
  for await (const chunk of chunks) {
    yield chunk.length > left ? chunk.subarray(0, left) : chunk
    left -= chunk.length
    if (left <= 0) return
  }
}
