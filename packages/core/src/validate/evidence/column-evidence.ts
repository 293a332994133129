/** Longer texts are no dates and no numbers: they are not looked at, so that no file can make the evidence slow or large. */
export const longestValue = 100

/** Rows that are named to a person, of each kind. */
export const namedRows = 5

/** What one column's values say together. Values are seen as the check sees them: trimmed, transformed, none empty. */
export interface ColumnEvidence {
  /** Called for every value: what nearly all columns hold (ISO days, whole numbers) returns at once. `country`: that of the row, or null. */
  see(text: string, row: number, country: string | null): void
  /** Takes in what a later part of the same column has shown: all but the methods of its evidence, as JSON gave it back. */
  join(later: unknown): void
}

/** Row numbers, the first few, and how many there were; with the first value. */
export interface Seen { count: number; rows: number[]; example: string }

export function noneSeen(): Seen {
  return { count: 0, rows: [], example: '' }
}

/** What was seen in two parts of a column, the earlier one first. */
export function seenInBoth(earlier: Seen, later: Seen): void {
  if (earlier.count === 0) earlier.example = later.example
  earlier.count += later.count
  earlier.rows.push(...later.rows.slice(0, namedRows - earlier.rows.length))
}

export function note(seen: Seen, text: string, row: number): void {
  if (seen.count++ === 0) seen.example = text.slice(0, 80)
  if (seen.rows.length < namedRows) seen.rows.push(row)
}
