import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { buildServer } from '../../start.ts'
import { openTestLongshore } from '../../testing/open-test-longshore.ts'
import type { TestLongshore } from '../../testing/open-test-longshore.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
let app: FastifyInstance
beforeAll(async () => {
  longshore = await openTestLongshore('api-job-actions')
  app = buildServer(longshore, { webFolder: '/nowhere' })
})
afterAll(async () => { await app.close(); await longshore.close() })

const ask = async (method: 'GET' | 'POST', url: string, payload?: Record<string, unknown>) => {
  const { statusCode, body } = await app.inject({ method, url, ...(payload ? { payload } : {}), headers: { host: 'localhost:4000' } })
  return { status: statusCode, body: JSON.parse(body) as Record<string, unknown> }
}
const rests = async (job: number, state: string): Promise<void> => { await expect.poll(async () => (await longshore.job(job)).state, { timeout: 30_000 }).toBe(state) }

it('carries out a plan, shows what its undo would do, and takes it back', async () => {
  const { job } = await longshore.importText('Last Name,E-mail\nKing,ada@example.com\nHopper,grace@example.com\n', { object: 'contacts' }, { dryRun: true })
  expect((await ask('POST', `/v1/jobs/${job}/apply`, {})).status).toBe(202)
  await rests(job, 'done')
  expect((await longshore.rows<{ n: string }>('SELECT count(*) AS n FROM org.contacts'))[0]?.n).toBe('2')

  const preview = await ask('GET', `/v1/jobs/${job}/undo`)
  expect(preview).toMatchObject({ status: 200, body: { binned: 2, restored: 0, keptCount: 0 } })
  const undo = await ask('POST', `/v1/jobs/${job}/undo`, {})
  expect([undo.status, undo.body['undoes']]).toEqual([202, job])
  await rests(job, 'undone')
  expect(await longshore.rows('SELECT 1 FROM org.contacts WHERE deleted_at IS NULL')).toEqual([])
})

it('calls what an undo keeps by name, edited records apart from those that others refer to', async () => {
  const { job } = await longshore.importText('First Name,Last Name,Company\nAda,King,Engines\n', { object: 'contacts', missingReference: 'create' })
  const [ada] = await longshore.rows<{ id: string }>('SELECT id::text FROM org.contacts WHERE deleted_at IS NULL')
  await longshore.editRecord({ object: 'contacts', record: ada?.id ?? '', values: { title: 'Countess' } })
  const { body } = await ask('GET', `/v1/jobs/${job}/undo`)
  expect(body).toMatchObject({ binned: 0, keptFor: { 'edited-since': 1, 'referred-to-since': 1 }, kept: [
    { object: 'accounts', name: 'Engines', fields: [], reason: 'referred-to-since' }, { object: 'contacts', name: 'Ada King', fields: ['title'], reason: 'edited-since' }] })
})

it('refuses, in words, what the job is not ready for', async () => {
  const { job } = await longshore.importText('Last Name\nLovelace\n', { object: 'contacts' })
  for (const action of ['apply', 'resume', 'pause', 'cancel']) {
    const { status, body } = await ask('POST', `/v1/jobs/${job}/${action}`, {})
    expect([action, status, body['code']]).toEqual([action, 409, 'job.state'])
  }
  expect((await ask('POST', '/v1/jobs/999/apply', {})).status).toBe(404)
})
