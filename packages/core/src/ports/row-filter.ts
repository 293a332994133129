/**
 * Which rows of a checked job somebody wants to see. `ready`: those that will be written; `warnings`: those with a warning, whatever becomes
 * of them; `errors`: those that will fail; `duplicates`: those that repeat a row or record, skipped or flagged; `excluded`: those left out; `replanned`: those
 * that were planned again when their job began to write, and do something else than was shown.
 */
export const rowStatuses = ['all', 'ready', 'warnings', 'errors', 'duplicates', 'excluded', 'replanned'] as const
export type RowStatus = (typeof rowStatuses)[number]

/** All that is named must hold. */
export interface RowFilter {
  status: RowStatus
  /** An issue of this code at this field; null: of the row as a whole. */
  issue?: { code: string; field: string | null }
  /** The cell of a column (from 1) says this, blanks around it apart; '' finds blank cells. */
  cell?: { column: number; value: string }
  /** Any cell holds this, in either letter case. */
  search?: string
}

export type RowCounts = { rows: number } & Record<Exclude<RowStatus, 'all'>, number>
