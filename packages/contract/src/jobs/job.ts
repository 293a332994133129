import { jobStates, outcomes } from '@longshore/core'
import { z } from 'zod'
import { pageOf } from '../paging/paging.ts'

/** A job's number in an address. */
export const jobParams = z.strictObject({ job: z.coerce.number().int().min(1).max(268_435_455) })

export const countsSchema = z.object(Object.fromEntries(outcomes.map((outcome) => [outcome, z.int()])) as Record<(typeof outcomes)[number], z.ZodInt>).meta({ id: 'Counts' })

export const issueGroupSchema = z.object({
  code: z.string(),
  severity: z.string(),
  column: z.string().nullable(),
  count: z.int(),
  /** Message of the first one. */
  example: z.string(),
  /** Row number of the first one. */
  row: z.int().optional(),
}).meta({ id: 'IssueGroup' })

/** A file that the job wrote. */
export const artifactSchema = z.object({
  id: z.string(),
  name: z.string(),
  format: z.string(),
  kind: z.enum(['results', 'errors', 'backup']),
  sizeBytes: z.int(),
  /** Where it is downloaded. */
  href: z.string(),
}).meta({ id: 'Artifact' })

/** A job as lists show it. */
export const jobSchema = z.object({
  job: z.int(),
  kind: z.enum(['import', 'undo', 'edit']),
  state: z.enum(jobStates),
  /** It says that it is read or written, and its process is gone: it waits to be resumed. */
  interrupted: z.boolean(),
  /** True: no worker has taken it up yet, and the server that answers runs no jobs. */
  waiting: z.boolean().optional(),
  object: z.string(),
  operation: z.string(),
  source: z.string().nullable(),
  /** Size of the source as it was taken in. */
  sourceBytes: z.int().nullable(),
  dryRun: z.boolean(),
  rows: z.int(),
  counts: countsSchema,
  /** What the counts are: what will become of rows, what became of some of them so far, or of all. */
  figures: z.enum(['planned', 'so-far', 'results']),
  replanned: z.int(),
  warnings: z.int(),
  /** Records made for references, by object. */
  related: z.record(z.string(), z.int()),
  seconds: z.number(),
  rowsPerSecond: z.int(),
  /** Member id of who started it; null: the operator. */
  startedBy: z.int().nullable(),
  startedByName: z.string().nullable(),
  /** A queued job that waits for a time begins then. */
  startAt: z.string().nullable(),
  /** Of a queued import that waits for others to end: its place, from 1. */
  queuePosition: z.int().nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Name of the saved mapping that said what the columns mean. */
  savedMapping: z.string().nullable(),
  /** The job that this one undoes. */
  undoes: z.int().nullable(),
  undoneBy: z.int().nullable(),
  /** The planned import whose first rows this one tries. */
  trialOf: z.int().nullable(),
  /** Why the job failed, when it did. */
  error: z.object({ code: z.string(), message: z.string(), path: z.string().optional() }).nullable(),
}).meta({ id: 'Job' })

const value = z.string().nullable()
/** `name`: what people call the record. Of a field that links to a record from and to are ids, with the names of both beside them. */
const diff = z.object({ row: z.int(), record: z.string(), name: value, fields: z.record(z.string(), z.object({ from: value, to: value, fromName: value.optional(), toName: value.optional() })) })

/** One job with what takes a look at its rows. */
export const jobDetailsSchema = jobSchema.extend({
  definition: z.unknown(),
  artifacts: z.array(artifactSchema),
  phases: z.record(z.string(), z.number()),
  /** Columns that go nowhere: `values` were found in a sample of at most a thousand (null: nobody looked), `suggested` is the field that each most likely means. */
  leftOut: z.array(z.object({ header: z.string(), position: z.int(), values: z.int().nullable(), suggested: value, byHand: z.boolean() })),
  readingWarnings: z.array(z.string()),
  unknownValues: z.array(z.object({ column: z.string(), field: z.string(), value: z.string(), count: z.int(), nearest: value })),
  issues: z.array(issueGroupSchema),
  /** Of an undo: how many records it left as they were. */
  kept: z.int().nullable(),
  restored: z.int().nullable(),
  /** Imports of the same object by others that are under way: what they change may meet what this one does. */
  colleagues: z.array(z.object({ job: z.int(), state: z.string(), by: z.string(), since: z.string() })),
  /** Trials of its first rows, newest first. The rows of those that are done or cancelled and not undone are left out (`excluded`), but for rows that failed in them; of those that are undone, `kept` rows are, whose records the undo kept. While one is `open`, by itself or by an undo that has not ended, the job can neither be planned nor begun. */
  trials: z.array(z.object({ job: z.int(), state: z.enum(jobStates), rows: z.int(), kept: z.int(), open: z.object({ job: z.int(), state: z.enum(jobStates) }).nullable() })),
  /** Why rows are skipped, and how many for each reason: of a plan those that will be. Empty where their rows are no longer kept. */
  skippedFor: z.record(z.string(), z.int()),
  /** Existing records that rows refer to and that the job changes or has changed, by object. */
  relatedChanged: z.record(z.string(), z.int()),
  preview: z.object({
    firstRows: z.array(z.object({ row: z.int(), outcome: z.string(), record: value, values: z.record(z.string(), value) })),
    diffs: z.array(diff),
    relatedDiffs: z.array(diff.extend({ object: z.string() })),
  }).nullable(),
}).meta({ id: 'JobDetails' })

export const jobPageSchema = pageOf('JobPage', jobSchema)

export type JobAnswer = z.output<typeof jobSchema>
export type JobDetails = z.output<typeof jobDetailsSchema>
