import type { HeadRecord } from '../detect/header.ts'
import type { Dialect } from './dialect.ts'
import { RecordParser } from './record-parser.ts'

/** A head record of delimited text. */
export interface CsvRecord extends HeadRecord {
  quoted: boolean
  /** Its quote was never closed. */
  broken: boolean
}

export interface HeadRecords { records: CsvRecord[]; strayQuotes: number }

/** Characters that hold as many records as are asked for in most files. */
const usuallyEnough = 64 * 1024

/** Records of the head under a dialect, without empty ones, at most `limit`. A record cut by the end of the head is left out unless the head is `complete`. */
export function headRecords(text: string, complete: boolean, dialect: Dialect, limit: number): HeadRecords {
  if (text.length > usuallyEnough && limit < Infinity) {
    const first = recordsOf(text.slice(0, usuallyEnough), false, dialect, limit)
    if (first.records.length >= limit) return first
  }
  return recordsOf(text, complete, dialect, limit)
}

function recordsOf(text: string, complete: boolean, dialect: Dialect, limit: number): HeadRecords {
  const records: CsvRecord[] = []
  let row = 0
  const parser = new RecordParser(dialect, {
    onRecord: (record) => {
      row += 1
      if (records.length >= limit) return
      const filled = record.cells.reduce((count, cell) => count + (cell.trim() === '' ? 0 : 1), 0)
      if (filled > 0) {
        records.push({ row, cells: record.cells, filled, quoted: record.quoted, broken: record.faults.some((f) => f.code === 'read.unclosed-quote') })
      }
    },
  })
  parser.write(text)
  if (complete) parser.end()
  return { records, strayQuotes: parser.strayQuotes }
}
