import { bulkImportBody, bulkImportParams, bulkImportQuery, bulkImportSchema, webhookSecretSchema } from '@longshore/contract'
import type { BulkImport, BulkImportStatus } from '@longshore/contract'
import type { BulkPage, BulkRequest } from '../../tasks/bulk/bulk-work.ts'
import type { JobSummary, Longshore } from '../../longshore.ts'
import { onJob, withRight } from '../permission.ts'
import type { Permission } from '../permission.ts'
import { route } from '../route.ts'

/** 10,000 records of 3 kB. */
const largestBody = 32 * 1024 * 1024
/** Records of the first answer. */
const firstPage = 1_000

const importsThem: Permission<{ body: BulkImport }> = { kind: 'object', right: 'import', of: ({ body }) => body.object_type }

export const bulkRoutes = [
  route({
    method: 'POST', path: '/v1/bulk-import', tag: 'imports', once: true, summary: 'Import the records of the request: up to 1,000 are answered at once, more are a job to ask for', statusOf: (answer) => (answer.finished ? 200 : 202),
    permission: importsThem, body: bulkImportBody, bodyLimitBytes: largestBody, answer: bulkImportSchema,
    call: async ({ longshore, body, once }) => answerOf(longshore, await longshore.bulk.begin(requestOf(body), once), { limit: firstPage, failed: false }),
  }),
  route({
    method: 'GET', path: '/v1/bulk-import/:job', tag: 'imports', summary: 'How a bulk import stands, and what became of its records', permission: onJob, params: bulkImportParams, query: bulkImportQuery, answer: bulkImportSchema,
    call: ({ longshore, params, query }) => answerOf(longshore, params.job, query),
  }),
  route({
    method: 'POST', path: '/v1/webhook-secret', tag: 'imports', summary: 'Make the secret that webhooks are signed with; the answer has it, this once, and the one before signs for another day', status: 201, permission: withRight('settings'), answer: webhookSecretSchema,
    call: async ({ longshore }) => ({ secret: await longshore.bulk.newSecret() }),
  }),
]

function requestOf({ object_type: object, operation, match_field: matchField, on_duplicate: onDuplicate, missing_reference: missingReference, records, callback_url: callbackUrl }: BulkImport): BulkRequest {
  return { object, operation, matchField, onDuplicate, missingReference, records, callbackUrl }
}

async function answerOf(longshore: Longshore, number: number, options: Parameters<Longshore['bulk']['page']>[1]): Promise<BulkImportStatus> {
  const page = await longshore.bulk.page(number, options)
  return presentBulk(await longshore.job(number), page)
}

function presentBulk({ job, state, object, operation, counts, error, queuePosition }: JobSummary, { records, next, webhook }: BulkPage): BulkImportStatus {
  return {
    job_id: job, status: state, finished: ['done', 'cancelled', 'failed', 'undoing', 'undone'].includes(state), queue_position: queuePosition, object_type: object, operation, counts, error,
    records: records.map(({ record, ...rest }) => ({ ...rest, id: record })), next, href: `/v1/bulk-import/${job}`, webhook,
  }
}
