import type { ColumnReading } from '../fields/column-reading.ts'
import type { Field } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'
import { referencePath } from '../schema/reference-path.ts'
import type { MergeRule, NewFieldKind, Transform } from '../definition/import.ts'

/**
 * One position of a staged row: a field that this import fills, from a column, a default, or (a companion) from its parent.
 * A job's targets and their order are fixed when it is made; staged cells, plans and changes count by them.
 */
export interface Target {
  /** `email`, `account.name`, `phone_source`. */
  path: string
  field: Field
  /** The object that has the field: the import's own, or the one reached through `reference`. */
  object: ObjectType
  /** The reference field that leads to `object`; null for the import's own object. */
  reference: Field | null
  /** Position of the column that feeds it, from 0; null for defaults, companions and parts of a virtual field. */
  column: number | null
  /** The column's header, for messages; null where there is no column. */
  header: string | null
  /** The full-name column of which this target takes a part where its own column brings nothing; null for others. */
  nameFrom: { column: number; header: string; part: 'first' | 'last'; transforms: Transform[] } | null
  transforms: Transform[]
  /** How the column's values are read, as far as a person or the values themselves have decided. */
  reading: ColumnReading
  /** Whether words such as N/A are taken for empty cells; absent: as is usual for the field. */
  nullWords?: boolean
  /** Other columns whose texts are joined to this one's. */
  combine?: { columns: number[]; separator: string }
  /** The part of the column's text that the target takes. */
  part?: TextPart
  /** The column counts only in rows whose cell at this position says that their reference leads to `object`. */
  onlyFor?: number
  /** Text for an empty cell, or null. */
  default: string | null
  blankClears: boolean
  merge: MergeRule
  /**
   * Position in `targets` of the target whose companion this is; null for others. A companion has no blank of its own: where its parent
   * has a value and the companion none, the parent's new value has no companion, so an old one goes (but the code of a currency stays).
   */
  companionOf: number | null
}

/** A part of a column's text: the one at `index` between separators, or of a place (city, state, postal code) where `by` is absent. */
export interface TextPart { by?: string; index: number; last: boolean }

/** The compiled mapping of one import. */
export interface Mapping {
  object: ObjectType
  targets: Target[]
  /** Columns that no target reads. */
  unmapped: UnmappedColumn[]
}

/** A column that no target reads, with what is known of why. */
export interface UnmappedColumn {
  /** From 0. */
  position: number
  header: string
  /** Values that were found in it, of a sample of at most `sampleSize`; absent where nobody looked. */
  values?: number
  /** The field that it most likely means, which was not sure enough to be used unasked. */
  suggested?: string
  /** A person, a saved mapping or an earlier choice leaves it out. */
  byHand?: true
}

/** The first target of each way over a reference that columns or defaults describe. By name: a mapping that was stored holds copies of its fields. */
export function firstOfEachReference(targets: readonly Target[]): Target[] {
  return targets.filter((target, i) => target.reference && targets.findIndex((one) => one.reference && referencePath(one) === referencePath(target)) === i)
}

/** How sure a proposal is, and what happens with it. */
export interface Proposal {
  /** Column position, from 0. */
  position: number
  header: string
  /** Best field path at or above "suggested", else null. */
  field: string | null
  /** 0 to 1. */
  confidence: number
  /** One plain sentence. */
  reason: string
  /** true: used without asking. */
  applied: boolean
  /** A column of places, "City, ST 12345": the fields that it could be cut into. */
  split?: { into: string[] }
  /** A second line of an address whose object has one: the column and field that it could be joined to. */
  join?: { field: string; position: number }
  /** The kind of field that a column without one could become, and why that kind. */
  newField?: { kind: NewFieldKind; reason: string }
}
