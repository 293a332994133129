import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { jobDetailsSchema, jobPageSchema, jobParams, nothingBody, pageQuery, undoBody, undoPreviewSchema, undoQuery } from '@longshore/contract'
import { Fault } from '@longshore/core'
import { z } from 'zod'
import { attachment } from '../../page/result-file.ts'
import { downloadPolicy } from '../../page/security.ts'
import { onJob, signedIn, steerJob } from '../permission.ts'
import { rawRoute, route } from '../route.ts'
import { presentJob, presentJobDetails } from './present-job.ts'

export const jobRoutes = [
  route({
    method: 'GET', path: '/v1/jobs', tag: 'jobs', summary: 'Jobs that the one who asks may see, newest first',
    permission: signedIn, query: z.strictObject(pageQuery), answer: jobPageSchema,
    call: ({ longshore, query }) => longshore.jobPage(query),
    present: ({ items, next }) => ({ items: items.map(presentJob), next }),
  }),
  route({
    method: 'GET', path: '/v1/jobs/:job', tag: 'jobs', summary: 'One job: counts, issues, preview, files',
    permission: onJob, params: jobParams, answer: jobDetailsSchema,
    call: ({ longshore, params }) => longshore.job(params.job),
    present: presentJobDetails,
  }),
  rawRoute({
    method: 'GET', path: '/v1/jobs/:job/artifacts/:name', tag: 'jobs', summary: 'A file that the job wrote', gives: 'The bytes of the file, as a download',
    permission: onJob, params: jobParams.extend({ name: z.string().min(1).max(255) }),
    async serve({ longshore, params }, reply) {
      // the name is compared with those that the job lists: no address leads anywhere else
      const path = (await longshore.job(params.job)).artifacts.find((file) => file.name === params.name)?.id
      const found = path === undefined ? null : await stat(path).catch(() => null)
      if (path === undefined || !found?.isFile()) throw new Fault('file.missing', `Job ${params.job} has no file "${params.name}", or its time is over. GET /v1/jobs/${params.job} lists those that there are.`)
      reply.headers({ 'content-security-policy': downloadPolicy, 'content-disposition': attachment(path), 'content-length': found.size }).type('application/octet-stream')
      return reply.send(createReadStream(path, { end: Math.max(0, found.size - 1) }))
    },
  }),
  ...(['apply', 'resume'] as const).map((what) => route({
    method: 'POST', path: `/v1/jobs/:job/${what}`, tag: 'jobs', summary: what === 'apply' ? 'Carry out the plan of a dry run; answers at once' : 'Go on with a job that rests or was cut off; answers at once', status: 202,
    permission: steerJob, params: jobParams, body: nothingBody, answer: jobDetailsSchema,
    call: ({ longshore, params }) => longshore.start(params.job, what), present: presentJobDetails,
  })),
  ...(['pause', 'cancel'] as const).map((what) => route({
    method: 'POST', path: `/v1/jobs/:job/${what}`, tag: 'jobs', summary: what === 'pause' ? 'Stop a job at the next safe place; it can be resumed' : 'Stop a job for good; what it has not applied is excluded',
    permission: steerJob, params: jobParams, body: nothingBody, answer: jobDetailsSchema,
    call: ({ longshore, params }) => longshore[what](params.job), present: presentJobDetails,
  })),
  route({
    method: 'GET', path: '/v1/jobs/:job/undo', tag: 'jobs', summary: 'What an undo of the job would do now; writes nothing',
    permission: onJob, params: jobParams, query: undoQuery, answer: undoPreviewSchema,
    call: ({ longshore, params, query }) => longshore.undoPreview(params.job, query),
  }),
  route({
    method: 'POST', path: '/v1/jobs/:job/undo', tag: 'jobs', summary: 'Take a job back: a job of its own; answers at once', status: 202,
    permission: steerJob, params: jobParams, body: undoBody, answer: jobDetailsSchema,
    call: ({ longshore, params, body, once }) => longshore.beginUndo(params.job, { ...body, request: once }), present: presentJobDetails,
  }),
]
