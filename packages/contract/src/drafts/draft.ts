import { importSteps, sourceFormats } from '@longshore/core'
import { z } from 'zod'
import { beginImportBody, definitionDocument } from '../imports/import.ts'
import { jobParams } from '../jobs/job.ts'

/** The file, and as much of the definition document as is known. */
export const newDraftBody = beginImportBody.omit({ dryRun: true }).meta({ id: 'NewDraft' })

/** The whole definition as it is to be. `revision`: of the draft that the editor saw; where somebody else was faster, the answer is 409 and says what they changed. */
export const editDraftBody = z.strictObject({ revision: z.int().min(0), definition: definitionDocument }).meta({ id: 'EditDraft' })

export const draftSchema = z.object({
  job: z.int(),
  /** Raised by each edit. */
  revision: z.int(),
  /** The definition document; after the first check every column stands in it. */
  definition: z.unknown(),
  /** What the file is called. */
  source: z.string(),
  format: z.enum(sourceFormats),
  columns: z.array(z.string()),
  /** Its rows are checked as the definition has it; the plan is made. */
  checked: z.boolean(),
  planned: z.boolean(),
  /** Why the last check could not go on. */
  error: z.object({ code: z.string(), message: z.string(), path: z.string().optional() }).nullable(),
  edits: z.array(z.object({ revision: z.int(), by: z.string().nullable(), at: z.string(), changed: z.array(z.string()) })),
}).meta({ id: 'Draft' })

/** `changed`: settings that are others now; `again`: the steps that are to be gone through again. */
export const draftChangeSchema = z.object({ revision: z.int(), changed: z.array(z.string()), again: z.array(z.enum(importSteps)) }).meta({ id: 'DraftChange' })

export const columnSamplesParams = jobParams.extend({ column: z.coerce.number().int().min(1) })
/** What the check makes of some cells of a column: the first ones, an empty one, the longest, one that fails. */
export const columnSamplesSchema = z.object({
  /** Rows of the file's beginning that were checked, and in how many of them the column has an error. */
  looked: z.int(), failing: z.int(),
  /** How these rows are read, and why, where that is not plain: the order of dates, the decimal sign, the country of phone numbers. */
  reading: z.array(z.string()),
  /** Why the check of the file will stop at this column until somebody says how it is read; null: these rows give no reason to. Values that can be read in one way alone are read so here. */
  open: z.string().nullable(),
  samples: z.array(z.object({ row: z.int(), before: z.string().nullable(), after: z.array(z.object({ field: z.string(), value: z.string().nullable() })), issues: z.array(z.string()) })),
}).meta({ id: 'ColumnSamples' })

/** Criteria in the order in which they are tried, as the command line takes them: `email,first_name+last_name`. Absent: those of the draft. */
export const draftMatchesQuery = z.strictObject({
  match: z.string().max(2000).transform((text) => text.split(',').map((criterion) => criterion.split('+').map((field) => field.trim())))
    .refine((criteria) => criteria.every((fields) => !fields.includes('')), 'is no list of criteria such as email,first_name+last_name').optional(),
})

/**
 * What rows meet before anything is written. `failing` + `none` + `one` + `several` = `looked`; the first criterion that finds a record decides.
 * What becomes of rows that repeat each other is for the plan.
 */
export const draftMatchesSchema = z.object({
  /** Only the file's first `looked` rows were looked at (say "about"); false: all that it has, or that nobody left out of the check. */
  sample: z.boolean(),
  looked: z.int(), failing: z.int(), none: z.int(), one: z.int(), several: z.int(),
  /** Of `none`: a record in the bin has the key. With `restoreBinned` such a row meets that one, and counts among `one`. */
  binned: z.int(),
  /** An earlier row of the file has one of their keys; whatever they meet. */
  repeated: z.int(),
  /** Of `none`: the row fills none of the criteria. */
  withoutKey: z.int(),
  /** Each criterion by itself. `known`: false where its keys are not kept yet and there are too many records to read: what it finds is missing above, too. */
  criteria: z.array(z.object({ criterion: z.string(), known: z.boolean(), filled: z.int(), one: z.int(), several: z.int() })),
  /** First those that meet several. `records`: the first three ids. */
  examples: z.array(z.object({ row: z.int(), criterion: z.string(), records: z.array(z.string()) })),
  /** What rows refer to that is not there, by the reference: so many different records, of so many rows. */
  references: z.array(z.object({ path: z.string(), object: z.string(), missing: z.int(), rows: z.int() })),
}).meta({ id: 'DraftMatches' })

export type DraftMatchesAnswer = z.output<typeof draftMatchesSchema>
export type ColumnSamplesAnswer = z.output<typeof columnSamplesSchema>
export type DraftAnswer = z.output<typeof draftSchema>
export type DraftChangeAnswer = z.output<typeof draftChangeSchema>
