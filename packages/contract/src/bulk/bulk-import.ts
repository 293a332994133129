import { jobStates, mostBulkRecords, outcomes } from '@longshore/core'
import { z } from 'zod'
import { countsSchema } from '../jobs/job.ts'

/** Records in the body of a request. Names are written as other systems write them in such requests. */
export const bulkImportBody = z.strictObject({
  object_type: z.string().min(1).max(80),
  operation: z.enum(['insert', 'update', 'upsert', 'delete']),
  /** Field by which existing records are found; several that must all agree are joined by +. An insert may do without. */
  match_field: z.string().min(1).max(400).optional(),
  /** What an insert does where a record is there already. */
  on_duplicate: z.enum(['skip', 'update', 'update-if-newer', 'create', 'flag']).optional(),
  missing_reference: z.enum(['error', 'create', 'blank']).optional(),
  /** By API name of the field; of a related record as account.name or {"account":{"name":…}}. What a record leaves out, or has as null, stays as it is. */
  records: z.array(z.record(z.string().min(1).max(400), z.unknown())).min(1).max(mostBulkRecords),
  /** Told by a signed webhook when all is done. */
  callback_url: z.url({ protocol: /^https?$/ }).max(2_000).optional(),
}).meta({ id: 'BulkImport' })

export const bulkImportParams = z.strictObject({ job: z.coerce.number().int().min(1).max(268_435_455) })
export const bulkImportQuery = z.strictObject({
  /** `next` of the page before. */
  cursor: z.string().regex(/^\d{1,9}$/, 'is none that a page gave as "next"').optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
  /** Only records that failed. */
  failed: z.stringbool().default(false),
})

export const bulkRecordSchema = z.object({
  /** Place in the request, from 0. */
  index: z.int(),
  outcome: z.enum(outcomes),
  /** The record that it made, changed or met; null: none. */
  id: z.string().nullable(),
  /** Why it was not written as asked; null: it was. */
  reason: z.string().nullable(),
  errors: z.array(z.object({ code: z.string(), field: z.string().nullable(), message: z.string(), value: z.string().nullable() })),
}).meta({ id: 'BulkRecord' })

export const bulkImportSchema = z.object({
  job_id: z.int(),
  status: z.enum(jobStates),
  /** It goes on by itself; ask again, or wait for the webhook. */
  finished: z.boolean(),
  /** Place among imports that wait; null: it does not wait. */
  queue_position: z.int().nullable(),
  object_type: z.string(),
  operation: z.string(),
  counts: countsSchema,
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** Once it has finished: what became of the records, a page of them. */
  records: z.array(bulkRecordSchema),
  /** Cursor of the next page; null: there is none. */
  next: z.string().nullable(),
  /** Where it is asked for. */
  href: z.string(),
  webhook: z.object({ state: z.enum(['waiting', 'delivered', 'given-up']), attempts: z.int(), error: z.string().nullable() }).nullable(),
}).meta({ id: 'BulkImportStatus' })

/** `secret`: shown this once; the one before signs for another day. */
export const webhookSecretSchema = z.object({ secret: z.string() }).meta({ id: 'WebhookSecret' })

export type BulkImport = z.output<typeof bulkImportBody>
export type BulkImportStatus = z.output<typeof bulkImportSchema>
