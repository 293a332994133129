import { z } from 'zod'

/** Most actions take nothing; a body keeps other sites' forms out. */
export const jobActionBody = z.strictObject({})

/** A moment with its zone, such as 2030-01-31T06:00:00Z or …+01:00. */
export const startAtSchema = z.iso.datetime({ offset: true, error: 'is no moment with its zone, such as 2030-01-31T06:00:00Z' })
export const applyBody = z.strictObject({
  /** Not before; the job waits in the queue until then. Absent: as soon as it may. */
  startAt: startAtSchema.optional(),
})

/** The first rows that were neither tried nor left out. */
export const trialBody = z.strictObject({ rows: z.int().min(1).max(10_000).default(100) })

export const undoPreviewQuery = z.strictObject({
  /** Also take back what was edited since. */
  everything: z.stringbool().default(false),
})
export const undoBody = z.strictObject({ everything: z.boolean().default(false) })

export const undoPreviewSchema = z.object({
  job: z.int(), object: z.string(),
  /** Records that go to the bin, whose fields go back, and that come back. */
  binned: z.int(), restored: z.int(), revived: z.int(),
  /** The same of records made for references, by object. */
  related: z.record(z.string(), z.int()),
  /** What stays as it is, and why; the first 1,000. `name`: what people call it; null where it has none, or is out of sight. */
  kept: z.array(z.object({ object: z.string(), record: z.string(), name: z.string().nullable(), row: z.int().nullable(), fields: z.array(z.string()), reason: z.string() })),
  keptCount: z.int(),
  /** How many stay for each reason. */
  keptFor: z.record(z.string(), z.int()),
}).meta({ id: 'UndoPreview' })

export type UndoPreviewAnswer = z.output<typeof undoPreviewSchema>
