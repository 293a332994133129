/** Rows that are named to a person, of each kind. */
export const namedRows = 5

/** What one column's values say together. Values are seen as the check sees them: trimmed, transformed, none empty. */
export interface ColumnEvidence {
  /** Called for every value: what nearly all columns hold (ISO days, whole numbers) returns at once. `country`: that of the row, or null. */
  see(text: string, row: number, country: string | null): void
}

/** Row numbers, the first few, and how many there were; with the first value. */
export interface Seen { count: number; rows: number[]; example: string }

export function noneSeen(): Seen {
  return { count: 0, rows: [], example: '' }
}

export function note(seen: Seen, text: string, row: number): void {
  if (seen.count++ === 0) seen.example = text.slice(0, 80)
  if (seen.rows.length < namedRows) seen.rows.push(row)
}
