import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openTestApi } from '../testing/open-test-api.ts'
import type { TestApi } from '../testing/open-test-api.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
beforeAll(async () => { api = await openTestApi('limits') })
afterAll(() => api.close())
beforeEach(async () => { await set({ preset: 'none' }) })

const set = (body: Record<string, unknown>) => api.ask({}, 'PATCH', '/v1/settings', { body })
const send = async (name: string, content: string) => {
  const { statusCode, body } = await api.app.inject({ method: 'POST', url: `/v1/uploads?name=${name}`, payload: Buffer.from(content), headers: { host: 'localhost:4000', 'content-type': 'application/octet-stream' } })
  return { status: statusCode, json: JSON.parse(body) as Record<string, unknown> }
}
const begin = async (name: string, content: string, wish: Record<string, unknown> = {}) =>
  api.ask({}, 'POST', '/v1/imports', { body: { file: { upload: (await send(name, content)).json['id'], name }, definition: { object: 'contacts' }, dryRun: false, ...wish } })
const state = async (job: unknown) => (await api.longshore.job(Number(job))).state
const until = async (job: unknown, wanted: string): Promise<void> => { await expect.poll(() => state(job), { timeout: 30_000 }).toBe(wanted) }
const list = (name: string): string => `Last Name,E-mail\n${name},${name.toLowerCase()}@example.com\n`
const large = (bytes: number): string => `Last Name,Description\n${`King,${'x'.repeat(994)}\n`.repeat(bytes / 1_000)}`

describe('limits', () => {
  it('are none on a fresh install, and all of them by the preset', async () => {
    expect((await api.ask({}, 'GET', '/v1/settings')).json).toEqual({ country: 'US', currency: 'USD' })
    expect((await set({ preset: 'standard', maxImports: 5 })).json).toMatchObject({ maxCsvMb: 50, maxExcelMb: 50, maxJsonMb: 25, maxVcardMb: 10, maxRows: 100_000, maxMappings: 200, maxImports: 5, tier: 'professional' })
    expect((await set({ preset: 'none' })).json).toEqual({ country: 'US', currency: 'USD' })
    expect((await set({ maxRows: 0 })).json).toMatchObject({ code: 'settings.invalid', path: 'maxRows' })
  })

  it('of the size of a file go by its format', async () => {
    await set({ maxJsonMb: 1 })
    const [json, csv] = [await begin('big.json', JSON.stringify([{ 'Last Name': 'x'.repeat(2 ** 20) }])), await begin('big.csv', large(1_100_000), { dryRun: true })]
    expect([json.status, json.json['code'], json.json['detail']]).toEqual([413, 'limit.file-size', expect.stringContaining('allows 1 MB for json')])
    expect(csv.status).toBe(202)
    await until(csv.json['job'], 'planned')
    const draft = await api.ask({}, 'POST', '/v1/drafts', { body: { file: { upload: (await send('b.json', JSON.stringify([{ a: 'x'.repeat(2 ** 20) }]))).json['id'], name: 'b.json' }, definition: { object: 'contacts' } } })
    expect([draft.status, draft.json['code']]).toEqual([413, 'limit.file-size'])
  })

  it('of every format keep a file that is larger than all of them out while it is sent', async () => {
    await set({ maxCsvMb: 1, maxExcelMb: 1, maxJsonMb: 1, maxVcardMb: 1, maxParquetMb: 1 })
    const { status, json } = await send('huge.csv', large(1_100_000))
    expect([status, json['code']]).toEqual([413, 'limit.file-size'])
  })

  it('of rows end an import before anything is planned', async () => {
    await set({ maxRows: 2 })
    const [two, three] = [await begin('two.csv', 'Last Name\nA\nB\n'), await begin('three.csv', 'Last Name\nA\nB\nC\n')]
    await until(two.json['job'], 'done')
    await until(three.json['job'], 'failed')
    expect((await api.longshore.job(Number(three.json['job']))).error).toMatchObject({ code: 'limit.rows', message: expect.stringContaining('more rows than the 2') as string })
    expect((await api.longshore.rows('SELECT 1 FROM org.contacts')).length).toBe(2)
  })

  it('of columns refuse an import that maps more', async () => {
    await set({ maxMappings: 1 })
    const { status, json } = await begin('wide.csv', list('Wide'))
    expect([status, json['code'], json['detail']]).toEqual([400, 'limit.mappings', expect.stringContaining('2 columns')])
  })
})

describe('imports beyond those that may write at a time', () => {
  it('are queued with their place, go on by themselves, and those in the foreground wait', async () => {
    await set({ maxImports: 1 })
    // one that writes for as long as we like: its process is this one, and its heart does not stop
    const { job: busy } = await api.longshore.importText(list('Busy'), { object: 'contacts' }, { dryRun: true })
    await api.longshore.rows(`UPDATE longshore.job SET state = 'running' WHERE number = $1`, [busy])
    await api.longshore.rows(`UPDATE longshore.attempt SET ended_at = NULL, heartbeat_at = now() + interval '1 day' WHERE job = $1`, [busy])

    const first = await begin('first.csv', list('First'))
    await until(first.json['job'], 'queued')
    const second = await begin('second.csv', list('Second'))
    await until(second.json['job'], 'queued')
    const third = api.longshore.importText(list('Third'), { object: 'contacts' })
    await expect.poll(async () => (await api.longshore.jobs()).filter((job) => job.state === 'queued').map(({ queuePosition }) => queuePosition), { timeout: 30_000 }).toEqual([3, 2, 1])
    expect((await api.ask({}, 'GET', `/v1/jobs/${String(second.json['job'])}`)).json).toMatchObject({ state: 'queued', queuePosition: 2, startAt: null })
    expect(await api.longshore.rows(`SELECT 1 FROM org.contacts WHERE last_name IN ('First', 'Second', 'Third')`)).toEqual([])

    await api.longshore.rows(`UPDATE longshore.job SET state = 'cancelled', finished_at = now() WHERE number = $1`, [busy])
    expect((await third).state).toBe('done') // nobody else serves the queue: those ahead are run by whoever waits
    for (const { json } of [first, second]) await until(json['job'], 'done')
    const ended = await api.longshore.rows<{ name: string }>(`SELECT source_name AS name FROM longshore.job WHERE source_name IN ('first.csv', 'second.csv', 'list.csv') AND state = 'done' ORDER BY finished_at`)
    expect(ended.map(({ name }) => name)).toEqual(['first.csv', 'second.csv', 'list.csv'])
  })

  it('start at a given time where that is asked for, by a worker, or when somebody says so', async () => {
    const startAt = new Date(Date.now() + 3_600_000).toISOString()
    const later = await begin('later.csv', list('Later'), { startAt })
    await until(later.json['job'], 'queued')
    expect((await api.ask({}, 'GET', `/v1/jobs/${String(later.json['job'])}`)).json).toMatchObject({ startAt, queuePosition: null, figures: 'planned', counts: { created: 1 } })
    const { job: plan } = await api.longshore.importText(list('Planned'), { object: 'contacts' }, { dryRun: true })
    expect((await api.ask({}, 'POST', `/v1/jobs/${plan}/apply`, { body: { startAt } })).json).toMatchObject({ state: 'queued', startAt })
    expect((await api.ask({}, 'POST', `/v1/jobs/${plan}/apply`, { body: { startAt } })).json).toMatchObject({ code: 'job.state' })
    expect((await begin('past.csv', list('Past'), { startAt: '2020-01-01T00:00:00Z' })).json).toMatchObject({ code: 'start.moment', path: 'startAt' })
    expect((await begin('odd.csv', list('Odd'), { startAt: 'tomorrow' })).json).toMatchObject({ code: 'request.invalid' })

    expect((await api.ask({}, 'POST', `/v1/jobs/${String(later.json['job'])}/resume`, { body: {} })).status).toBe(202)
    await until(later.json['job'], 'done')
    const stop = new AbortController()
    const working = api.longshore.work(stop.signal)
    await api.longshore.rows('UPDATE longshore.job SET start_at = now() WHERE number = $1', [plan])
    await until(plan, 'done')
    stop.abort()
    await working
  })

  it('can be called off while they wait', async () => {
    const { json } = await begin('off.csv', list('Off'), { startAt: new Date(Date.now() + 3_600_000).toISOString() })
    await until(json['job'], 'queued')
    expect((await api.ask({}, 'POST', `/v1/jobs/${String(json['job'])}/cancel`, { body: {} })).json).toMatchObject({ state: 'cancelled', counts: { excluded: 1 } })
  })
})
