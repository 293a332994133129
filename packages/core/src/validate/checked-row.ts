import type { Issue } from '../issues/issue.ts'

/** A row after map, transform and validate: what staging keeps of it. */
export interface CheckedRow {
  row: number
  /** By target position: canonical text where good, source text where an error was found, null where empty. */
  cells: (string | null)[]
  /**
   * By key position (`KeyPlan.keys`): the hash of the normal form, or null where the row has no such key.
   * A row with errors has no keys: it can match nothing and nothing can match it.
   */
  keys: (bigint | null)[]
  issues: Issue[]
  /** How many of the issues are errors. More than 0: the row fails. */
  errors: number
}

/**
 * A match key that rows of this import carry: those in force for the object, those that `match` names,
 * and one for each reference that a column of `<reference>.…` can find.
 */
export interface RowKey {
  /** `email`, `first_name+last_name`; for references the target object's reference key (`name`). */
  criterion: string
  /** Rule id of the criterion in the object it belongs to; 0 when the rule is not in force. */
  rule: number
  /** The reference field this key looks through; null for keys of the import's own object. */
  reference: string | null
  /** The object whose records the key finds. */
  object: string
  /** Target positions whose values make the key, in the criterion's order. */
  targets: number[]
}
