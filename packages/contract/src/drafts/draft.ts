import { importSteps, sourceFormats } from '@longshore/core'
import { z } from 'zod'
import { beginImportBody } from '../imports/import.ts'
import { jobParams } from '../jobs/job.ts'

const definition = z.looseObject({ object: z.string().min(1).max(80) })

/** The file, and as much of the definition document as is known. */
export const newDraftBody = beginImportBody.omit({ dryRun: true }).meta({ id: 'NewDraft' })

/** The whole definition as it is to be. `revision`: of the draft that the editor saw; where somebody else was faster, the answer is 409 and says what they changed. */
export const editDraftBody = z.strictObject({ revision: z.int().min(0), definition }).meta({ id: 'EditDraft' })

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
  samples: z.array(z.object({ row: z.int(), before: z.string().nullable(), after: z.array(z.object({ field: z.string(), value: z.string().nullable() })), issues: z.array(z.string()) })),
}).meta({ id: 'ColumnSamples' })

export type ColumnSamplesAnswer = z.output<typeof columnSamplesSchema>
export type DraftAnswer = z.output<typeof draftSchema>
export type DraftChangeAnswer = z.output<typeof draftChangeSchema>
