import { z } from 'zod'

/** One thing that is off about a request. */
export const requestErrorSchema = z.object({
  /** Where: `body.records[3].email`, `query.limit`. */
  path: z.string(),
  /** What was found and what is expected. */
  message: z.string(),
})

/** Every answer that is no success (RFC 9457, `application/problem+json`). */
export const problemSchema = z.object({
  /** `urn:longshore:problem:` and the code. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** What happened, where, what was found, what to do. */
  detail: z.string(),
  /** The fault's code, as docs/issues.md lists it. */
  code: z.string(),
  /** Where in a definition document the fault lies. */
  path: z.string().optional(),
  /** Everything that is off about the request, not only the first. */
  errors: z.array(requestErrorSchema).optional(),
  /** Id of the request, for whoever looks into the log. */
  request: z.string(),
}).meta({ id: 'Problem' })

export type Problem = z.output<typeof problemSchema>
export type RequestError = z.output<typeof requestErrorSchema>
