import type { CsvLayout } from '@longshore/core'
import type { FileFormat, LaterEnd } from '../file-format.ts'
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
    const bytes = (start: number): AsyncIterable<Uint8Array> => (part?.end === undefined ? source.stream(start) : upTo(source.stream(start), start, part.end))
    return readCsv(bytes(part?.start?.byte ?? 0), layout, {
      reopen: bytes, ...(batchRows === undefined ? {} : { batchRows }), ...(part?.start === undefined ? {} : { start: part.start }), ...(warn === undefined ? {} : { warn }),
    })
  },
}

/** The bytes of a file from `start`, which is where `chunks` begin, to `end`. */
async function* upTo(chunks: AsyncIterable<Uint8Array>, start: number, end: number | LaterEnd): AsyncGenerator<Uint8Array> {
  const sure = typeof end === 'number' ? end : end.notBefore
  let at = start
  for await (const chunk of chunks) {
    const last = at + chunk.length <= sure ? Infinity : typeof end === 'number' ? end : await end.byte ?? Infinity
    if (at < last) yield at + chunk.length <= last ? chunk : chunk.subarray(0, last - at)
    at += chunk.length
    if (at >= last) return
  }
}
