/** How a row of a file ends: each in exactly one of these, so they add up to the rows read. */
export const outcomes = ['created', 'updated', 'deleted', 'skipped', 'flagged', 'failed', 'excluded'] as const
export type Outcome = (typeof outcomes)[number]
export type Counts = Record<Outcome, number>

/** Why a row was skipped, failed or excluded. The store keeps the position in this list: append only. */
export const reasons = [
  'none', 'duplicate-in-file', 'duplicate-in-store', 'nothing-to-change', 'older', 'invalid', 'no-match', 'several-matches',
  'reference-missing', 'reference-ambiguous', 'cancelled', 'edited-since', 'referred-to-since', 'already-gone', 'rejected-by-database',
  'possible-duplicate', 'too-long', 'reference-cycle', 'left-out', 'restored', 'tried',
] as const
export type Reason = (typeof reasons)[number]

export function noCounts(): Counts {
  return { created: 0, updated: 0, deleted: 0, skipped: 0, flagged: 0, failed: 0, excluded: 0 }
}

export function sumOf(counts: Counts): number {
  return outcomes.reduce((sum, outcome) => sum + counts[outcome], 0)
}
