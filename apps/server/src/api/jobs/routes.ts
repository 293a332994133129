import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { jobDetailsSchema, jobPageSchema, jobParams, pageQuery } from '@longshore/contract'
import { Fault } from '@longshore/core'
import { z } from 'zod'
import { attachment } from '../../page/result-file.ts'
import { downloadPolicy } from '../../page/security.ts'
import { onJob, signedIn } from '../permission.ts'
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
]
