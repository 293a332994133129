import type { MergeRule } from '../definition/import.ts'
import { isSame } from '../fields/same-value.ts'
import type { Target } from '../map/mapping.ts'
import { append } from './append.ts'
import { isLater } from './later.ts'
import { admissionOf, mergeSteps, type Admission } from './merge-step.ts'

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
  for (const step of mergeSteps(targets)) {
    const { at } = step
    const old = record[at] ?? null
    const cell = defaulted?.has(at) ? null : row[at] ?? null
    if (cell === null && !(step.clears && !defaulted?.has(at))) continue
    const incoming = step.joins !== 'replace' && cell !== null && old !== null ? append(step.kind, old, cell) : cell
    const same = isSame(step.compares, old, incoming)
    if (same && !step.companionsAlone) continue
    const changed = step.companions.filter((c) => (step.companionsAlone ? (row[c] ?? null) !== null && row[c] !== record[c] : !same))
    if (same && changed.length === 0) continue
    if (!admits(step.admits, old, ages, step.name)) {
      merged.older ||= step.admits === 'older'
      continue
    }
    if (step.longest !== null && incoming !== null && isLonger(incoming, step.longest)) merged.tooLong = at
    if (merged.values === record) merged.values = record.slice()
    if (!same) merged.values[at] = incoming
    for (const c of changed) merged.values[c] = row[c] ?? null
  }
  return merged
}

/** Whether a merge rule lets the incoming value take the place of the old one. */
export function applies(rule: MergeRule, old: string | null, ages: Ages, name: string): boolean {
  return admits(admissionOf[rule], old, ages, name)
}

/** Equal age is not newer. */
function admits(admission: Admission, old: string | null, ages: Ages, name: string): boolean {
  switch (admission) {
    case 'any': return true
    case 'never': return false
    case 'empty': return old === null
    case 'older': return isLater(ages.row, ages.field(name))
  }
}

/** Checking looked at the row's own text; only what was appended to can grow beyond the field. In characters, as the field counts them. */
function isLonger(text: string, longest: number): boolean {
  return text.length > longest && [...text].length > longest
}
