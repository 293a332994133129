import { hostname } from 'node:os'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { setFailpoints, sumOf } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
let job = 0
/** Seconds that the attempt which was cut off had worked by its last beat. */
const worked = 50

/** A job that was stopped after some rows and then is made to look as `kill -9` leaves one: running, its attempt not ended, its process gone. */
beforeAll(async () => {
  longshore = await openTestLongshore('interrupted')
  Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '2', LONGSHORE_APPLY_CONNECTIONS: '1' })
  const list = `Last Name,E-mail\n${Array.from({ length: 20 }, (_, i) => `P${i},p${i}@example.com\n`).join('')}`
  const planned = await longshore.importText(list, { object: 'contacts', match: [['email']] }, { dryRun: true })
  const stopping = new AbortController()
  const paused = await longshore.apply(planned.job, ({ phase, done }) => { if (phase === 'applying' && done >= 4) stopping.abort() }, stopping.signal)
  if (paused.state !== 'paused') throw new Error(`the job was to be stopped half-way, and is ${paused.state}`)
  job = paused.job
  await longshore.rows(`UPDATE longshore.job SET state = 'running', counts = $2 WHERE number = $1`, [job, JSON.stringify(planned.counts)])
  await longshore.rows(`UPDATE longshore.attempt SET ended_at = NULL, host = $2, pid = 999999999, started_at = heartbeat_at - make_interval(secs => $3) WHERE job = $1 AND attempt = (SELECT max(attempt) FROM longshore.attempt WHERE job = $1)`, [job, hostname(), worked])
})
afterAll(async () => {
  delete process.env['LONGSHORE_CHUNK_ROWS']
  delete process.env['LONGSHORE_APPLY_CONNECTIONS']
  await longshore.close()
})

it('a job whose process was killed is interrupted, and its figures are the rows that were written, by itself and in the list', async () => {
  const written = Number((await longshore.rows<{ n: string }>('SELECT count(*) AS n FROM org.contacts'))[0]?.n)
  expect(written).toBeGreaterThan(0)
  expect(written).toBeLessThan(20)
  for (const told of [await longshore.job(job), (await longshore.jobs()).find((one) => one.job === job)]) {
    expect(told).toMatchObject({ state: 'running', interrupted: true, figures: 'so-far', rows: 20, counts: { created: written }, rowsPerSecond: 0 })
    expect(told && sumOf(told.counts)).toBe(written)
  }
})

it('who carries out or resumes a job that another process runs is told which one does', async () => {
  const last = `job = $1 AND attempt = (SELECT max(attempt) FROM longshore.attempt WHERE job = $1)`
  await longshore.rows(`UPDATE longshore.attempt SET pid = $2, heartbeat_at = clock_timestamp() + interval '1 hour', started_at = clock_timestamp() WHERE ${last}`, [job, process.pid])
  const busy = { code: 'job.busy', message: expect.stringContaining(`Job ${job} is being run by process ${process.pid} on ${hostname()}`) as string }
  await expect(longshore.apply(job, () => undefined)).rejects.toMatchObject(busy)
  await expect(longshore.started.apply(job)).rejects.toMatchObject(busy)
  await expect(longshore.resume(job, () => undefined)).rejects.toMatchObject(busy)
  await longshore.rows(`UPDATE longshore.attempt SET pid = 999999999, heartbeat_at = clock_timestamp(), started_at = clock_timestamp() - make_interval(secs => $2) WHERE ${last}`, [job, worked])
  await expect(longshore.apply(job, () => undefined)).rejects.toMatchObject({ code: 'job.state', message: expect.stringContaining(`To go on with it: longshore resume ${job}`) as string })
})

it('once resumed, the time that it took is that of all attempts, also of the one that was cut off', async () => {
  const before = (await longshore.job(job)).seconds
  const done = await longshore.resume(job, () => undefined)
  expect(done).toMatchObject({ state: 'done', interrupted: false, figures: 'results', rows: 20, counts: { created: 20 } })
  expect(done.seconds - before).toBeGreaterThanOrEqual(worked) // what was set above, not what a clock measured
})

it.each([
  ['has laid it to rest', 2, (number: number) => longshore.pause(number)],
  ['has only wished for it', 1, (number: number) => longshore.rows(`UPDATE longshore.job SET wanted = 'pause' WHERE number = $1`, [number])],
] as const)('a job that is begun once somebody who pauses it %s is paused, and goes on when it is resumed', async (_, attempts, pause) => {
  const { id } = await longshore.uploads.take('few.csv', (async function* () { yield Buffer.from('Last Name\nWren\n') })())
  setFailpoints(async (name) => {
    if (name !== 'import.after-create') return
    setFailpoints(null)
    await pause((await longshore.jobs())[0]?.job ?? 0)
  })
  const { job: begun } = await longshore.begin({ file: { upload: id, name: 'few.csv' }, definition: { object: 'contacts' }, dryRun: false })
  await expect.poll(() => longshore.rows('SELECT 1 FROM longshore.attempt WHERE job = $1 AND ended_at IS NOT NULL', [begun]), { timeout: 20_000 }).toHaveLength(attempts)
  expect((await longshore.job(begun)).state).toBe('paused')
  expect(await longshore.resume(begun, () => undefined)).toMatchObject({ state: 'done', counts: { created: 1 } })
})
