import type { Dialect } from '../read/dialect.ts'
import { RecordParser } from '../read/record-parser.ts'

export interface HeadRecord {
  /** Row number: every record counts, empty ones too. */
  row: number
  cells: string[]
  /** Cells that hold more than blanks. */
  filled: number
  quoted: boolean
  /** Its quote was never closed. */
  broken: boolean
}

export interface HeadRecords { records: HeadRecord[]; strayQuotes: number }

/** Records of the head under a dialect, without empty ones, at most `limit`. A record cut by the end of the head is left out unless the head is `complete`. */
export function headRecords(text: string, complete: boolean, dialect: Dialect, limit: number): HeadRecords {
  const records: HeadRecord[] = []
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
