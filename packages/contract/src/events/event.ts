import { jobStates } from '@longshore/core'
import { z } from 'zod'

/** How far a job is, in the stream of events. */
export const progressSchema = z.object({
  job: z.int(), state: z.enum(jobStates),
  /** In a word or three: `reading`, `planning`, `applying`. */
  phase: z.string(),
  done: z.int(),
  /** null: not known yet. */
  total: z.int().nullable(),
}).meta({ id: 'Progress' })

export type ProgressAnswer = z.output<typeof progressSchema>
