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
  /** How many of the issues are errors whatever becomes of the row. More than 0: the row fails. Those marked `onCreate` are not counted here. */
  errors: number
  /** How many of the issues are errors only when the row creates a record (`onCreate`). More than 0: the row may update, never create. */
  createErrors: number
  /** Positions of cells that were empty in the file and hold the import's default: for new records only. Absent: none. */
  defaulted?: number[]
}

/** How a value is compared: names of the functions in `match/normal-form.ts`. They are stored with jobs: never rename one. */
export const normalFormNames = ['email', 'text', 'phone', 'domain', 'url', 'number', 'exact', 'record-id'] as const
export type NormalForm = (typeof normalFormNames)[number]

/**
 * A match key that rows of this import carry: those in force for the object, those that `match` names,
 * and one for each reference that a column of `<reference>.…` can find.
 */
export interface RowKey {
  /** `email`, `first_name+last_name`; for references the target object's reference key (`name`). */
  criterion: string
  /** Rule id of the criterion in the object it belongs to; 0 when the rule is not in force; `recordIdRule`: the key is the record's own number. */
  rule: number
  /** The reference that this key looks through, as paths name it: `account`, `related_to.contacts`; null for keys of the import's own object. */
  reference: string | null
  /** The object whose records the key finds. */
  object: string
  /** Target positions whose values make the key, in the criterion's order. */
  targets: number[]
  /** For each of `targets`, the form in which its values are compared. */
  forms: NormalForm[]
}
