import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { askServer, freePort, sendToServer, sharedPlaces, startProgram, startServerProgram } from '../testing/crash/index.ts'
import type { Place, Places, Program } from '../testing/crash/index.ts'

// A server that runs no jobs, and a worker as a process of its own, on one database.
interface Seen { job: number; state: string; waiting?: boolean; counts: { created: number } }
let places: Places
let place: Place
let port = 0
let server: Program
const workers: Program[] = []

beforeAll(async () => {
  places = await sharedPlaces()
  place = await places.make()
  port = await freePort()
  server = await startServerProgram(place, port, ['--no-worker'])
}, 120_000)
afterAll(async () => {
  for (const program of [server, ...workers]) program.kill('SIGKILL')
  await Promise.all([server, ...workers].map(({ ended }) => ended))
  await place.remove()
  await places.close()
})

const ask = <Answer = Seen>(method: string, path: string, body?: unknown): Promise<Answer> => askServer<Answer>(port, method, path, body)
const seen = async (job: number): Promise<[string, boolean]> => { const { state, waiting = false } = await ask('GET', `/v1/jobs/${job}`); return [state, waiting] }
const becomes = async (job: number, state: string): Promise<void> => { await expect.poll(() => seen(job), { timeout: 60_000, interval: 100 }).toEqual([state, false]) }
const begin = async (name: string, dryRun: boolean): Promise<Seen> => ask('POST', '/v1/imports', { file: { upload: (await sendToServer(port, `Last Name,E-mail\n${name},${name}@example.com\n`)).id, name: 'list.csv' }, definition: { object: 'contacts', match: [['email']] }, dryRun })
const bulk = (records: unknown[]) => ask<{ job_id: number; status: string; records: { outcome: string }[] }>('POST', '/v1/bulk-import', { object_type: 'contacts', operation: 'insert', records })
const work = (): Program => { const worker = startProgram(place, ['worker']); workers.push(worker); return worker }

it('jobs wait, seen as waiting, until a worker runs; what a request waits for is done by the server', async () => {
  const small = await bulk([{ last_name: 'Small' }])
  expect([small.status, small.records[0]?.outcome]).toEqual(['done', 'created'])
  const dry = await begin('dry', true)
  const large = (await bulk(Array.from({ length: 1_001 }, (_, i) => ({ last_name: `L${i}` })))).job_id
  const undo = await ask('POST', `/v1/jobs/${small.job_id}/undo`, {})
  const first = await begin('first', false)
  await ask('POST', `/v1/jobs/${first.job}/pause`)
  expect([dry.state, dry.waiting, undo.state, undo.waiting]).toEqual(['checking', true, 'queued', true])
  await sleep(3_000) // longer than a worker leaves a job to whoever made it
  expect(await Promise.all([dry.job, large, undo.job, first.job].map(seen))).toEqual([['checking', true], ['checking', true], ['queued', true], ['paused', false]])
  const resumed = await ask('POST', `/v1/jobs/${first.job}/resume`)
  expect([resumed.state, resumed.waiting]).toEqual(['checking', true])

  const worker = work()
  await becomes(dry.job, 'planned')
  await becomes(large, 'done')
  await becomes(undo.job, 'done')
  await becomes(first.job, 'done')

  // a plan is carried out, tried, and begun later by the worker, too
  const tried = await begin('tried', true)
  await becomes(tried.job, 'planned')
  worker.kill('SIGTERM')
  await worker.ended
  const [applied, trial] = [await ask('POST', `/v1/jobs/${dry.job}/apply`, {}), await ask('POST', `/v1/jobs/${tried.job}/trial`, { rows: 1 })]
  expect([applied.waiting, trial.waiting, applied.counts.created]).toEqual([true, true, 1])
  const again = work()
  await becomes(dry.job, 'done')
  await becomes(trial.job, 'done')
  again.kill('SIGTERM')
  await again.ended

  expect(await place.look(`SELECT last_name FROM org_1.contacts WHERE deleted_at IS NULL AND last_name NOT LIKE 'L%' ORDER BY 1`)).toEqual([{ last_name: 'dry' }, { last_name: 'first' }, { last_name: 'tried' }])
  server.kill('SIGTERM')
  expect((await server.ended).stdout).toContain('No job runs here')
}, 240_000)
