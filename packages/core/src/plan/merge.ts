import type { MergeRule } from '../definition/import.ts'
import type { Target } from '../map/mapping.ts'
import { sameValue } from './same-value.ts'

/**
 * Lays a row over a record, field by field, and returns the values that the record then has; `record` itself when nothing changes.
 * An empty cell changes nothing unless its column says that blanks clear; a default is for new records only.
 * A companion follows its parent: it changes when the parent does. The code of a currency follows its amount, too, but an amount
 * without one says nothing of the currency: the old code stays, and another one changes it even where the number is the same.
 * Fields that a record must have are never cleared.
 */
export function merge(targets: readonly Target[], record: (string | null)[], row: readonly (string | null)[], defaulted: ReadonlySet<number> | null): (string | null)[] {
  let after = record
  for (const [i, target] of targets.entries()) {
    if (target.reference !== null || target.companionOf !== null) continue
    const old = record[i] ?? null
    const incoming = defaulted?.has(i) ? null : row[i] ?? null
    if (incoming === null && !(target.blankClears && !target.field.required && !defaulted?.has(i))) continue
    const coded = target.field.kind === 'currency'
    const same = sameValue(target.field.kind, old, incoming)
    if ((same && !coded) || !applies(target.merge, old)) continue
    const companions = targets.flatMap((companion, c) => (companion.companionOf === i ? [c] : []))
    const changed = companions.filter((c) => (coded ? (row[c] ?? null) !== null && row[c] !== record[c] : !same))
    if (same && changed.length === 0) continue
    if (after === record) after = record.slice()
    if (!same) after[i] = incoming
    for (const c of changed) after[c] = row[c] ?? null
  }
  return after
}

/** Whether a merge rule lets the incoming value take the place of the old one. */
export function applies(rule: MergeRule, old: string | null): boolean {
  if (rule === 'never') return false
  if (rule === 'if-empty') return old === null
  return true
}
