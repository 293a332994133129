import type { RowKey } from '../validate/checked-row.ts'

const longestValue = 80

/**
 * A key in words, for messages: `email "ada@example.com"`, `first_name "Ada" and last_name "Lovelace"`, `account.name "Acme"`; by their
 * labels where `labelOf` has the label of a target, for a message that names the record itself: `Name "Acme"`.
 */
export function describeKey(key: RowKey, cells: readonly (string | null)[], labelOf: (target: number) => string | undefined = () => undefined): string {
  if (key.targets.length === 0) return key.criterion.split('+').join(', ')
  const prefix = key.reference === null ? '' : `${key.reference}.`
  return key.criterion.split('+').map((name, i) => {
    const cell = cells[key.targets[i] ?? -1] ?? ''
    return `${labelOf(key.targets[i] ?? -1) ?? `${prefix}${name}`} "${cell.length > longestValue ? `${cell.slice(0, longestValue)}…` : cell}"`
  }).join(' and ')
}
