/** A correction as the model understands it: columns and rows by number, from 1 and as a spreadsheet counts. */
export type ModelFix =
  | { kind: 'edit'; cells: { row: number; column: number; value: string }[] }
  | { kind: 'map-value'; column: number; from: string; to: string }
  | { kind: 'treat-as-empty'; column: number; value: string }
  | { kind: 'replace'; column: number; find: string; with: string }
  | { kind: 'fill'; column: number; value: string; rows: number[] }
  | { kind: 'read-dates'; column: number; dates: 'dmy' | 'mdy' }
  | { kind: 'leave-out'; rows: number[] }

/**
 * What a person does who corrects the file itself: goes through the corrections from the first to the last, and through all rows for each.
 * Knows nothing of what was corrected before and taken back.
 */
export function correctedByHand(file: readonly (readonly string[])[], fixes: readonly ModelFix[]): { rows: string[][]; leftOut: Set<number>; dates: 'dmy' | 'mdy' | null } {
  const rows = file.map((cells) => [...cells])
  const leftOut = new Set<number>()
  let dates: 'dmy' | 'mdy' | null = null
  const everywhere = (column: number, change: (text: string) => string): void => { for (const cells of rows) cells[column - 1] = change(cells[column - 1] ?? '') }
  for (const fix of fixes) {
    if (fix.kind === 'edit') for (const { row, column, value } of fix.cells) (rows[row - 2] ?? [])[column - 1] = value
    if (fix.kind === 'map-value') everywhere(fix.column, (text) => (text.trim() === fix.from.trim() ? fix.to : text))
    if (fix.kind === 'treat-as-empty') everywhere(fix.column, (text) => (text.trim() === fix.value.trim() ? '' : text))
    if (fix.kind === 'replace') everywhere(fix.column, (text) => text.split(fix.find).join(fix.with))
    if (fix.kind === 'fill') for (const row of fix.rows) (rows[row - 2] ?? [])[fix.column - 1] = fix.value
    if (fix.kind === 'read-dates') dates = fix.dates
    if (fix.kind === 'leave-out') for (const row of fix.rows) leftOut.add(row)
  }
  return { rows, leftOut, dates }
}
