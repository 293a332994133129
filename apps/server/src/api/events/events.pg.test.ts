import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { listenToEvents } from '../../testing/listen-to-events.ts'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../../testing/open-test-api.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let port = 0
beforeAll(async () => {
  api = await openTestApi('events')
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  const address = api.app.server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => api.close())

const listen = (who: Credentials, last?: string) => listenToEvents(port, who, last)

describe('the stream of events', () => {
  it('tells each change of my jobs, goes on after the last event, and tells nobody of jobs of others', async () => {
    const admin = await api.person('admin@example.com', 'admin')
    const member = await api.person('mia@example.com', 'member')
    const [all, own] = [listen(admin), listen(member)]
    await expect.poll(() => [all.status(), own.status()]).toEqual([200, 200])
    expect(all.headers()).toMatchObject({ 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    const { job } = await api.longshore.importText('Last Name\nKing\n', { object: 'contacts' })
    await expect.poll(() => all.told.at(-1)?.data, { timeout: 60_000 }).toMatchObject({ job, state: 'done' })
    const states = all.told.filter(({ event }) => event === 'job').map(({ data }) => data.state)
    expect(states.at(-1)).toBe('done')
    const ids = all.told.flatMap(({ id }) => id ?? []).map(Number)
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
    expect(own.told).toEqual([])
    all.close()

    // what happens while nobody listens is told to whoever comes back
    const last = all.told.findLast(({ id }) => id !== null)?.id ?? ''
    const later = await api.longshore.importText('Last Name\nLee\n', { object: 'contacts' })
    const again = listen(admin, last)
    await expect.poll(() => again.told.map(({ data }) => [data.job, data.state]), { timeout: 60_000 }).toContainEqual([later.job, 'done'])
    again.close()
    own.close()
  }, 240_000)

  it('after an id of a database that was restored since tells each job once', async () => {
    const admin = await api.person('ava@example.com', 'admin')
    const { job } = await api.longshore.importText('Last Name\nOnce\n', { object: 'contacts' })
    const all = listen(admin, '99999999')
    await expect.poll(() => all.told.map(({ data }) => data.job), { timeout: 60_000 }).toContain(job)
    const { job: next } = await api.longshore.importText('Last Name\nTwice\n', { object: 'contacts' })
    await expect.poll(() => all.told.findLast(({ data }) => data.job === next)?.data.state, { timeout: 60_000 }).toBe('done')
    expect(all.told.filter(({ data }) => data.job === job)).toHaveLength(1)
    all.close()
  }, 120_000)

  it('tells how far a job is that another process runs, and nobody of jobs of others', async () => {
    const [admin, member] = [await api.person('ada@example.com', 'admin'), await api.person('mo@example.com', 'member')]
    const { job } = await api.longshore.importText('Last Name\nFar\n', { object: 'contacts' }, { dryRun: true })
    const [all, own] = [listen(admin), listen(member)]
    await expect.poll(() => [all.status(), own.status()]).toEqual([200, 200])
    // as another process writes it with its heartbeat
    await api.longshore.rows(`UPDATE longshore.attempt SET ended_at = NULL, heartbeat_at = now() + interval '1 minute', progress = '{"state":"running","phase":"applying","done":5,"total":9}' WHERE job = $1`, [job])
    await expect.poll(() => all.told.find(({ event }) => event === 'progress')?.data, { timeout: 60_000 }).toEqual({ job, state: 'running', phase: 'applying', done: 5, total: 9 })
    expect(own.told).toEqual([])
    all.close()
    own.close()
  }, 120_000)

  it('is refused to nobody known, and after an id that it never gave', async () => {
    expect((await api.ask(null, 'GET', '/v1/events')).status).toBe(401)
    const member = await api.person('max@example.com', 'member')
    expect((await api.ask(member, 'GET', '/v1/events', { headers: { 'last-event-id': 'x' } })).json).toMatchObject({ code: 'request.cursor' })
  })
})
