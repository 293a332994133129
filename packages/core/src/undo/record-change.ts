/** Values by field API name, as canonical text. Names come from metadata; look them up with `Object.hasOwn`. */
export type FieldTexts = Readonly<Record<string, string | null>>

/** One update in a record's history: only the fields that changed, before and after. `job` is null for an edit by hand. */
export interface RecordChange {
  job: number | null
  before: FieldTexts
  after: FieldTexts
}

/** Moments that follow the fields: they go back with them, and a difference in nothing else is no edit. */
export const followingMoments: readonly string[] = ['updated_at', 'as_of']
