import type { Field } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'

/** Which records of one object leave, and what of them. Plain data: it names things of the catalog, never of the database. */
export interface Selection {
  object: ObjectType
  /** In the order in which they are written. */
  columns: SelectedPath[]
  /** All of them must hold. Records in the bin are left out in any case. */
  filter: Condition[]
  /** Only records that the plan of this job changes or deletes. */
  plannedBy?: number
}

/** A value that is shown or asked for: the record's own, or one of a record that it refers to (one level). */
export interface SelectedPath {
  /** `email`, `account.name`, `id`: the header of the column. */
  path: string
  /** The reference that the path goes through, or null for the record's own value. */
  reference: Field | null
  /** The object that has the value. */
  object: ObjectType
  value: SelectedValue
}

export type SelectedValue =
  | { kind: 'field'; field: Field }
  /** The record's id. */
  | { kind: 'id' }
  /** API name of the object that a reference to one of several objects points to. */
  | { kind: 'target-object' }
  /** Of a reference to one of several objects: the field by which an import finds the record that it leads to. */
  | { kind: 'key'; keys: { object: string; field: Field }[] }
  /** What a record is looked for by, as one text, a value a line: `* contains ada`. Of filters alone. */
  | { kind: 'found-by'; values: SelectedPath[] }

export interface Condition {
  value: SelectedPath
  test: Test
  /** The record is wanted where the test does not hold: also where there is no value. */
  negated: boolean
}

/** Values are canonical texts of the field's kind. Texts are compared without regard to letter case unless `exact`. */
export type Test =
  | { kind: 'equals'; values: string[]; exact: boolean }
  | { kind: 'order'; operator: '<' | '<=' | '>' | '>='; value: string; exact: boolean }
  /** Instants in one of the spans; `before` is exclusive, null: exactly the instant `from`. */
  | { kind: 'spans'; spans: { from: string; before: string | null }[] }
  | { kind: 'starts-with'; text: string; exact: boolean }
  /** Any of the texts is in it: of a telephone the number as it was written, and as such numbers are kept. */
  | { kind: 'contains'; texts: string[]; exact: boolean }
  /** A list that has at least one of the values. */
  | { kind: 'has-any'; values: string[] }
  /** A list of exactly these values, in any order. */
  | { kind: 'same-list'; values: string[] }
  | { kind: 'empty' }
