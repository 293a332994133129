import { fixChangeSchema, fixesSchema, jobDetailsSchema, jobParams, newFixSchema } from '@longshore/contract'
import type { FixesAnswer } from '@longshore/contract'
import { z } from 'zod'
import { namedBy } from '../../actor.ts'
import type { FixRequest, ListedFix } from '../../longshore.ts'
import { presentJobDetails } from '../jobs/present-job.ts'
import { onJob, steerJob } from '../permission.ts'
import { route } from '../route.ts'

const fixParams = jobParams.extend({ fix: z.coerce.number().int().min(1) })
/** A paste of many cells. */
const largestFix = 16 * 1024 * 1024

export const fixRoutes = [
  route({
    method: 'GET', path: '/v1/jobs/:job/fixes', tag: 'rows', summary: 'Corrections of the job\'s rows, in the order in which they are carried out',
    permission: onJob, params: jobParams, answer: fixesSchema,
    call: ({ longshore, params }) => longshore.fixes.list(params.job),
    present: presentFixes,
  }),
  route({
    method: 'POST', path: '/v1/jobs/:job/fixes', tag: 'rows', summary: 'Correct rows of a job that has not begun', status: 201, bodyLimitBytes: largestFix,
    permission: steerJob, params: jobParams, body: newFixSchema, answer: fixChangeSchema,
    call: ({ longshore, params, body: { fix, rows }, actor }) => longshore.fixes.add(params.job, {
      fix, ...(rows === undefined ? {} : { rows: rows as NonNullable<FixRequest['rows']> }), ...namedBy(actor),
    }),
  }),
  route({
    method: 'POST', path: '/v1/jobs/:job/fixes/:fix/undo', tag: 'rows', summary: 'Take a correction back; the others stay',
    permission: steerJob, params: fixParams, answer: fixChangeSchema,
    call: ({ longshore, params }) => longshore.fixes.undo(params.job, params.fix),
  }),
  route({
    method: 'POST', path: '/v1/jobs/:job/fixes/:fix/redo', tag: 'rows', summary: 'Bring a correction that was taken back to its place again',
    permission: steerJob, params: fixParams, answer: fixChangeSchema,
    call: ({ longshore, params }) => longshore.fixes.redo(params.job, params.fix),
  }),
  route({
    method: 'POST', path: '/v1/jobs/:job/plan', tag: 'rows', summary: 'Plan a job again whose rows were corrected since; answers when the plan is complete',
    permission: steerJob, params: jobParams, answer: jobDetailsSchema,
    call: ({ longshore, params }) => longshore.plan(params.job, () => undefined),
    present: presentJobDetails,
  }),
]

function presentFixes(fixes: ListedFix[]): FixesAnswer {
  return { fixes: fixes.map(({ fix, ...rest }) => ({ ...rest, kind: fix.kind })) }
}
