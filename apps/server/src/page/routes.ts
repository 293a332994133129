import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Fault } from '@longshore/core'
import type { JobSummary, Longshore } from '../longshore.ts'
import { healthOf } from './health.ts'
import { html } from './html.ts'
import { jobPage } from './job-page.ts'
import { jobsPage } from './jobs-page.ts'
import { layout } from './layout.ts'
import { attachment, jobOfFileId, pathOfFileId } from './result-file.ts'
import { downloadPolicy } from './security.ts'

const htmlType = 'text/html; charset=utf-8'

/** The plain page: jobs, one job, downloads of result files, and health. Reads only; nothing here changes anything. */
export function registerPage(app: FastifyInstance, longshore: Longshore, version: string): void {
  const notFound = (reply: FastifyReply, words: string) =>
    reply.code(404).type(htmlType).send(layout('Not found', html`<p>${words} <a href="/">All jobs</a></p>`, version))

  app.get('/', async (_request, reply) => reply.type(htmlType).send(jobsPage(await longshore.jobs(), version)))

  app.get<{ Params: { job: string } }>('/jobs/:job', async ({ params }, reply) => {
    const job = /^[1-9]\d{0,8}$/.test(params.job) ? await jobOrNull(longshore, Number(params.job)) : null
    if (!job) return notFound(reply, 'There is no such job.')
    return reply.type(htmlType).send(jobPage(job, version))
  })

  app.get<{ Params: { id: string } }>('/files/:id', async ({ params }, reply) => {
    const number = jobOfFileId(params.id)
    const job = number === null ? null : await jobOrNull(longshore, number)
    const path = job && pathOfFileId(job, params.id)
    const found = path && await stat(path).catch(() => null)
    if (!path || !found || !found.isFile()) return notFound(reply, 'There is no such file. It may have been moved, or its time is over.')
    reply.headers({ 'content-security-policy': downloadPolicy, 'content-disposition': attachment(path), 'content-length': found.size })
    return reply.type('application/octet-stream').send(createReadStream(path, { end: Math.max(0, found.size - 1) }))
  })

  app.get('/health', async (_request, reply) => {
    const health = await healthOf(longshore, version)
    return reply.code(health.status === 'ok' ? 200 : 503).send(health)
  })

  app.setNotFoundHandler((_request, reply) => notFound(reply, 'There is nothing at this address.'))
  app.setErrorHandler((error, _request, reply) => {
    const given = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
    const status = error instanceof Fault ? 503 : given >= 400 && given < 500 ? given : 500
    const words = error instanceof Fault ? error.message : status < 500 ? 'This request cannot be answered.' : 'Longshore made a mistake of its own. Try again.'
    return reply.code(status).type(htmlType).send(layout('Not now', html`<p>${words}</p>`, version))
  })
}

/** A job that does not exist is refused by a Fault; here it is an ordinary answer. */
async function jobOrNull(longshore: Longshore, job: number): Promise<JobSummary | null> {
  try {
    return await longshore.job(job)
  } catch (error) {
    if (error instanceof Fault && error.remedy === 'refuse') return null
    throw error
  }
}
