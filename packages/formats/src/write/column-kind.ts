/**
 * What the values of a column that is written are, where the caller knows: then formats with types keep them as such. All texts are canonical:
 * `1234.50`, `true`, `2024-05-31`, `2024-05-31T10:30:15Z`. `scale`: decimals that every value has room for.
 */
export type ColumnKind =
  | { kind: 'text' }
  | { kind: 'integer' }
  | { kind: 'decimal'; scale: number }
  | { kind: 'boolean' }
  | { kind: 'date' }
  | { kind: 'date-time' }

/** The kind of each column by position; text where none is given. */
export function columnKinds(columns: readonly string[], kinds: readonly ColumnKind[] | undefined): ColumnKind[] {
  return columns.map((_, i) => kinds?.[i] ?? { kind: 'text' })
}
