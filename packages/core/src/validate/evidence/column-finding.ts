import type { ColumnReading } from '../../fields/column-reading.ts'

/** What a column's values have said, as plain data: it crosses from the process that reads the file. */
export interface ColumnFinding {
  /** Target position. */
  target: number
  header: string
  path: string
  /** What was decided; empty where nothing had to be. */
  reading: ColumnReading
  /** Why, in a few words for the report; null where it needs no saying. */
  reason: string | null
  question: ColumnQuestion | null
}

/** Why nothing could be decided: all values can be read in both ways, or some only in one and some only in the other. */
export interface ColumnQuestion {
  kind: 'ambiguous' | 'mixed'
  about: 'dates' | 'decimal' | 'months'
  /** The readings, each with what it makes of a value, and for mixed columns the rows that only it can read. */
  readings: { value: string; example: string; means: string; rows: number[]; count: number }[]
}

/** What was decided for a column, in a sentence; null where it needs no saying. */
export function readingSentence({ header, reason }: ColumnFinding): string | null {
  return reason === null ? null : `The values of "${header}" ${reason}.`
}
