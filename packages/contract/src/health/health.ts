import { z } from 'zod'

export const healthSchema = z.object({
  status: z.enum(['ok', 'unavailable']),
  /** `PostgreSQL 18.4`, or `away`. */
  database: z.string(),
  version: z.string(),
}).meta({ id: 'Health' })

export type Health = z.output<typeof healthSchema>
