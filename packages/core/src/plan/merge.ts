import type { MergeRule } from '../definition/import.ts'
import { defaultLongTextLength } from '../fields/plain-text.ts'
import { sameValue } from '../fields/same-value.ts'
import type { Target } from '../map/mapping.ts'
import { append } from './append.ts'
import { isLater } from './later.ts'

/** How old the data on both sides is; canonical instants, null where nobody knows. */
export interface Ages {
  /** Of the row: its modified time. */
  row: string | null
  /** Of the record's field called `name`. */
  field(name: string): string | null
}

export interface Merged {
  /** What the record has afterwards, by target position: `record` itself when nothing changes. */
  values: (string | null)[]
  /** A field that differs kept its value, because the row's is not newer. */
  older: boolean
  /** Position of a text that would become longer than its field takes; -1: none. */
  tooLong: number
}

/**
 * Lays a row over a record, field by field, and gives the values that the record then has.
 * An empty cell changes nothing unless its column says that blanks clear; a default is for new records only.
 * A companion follows its parent: it changes when the parent does. The code of a currency follows its amount, too, but an amount
 * without one says nothing of the currency: the old code stays, and another one changes it even where the number is the same.
 * Fields that a record must have are never cleared.
 */
export function merge(targets: readonly Target[], record: (string | null)[], row: readonly (string | null)[], defaulted: ReadonlySet<number> | null, ages: Ages): Merged {
  const merged: Merged = { values: record, older: false, tooLong: -1 }
  for (const [i, target] of targets.entries()) {
    if (target.reference !== null || target.companionOf !== null || target.field.virtual !== undefined) continue
    const old = record[i] ?? null
    const cell = defaulted?.has(i) ? null : row[i] ?? null
    if (cell === null && !(target.blankClears && !target.field.required && !defaulted?.has(i))) continue
    const incoming = target.merge === 'append' && cell !== null && old !== null ? append(target.field.kind, old, cell) : cell
    const coded = target.field.kind === 'currency'
    const same = sameValue(target.field.kind, old, incoming)
    if (same && !coded) continue
    const companions = companionsOf(targets)[i] ?? []
    const changed = companions.filter((c) => (coded ? (row[c] ?? null) !== null && row[c] !== record[c] : !same))
    if (same && changed.length === 0) continue
    if (!applies(target.merge, old, ages, target.field.name)) {
      merged.older ||= target.merge === 'if-newer'
      continue
    }
    if (target.merge === 'append' && incoming !== null && isTooLong(target, incoming)) merged.tooLong = i
    if (merged.values === record) merged.values = record.slice()
    if (!same) merged.values[i] = incoming
    for (const c of changed) merged.values[c] = row[c] ?? null
  }
  return merged
}

const knownCompanions = new WeakMap<readonly Target[], number[][]>()

/** Positions of each target's companions; worked out once for all rows. */
function companionsOf(targets: readonly Target[]): number[][] {
  let known = knownCompanions.get(targets)
  if (known === undefined) {
    known = targets.map((_, i) => targets.flatMap((companion, c) => (companion.companionOf === i ? [c] : [])))
    knownCompanions.set(targets, known)
  }
  return known
}

/** Whether a merge rule lets the incoming value take the place of the old one. Equal age is not newer. */
export function applies(rule: MergeRule, old: string | null, ages: Ages, name: string): boolean {
  switch (rule) {
    case 'always': case 'append': return true
    case 'never': return false
    case 'if-empty': return old === null
    case 'if-newer': return isLater(ages.row, ages.field(name))
  }
}

/** Checking looked at the row's own text; only what was appended to can grow beyond the field. In characters, as the field counts them. */
function isTooLong({ field }: Target, text: string): boolean {
  const limit = field.maxLength ?? defaultLongTextLength
  return field.kind === 'long-text' && text.length > limit && [...text].length > limit
}
