import type { Field } from './field.ts'
import type { ValidationRule } from './rule.ts'

/** One stage of a pipeline. A stage belongs to exactly one pipeline. */
export interface Stage {
  name: string
  /** 0 to 100. */
  probability?: number
  closed?: boolean
  won?: boolean
}

export interface Pipeline {
  name: string
  /** The pipeline of rows that name none. */
  default?: boolean
  stages: Stage[]
}

/** A match key that is in force for an object: its fields, joined by `+` in `criterion` names. */
export interface MatchKeyRule {
  /** `email`, `external_id`, `first_name+last_name+account`: field API names joined by `+`. Unique in the object. */
  criterion: string
  /** Stable number of the rule in the organization; stored with each key. 1 to 32 767. */
  id: number
  /** Version of the catalog that switched the key on, while records of before may lack it; absent: every record has its key. */
  since?: number
  /** An import switched it on by matching by a new criterion: it goes again when no import has used it for long. */
  passing?: true
}

/** Keys that an object has at most: each is a column and an index, and part of the cost of every record. */
export const mostMatchKeys = 16

/** One kind of record: metadata over one typed table. */
export interface ObjectType {
  /** Plural API name: `contacts`. */
  name: string
  /** Singular API name, accepted wherever an object is named: `contact`. */
  singular: string
  label: string
  pluralLabel: string
  custom?: boolean
  fields: Field[]
  /** Field that names a record to people and to references: `name`; people use `full_name`. */
  nameField: string
  /** Keys kept for every record of this object. */
  matchKeys: MatchKeyRule[]
  /** Criterion by which `<reference>.<field>` columns find this object's records: `name` for accounts. */
  referenceKey?: string
  /** deals: a `stage` field takes its options from the row's pipeline. */
  pipelines?: Pipeline[]
  /** The organization's own rules over its records. */
  rules?: ValidationRule[]
}
