import type { MergeRule } from '../definition/import.ts'
import { defaultLongTextLength } from '../fields/plain-text.ts'
import { comparisonOf, type Comparison } from '../fields/same-value.ts'
import type { FieldKind } from '../schema/field.ts'
import type { Target } from '../map/mapping.ts'

/** What the record's field has to be for a row's value to get in: anything, empty, or of older data; `never`: nothing gets in. */
export type Admission = 'any' | 'empty' | 'older' | 'never'

/** The merge rules as what they let in. `append` lets everything in and puts it beside what is there. */
export const admissionOf: Readonly<Record<MergeRule, Admission>> = { 'always': 'any', 'append': 'any', 'if-empty': 'empty', 'if-newer': 'older', 'never': 'never' }

/**
 * How one field of a row meets the same field of a record, settled once for all rows of an import. Whoever lays rows over records goes by
 * these steps: `merge` one row after the other, the store for many rows in one statement. Neither knows of a merge rule by itself.
 */
export interface MergeStep {
  /** Position of the target. */
  at: number
  name: string
  kind: FieldKind
  admits: Admission
  /** What becomes of two values: the row's, the union of both lists, or the record's text with the row's as a new last line. */
  joins: 'replace' | 'unite' | 'add-line'
  /** When two values are one. */
  compares: Comparison
  /** An empty cell empties the field. */
  clears: boolean
  /** In characters: a joined text may not grow beyond; null: it cannot. */
  longest: number | null
  /** Positions of the targets that change with this one. */
  companions: readonly number[]
  /** A companion also changes where the value stays, and stays where the row has none: the code of an amount. */
  companionsAlone: boolean
}

/** A target as far as merging goes: that of a running import, or the one that a job keeps. */
export type MergedTarget = Omit<Target, 'object' | 'reading'>

const known = new WeakMap<readonly MergedTarget[], readonly MergeStep[]>()

/** The steps of a mapping, in the order of its targets. A companion has none of its own, and neither has a field of another object or one that is not stored. */
export function mergeSteps(targets: readonly MergedTarget[]): readonly MergeStep[] {
  let steps = known.get(targets)
  if (steps === undefined) {
    steps = targets.flatMap((target, at) => (target.reference === null && target.companionOf === null && target.field.virtual === undefined ? [stepOf(targets, target, at)] : []))
    known.set(targets, steps)
  }
  return steps
}

function stepOf(targets: readonly MergedTarget[], { field, merge, blankClears }: MergedTarget, at: number): MergeStep {
  const joins = merge !== 'append' ? 'replace' : field.kind === 'long-text' ? 'add-line' : 'unite'
  return {
    at, name: field.name, kind: field.kind, admits: admissionOf[merge], joins, compares: comparisonOf(field.kind),
    clears: blankClears && !field.required, longest: joins === 'add-line' ? field.maxLength ?? defaultLongTextLength : null,
    companions: targets.flatMap((companion, c) => (companion.companionOf === at ? [c] : [])), companionsAlone: field.kind === 'currency',
  }
}
