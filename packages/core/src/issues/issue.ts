import type { IssueCode } from './registry.ts'

export type Severity = 'error' | 'warning'

/** Something about a cell or a row of the user's file. A value, never thrown. Errors decide the row's outcome, warnings never do. */
export interface Issue {
  code: IssueCode
  severity: Severity
  /** As a spreadsheet counts: the header is row 1. */
  row: number
  /** The column's header as the file has it; null for the whole row. */
  column: string | null
  /** Path of the field (`email`, `account.name`); null for the whole row. */
  field: string | null
  /** What was found, cut to 255 characters. */
  value: string | null
  /** The message in full: what happened, what was found, what to do. */
  message: string
  /** An error that counts only when the row creates a record; absent: it counts whatever becomes of the row. */
  onCreate?: true
}
