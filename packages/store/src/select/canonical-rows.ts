import type { Selection } from '@longshore/core'

/**
 * Returns the function that turns values as PostgreSQL prints them into canonical texts, in place. Here and not in SQL: printing two
 * instants by `to_char` takes PostgreSQL longer than reading the whole record.
 */
export function canonicalRows(selection: Selection): (rows: (string | null)[][]) => void {
  const instants: number[] = []
  const booleans: number[] = []
  selection.columns.forEach(({ value }, position) => {
    if (value.kind !== 'field') return
    if (value.field.kind === 'date-time') instants.push(position)
    if (value.field.kind === 'boolean') booleans.push(position)
  })
  return (rows) => {
    for (const row of rows) {
      for (const position of instants) {
        const cell = row[position]
        if (cell) row[position] = canonicalInstant(cell)
      }
      for (const position of booleans) {
        const cell = row[position]
        if (cell) row[position] = cell.startsWith('t') ? 'true' : 'false' // COPY prints t, a cast to text true
      }
    }
  }
}

/** `2024-02-29 14:30:00.5+00` → `2024-02-29T14:30:00.5Z`. Sessions run in UTC, so the zone is always +00. */
function canonicalInstant(printed: string): string {
  return `${printed.slice(0, 10)}T${printed.slice(11, -3)}Z`
}
