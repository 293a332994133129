import { z } from 'zod'
import { startAtSchema } from '../jobs/job-action.ts'

/** The definition document, as far as a route looks into it: what is off about the rest is told by its place in the document. The OpenAPI document has the whole of it. */
export const definitionDocument = z.looseObject({ object: z.string().min(1).max(80) })

/** What an import is made of: a file that was sent, or one at an address, and the definition document. */
export const beginImportBody = z.strictObject({
  file: z.union([z.strictObject({ upload: z.string().min(1).max(120), name: z.string().min(1).max(255) }), z.strictObject({ url: z.string().min(1).max(4000) })]),
  definition: definitionDocument,
  /** Check and plan only: nothing is written until the job is applied. */
  dryRun: z.boolean().default(true),
  /** Checked and planned now, carried out not before. */
  startAt: startAtSchema.optional(),
})
export type BeginImport = z.input<typeof beginImportBody>
