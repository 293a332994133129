import { applyBody, jobActionBody, jobDetailsSchema, jobParams, trialBody, undoBody, undoPreviewQuery, undoPreviewSchema } from '@longshore/contract'
import { onJob, steerJob } from '../permission.ts'
import { route } from '../route.ts'
import { presentJobDetails } from './present-job.ts'

const action = { tag: 'jobs', permission: steerJob, params: jobParams, answer: jobDetailsSchema, present: presentJobDetails } as const

/** What steers a job. Those that begin work answer once it has begun; the job says how it goes on. */
export const jobActionRoutes = [
  route({
    ...action, method: 'POST', path: '/v1/jobs/:job/apply', once: true, summary: 'Carry out the plan of a dry run, at once or at a given time', status: 202, body: applyBody,
    call: ({ longshore, params, body, once }) => longshore.started.apply(params.job, { ...body, request: once }),
  }),
  route({
    ...action, method: 'POST', path: '/v1/jobs/:job/trial', once: true, summary: 'Import the first rows of a planned dry run as a job of their own, which can be undone; the rest is left to the dry run', status: 202, body: trialBody,
    call: ({ longshore, params, body, once }) => longshore.started.trial(params.job, { rows: body.rows, request: once }),
  }),
  route({
    ...action, method: 'POST', path: '/v1/jobs/:job/resume', once: true, summary: 'Go on with a job that rests', status: 202, body: jobActionBody,
    call: ({ longshore, params, once }) => longshore.started.resume(params.job, { request: once }),
  }),
  route({
    ...action, method: 'POST', path: '/v1/jobs/:job/pause', summary: 'Let a job rest at the next edge of a chunk', body: jobActionBody,
    call: ({ longshore, params }) => longshore.pause(params.job),
  }),
  route({
    ...action, method: 'POST', path: '/v1/jobs/:job/cancel', summary: 'End a job; what it has written stays, and can be undone', body: jobActionBody,
    call: ({ longshore, params }) => longshore.cancel(params.job),
  }),
  route({
    method: 'GET', path: '/v1/jobs/:job/undo', tag: 'jobs', summary: 'What an undo of the job would do; nothing is changed',
    permission: onJob, params: jobParams, query: undoPreviewQuery, answer: undoPreviewSchema,
    call: ({ longshore, params, query }) => longshore.undoPreview(params.job, { everything: query.everything }),
  }),
  route({
    ...action, method: 'POST', path: '/v1/jobs/:job/undo', once: true, summary: 'Take the job back; answers with the job that does it', status: 202, body: undoBody,
    call: ({ longshore, params, body, once }) => longshore.started.undo(params.job, { everything: body.everything, request: once }),
  }),
]
