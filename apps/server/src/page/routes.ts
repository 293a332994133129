import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { FastifyContextConfig, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault } from '@longshore/core'
import { refuseEarly, withRight } from '../api/permission.ts'
import type { Permission } from '../api/permission.ts'
import { signedOut, type ApiGround } from '../api/register-routes.ts'
import type { JobSummary, Longshore } from '../longshore.ts'
import { html } from './html.ts'
import { jobPage } from './job-page.ts'
import { jobsPage } from './jobs-page.ts'
import { layout } from './layout.ts'
import { attachment, jobOfFileId, pathOfFileId } from './result-file.ts'
import { downloadPolicy } from './security.ts'

const htmlType = 'text/html; charset=utf-8'

/** Everything on the page is read in full by whoever may see it. */
const config: FastifyContextConfig = { permission: withRight('all-jobs') }

/** The plain page, where no web app is built: jobs, one job, downloads of result files. Reads only; nothing here changes anything. */
export function registerPage(app: FastifyInstance, { longshore: operator, identify, version }: ApiGround): void {
  const seenBy = async (request: FastifyRequest): Promise<Longshore> => {
    const actor = (await identify(request))?.actor
    if (!actor) throw signedOut()
    refuseEarly(withRight('all-jobs') as Permission<never>, actor)
    return operator.as(actor)
  }
  const notFound = (reply: FastifyReply, words: string) =>
    reply.code(404).type(htmlType).send(layout('Not found', html`<p>${words} <a href="/">All jobs</a></p>`, version))

  app.get('/', { config }, async (request, reply) => reply.type(htmlType).send(jobsPage(await (await seenBy(request)).jobs(), version)))

  app.get<{ Params: { job: string } }>('/jobs/:job', { config }, async (request, reply) => {
    const { params } = request
    const longshore = await seenBy(request)
    const job = /^[1-9]\d{0,8}$/.test(params.job) ? await jobOrNull(longshore, Number(params.job)) : null
    if (!job) return notFound(reply, 'There is no such job.')
    return reply.type(htmlType).send(jobPage(job, version))
  })

  app.get<{ Params: { id: string } }>('/files/:id', { config }, async (request, reply) => {
    const { params } = request
    const longshore = await seenBy(request)
    const number = jobOfFileId(params.id)
    const job = number === null ? null : await jobOrNull(longshore, number)
    const path = job && pathOfFileId(job, params.id)
    const found = path && await stat(path).catch(() => null)
    if (!path || !found || !found.isFile()) return notFound(reply, 'There is no such file. It may have been moved, or its time is over.')
    reply.headers({ 'content-security-policy': downloadPolicy, 'content-disposition': attachment(path), 'content-length': found.size })
    return reply.type('application/octet-stream').send(createReadStream(path, { end: Math.max(0, found.size - 1) }))
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
