import { namesSameColumn } from '@longshore/core'
import type { ColumnMapping } from '@longshore/core'

/** `columns` with more said of one of them: what is said of it already stays; one that nobody spoke of is added. */
export function sayMore(columns: readonly ColumnMapping[], at: { header: string; position: number }, more: (known: ColumnMapping | null) => ColumnMapping | null): ColumnMapping[] {
  const index = columns.findIndex((column) => namesSameColumn(column, at))
  const said = more(columns[index] ?? null)
  if (said === null) return [...columns]
  return index < 0 ? [...columns, said] : columns.map((column, i) => (i === index ? said : column))
}
