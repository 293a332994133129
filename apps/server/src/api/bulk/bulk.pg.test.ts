import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loopbackEgress } from '../../testing/loopback-egress.ts'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../../testing/open-test-api.ts'
import { runParser } from '../../tasks/parser/run-parser.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: vi.fn<typeof runParser>((await import('../../testing/parser-in-process.ts')).runParserHere) }))

let api: TestApi
const ports: number[] = []
const received: { headers: IncomingHttpHeaders; body: string }[] = []
let status = 200
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', (piece: Buffer) => { body += piece.toString() }).on('end', () => {
    received.push({ headers: request.headers, body })
    response.writeHead(status, status === 302 ? { location: 'http://other.example.com/' } : {}).end()
  })
})
let admin: Credentials
beforeAll(async () => {
  await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve) })
  ports.push((receiver.address() as AddressInfo).port)
  api = await openTestApi('bulk', { egress: loopbackEgress(ports) })
  admin = await api.person('admin@example.com', 'admin')
})
afterAll(async () => {
  await api.close()
  await new Promise((resolve) => { receiver.close(resolve) })
})

const send = (body: Record<string, unknown>, headers: Record<string, string> = {}, who = admin) => api.ask(who, 'POST', '/v1/bulk-import', { body: { object_type: 'contacts', operation: 'upsert', match_field: 'email', ...body }, headers })
const person = (name: string, more: Record<string, unknown> = {}) => ({ last_name: name, email: `${name.toLowerCase()}@example.com`, ...more })
const settings = (patch: Record<string, unknown>) => api.ask(admin, 'PATCH', '/v1/settings', { body: patch })
const stored = (names: string[]) => api.longshore.rows<{ last_name: string; title: string | null }>('SELECT last_name, title FROM org.contacts WHERE last_name = ANY($1) AND deleted_at IS NULL ORDER BY last_name', [names])
async function working<T>(work: () => Promise<T>): Promise<T> {
  const stop = new AbortController()
  const worker = api.longshore.work(stop.signal)
  try { return await work() } finally {
    stop.abort()
    await worker
  }
}

describe('records in the body of a request', () => {
  it('are imported at once, each with what became of it', async () => {
    await send({ records: [person('Upton', { title: 'CEO' })] })
    const { status: code, json } = await send({ records: [person('Upton', { title: 'CTO' }), person('Vance', { account: { name: 'Initech' } }), { last_name: 'Bad', email: 'no address' }, person('Upton', { title: 'CTO' })], missing_reference: 'create' })
    expect([code, json['status'], json['finished'], json['next']]).toEqual([200, 'done', true, null])
    expect(json['counts']).toMatchObject({ updated: 1, created: 1, failed: 1, skipped: 1 })
    expect(json['records']).toMatchObject([
      { index: 0, outcome: 'updated', errors: [] }, { index: 1, outcome: 'created', id: expect.stringMatching(/^\d+$/) as string },
      { index: 2, outcome: 'failed', id: null, errors: [{ code: 'type.email', field: 'email', value: 'no address', message: expect.stringContaining('no address') as string }] },
      { index: 3, outcome: 'skipped', reason: expect.any(String) as string },
    ])
    expect(await stored(['Upton', 'Vance', 'Bad'])).toEqual([{ last_name: 'Upton', title: 'CTO' }, { last_name: 'Vance', title: null }])
    expect((await api.longshore.rows<{ name: string }>('SELECT a.name FROM org.contacts c JOIN org.accounts a ON a.id = c.account')).map(({ name }) => name)).toEqual(['Initech'])
  })

  it('are inserted, updated and deleted as the operation says', async () => {
    const counts = async (body: Record<string, unknown>) => (await send(body)).json['counts']
    expect(await counts({ operation: 'insert', match_field: 'email', records: [person('Ives'), person('Upton')] })).toMatchObject({ created: 1, skipped: 1 })
    expect(await counts({ operation: 'update', records: [person('Ives', { title: 'Lead' }), person('Nobody')] })).toMatchObject({ updated: 1, failed: 1 })
    expect(await counts({ operation: 'delete', records: [{ email: 'ives@example.com' }, { email: 'nobody@example.com' }] })).toMatchObject({ deleted: 1, failed: 1 })
    expect(await stored(['Ives'])).toEqual([])
  })

  it('keep their types: numbers, yes and no, lists, empty ones', async () => {
    const { json } = await send({ records: [person('Types', { tags: ['a', 'b'], email_opt_out: true, title: null })] })
    expect(json).toMatchObject({ counts: { created: 1 }, records: [{ errors: [] }] })
    expect(await api.longshore.rows(`SELECT tags, email_opt_out FROM org.contacts WHERE last_name = 'Types'`)).toEqual([{ tags: ['a', 'b'], email_opt_out: true }])
  })

  it('that are many make a job to ask for, whose records come in pages', async () => {
    const records = Array.from({ length: 1_500 }, (_, i) => person(`Many${i}`, i === 1_400 ? { email: 'x' } : {}))
    const { status: code, json } = await send({ records })
    expect([code, json['finished'], json['records']]).toEqual([202, false, []])
    const href = String(json['href'])
    await expect.poll(async () => (await api.ask(admin, 'GET', href)).json['finished'], { timeout: 30_000 }).toBe(true)
    const first = (await api.ask(admin, 'GET', `${href}?limit=1000`)).json as { next: string; records: { index: number }[] }
    const second = (await api.ask(admin, 'GET', `${href}?limit=1000&cursor=${first.next}`)).json as { next: null; records: { index: number }[] }
    expect([...first.records, ...second.records].map(({ index }) => index)).toEqual(records.map((_, i) => i))
    expect((await api.ask(admin, 'GET', `${href}?failed=true`)).json).toMatchObject({ counts: { created: 1_499, failed: 1 }, records: [{ index: 1_400, outcome: 'failed' }], next: null })
  })

  it('are checked without a process of their own, unless they are more than 4 MB or one of them is long', async () => {
    vi.mocked(runParser).mockClear()
    await send({ records: [person('Small')] })
    await api.ask(admin, 'POST', '/v1/objects/contacts/records', { body: { values: { last_name: 'Hand' } } })
    expect(vi.mocked(runParser)).not.toHaveBeenCalled()
    const { json } = await send({ records: Array.from({ length: 900 }, (_, i) => person(`Large${i}`, { description: 'x'.repeat(5_000) })) })
    expect(json['counts']).toMatchObject({ created: 900 })
    expect((await send({ records: [person('Short'), person('Long', { description: 'x'.repeat(17_000) })] })).json['counts']).toMatchObject({ created: 2 })
    expect(vi.mocked(runParser).mock.calls.map(([, { task }]) => task)).toEqual(['check', 'check'])
  })

  it.each([
    [{ records: [] }, 400, 'request.invalid', undefined], [{ records: [person('A')], operation: 'merge' }, 400, 'request.invalid', undefined],
    [{ records: [person('A'), {}] }, 400, 'bulk.empty-record', 'records[1]'], [{ records: [person('A', { shoe: 4 })] }, 400, 'unknown-field', 'records[].shoe'],
    [{ records: [person('A')], match_field: 'shoe' }, 400, 'unknown-field', 'match_field'], [{ records: [person('A')], match_field: undefined }, 400, 'match-missing', 'match_field'],
    [{ records: [person('A')], object_type: 'shoes' }, 404, 'object.unknown', undefined], [{ records: [{ a: { b: { c: { d: { e: { f: { g: { h: { i: { j: 1 } } } } } } } } } }] }, 400, 'bulk.too-deep', 'records[0].a.b.c.d.e.f.g.h.i'],
    [{ records: [person('A')], callback_url: 'http://hooks.example.com/' }, 400, 'webhook.no-secret', 'callback_url'],
  ] as const)('%j is refused with %i %s, and nothing is begun', async (body, code, problem, path) => {
    const before = (await api.longshore.jobs()).length
    const { status: found, json } = await send(body)
    expect([found, json['code'], json['path']]).toEqual([code, problem, path])
    expect((await api.longshore.jobs()).length).toBe(before)
  })

  it('are written once, however often the request comes under one key', async () => {
    const [first, again] = [await send({ records: [person('Once')] }, { 'idempotency-key': 'once' }), await send({ records: [person('Once')] }, { 'idempotency-key': 'once' })]
    expect([again.json['job_id'], again.json['records']]).toEqual([first.json['job_id'], first.json['records']])
    expect((await send({ records: [person('Twice')] }, { 'idempotency-key': 'once' })).json['code']).toBe('request.key-reused')
  })

  it('need the rights of an import, and of a deletion', async () => {
    const [member, reader] = [await api.person('member@example.com', 'member'), await api.person('reader@example.com', 'read-only')]
    expect((await send({ records: [person('Mine')] }, {}, member)).status).toBe(200)
    expect((await send({ operation: 'delete', records: [{ email: 'mine@example.com' }] }, {}, member)).json['code']).toBe('access.denied')
    expect((await send({ records: [person('Mine')] }, {}, reader)).json['code']).toBe('access.denied')
  })
})

describe('a tier', () => {
  it('allows so many records at once, and so many requests a minute', async () => {
    await settings({ tier: 'starter' })
    expect((await send({ records: Array.from({ length: 1_001 }, (_, i) => person(`T${i}`)) })).json).toMatchObject({ code: 'bulk.too-many', status: 413, path: 'records' })
    await api.longshore.rows('DELETE FROM longshore.rate')
    const codes = []
    for (let i = 0; i < 10; i += 1) codes.push((await send({ records: [{ email: 'x' }], match_field: undefined })).status) // refused, and counted
    const over = await send({ records: [person('Over')] })
    expect([codes, over.status, over.json['code']]).toEqual([Array.from({ length: 10 }, () => 400), 429, 'rate.exceeded'])
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(over.headers['retry-after'])).toBeLessThanOrEqual(60)
    expect(await stored(['Over'])).toEqual([])
    await settings({ tier: null })
  })
})

describe('a webhook at the end', () => {
  const hook = () => `http://hooks.example.com:${ports[0] ?? 0}/done?key=hidden`
  const due = () => api.longshore.rows(`UPDATE longshore.outbox SET next_at = now() WHERE sent_at IS NULL`)
  const arrived = async (count: number): Promise<void> => { await expect.poll(() => received.length, { timeout: 20_000 }).toBe(count) }

  let isOurs: (secret: string, headers: IncomingHttpHeaders, body: string) => boolean
  beforeAll(async () => {
    const [, block = ''] = /```js\n(.*?)```/s.exec(readFileSync(new URL('../../../../../docs/api.md', import.meta.url), 'utf8')) ?? []
    ;({ isOurs } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(`${block}\nexport { isOurs }`)}`) as { isOurs: typeof isOurs })
  })

  it('is signed as Standard Webhooks has it, tried again with the same id, and with both secrets while one is replaced', async () => {
    const { secret: old } = (await api.ask(admin, 'POST', '/v1/webhook-secret')).json as { secret: string }
    const { secret } = (await api.ask(admin, 'POST', '/v1/webhook-secret')).json as { secret: string }
    status = 500
    await working(async () => {
      const { json } = await send({ records: [person('Hook')], callback_url: hook() })
      await arrived(1)
      await expect.poll(async () => (await api.ask(admin, 'GET', String(json['href']))).json['webhook'], { timeout: 20_000 }).toEqual({ state: 'waiting', attempts: 1, error: 'http-500' })
      status = 302
      await due()
      await arrived(2)
      status = 204
      await due()
      await arrived(3)
      await expect.poll(async () => (await api.ask(admin, 'GET', String(json['href']))).json['webhook'], { timeout: 20_000 }).toEqual({ state: 'delivered', attempts: 3, error: null })
      for (const { headers, body } of received) {
        for (const one of [old, secret]) expect(isOurs(one, headers, body), 'by the code that docs/api.md gives').toBe(true)
        expect([isOurs(secret, headers, `${body} `), isOurs(`whsec_${Buffer.alloc(32).toString('base64')}`, headers, body), isOurs(secret, { ...headers, 'webhook-timestamp': '1' }, body)]).toEqual([false, false, false])
        for (const one of [old, secret]) expect(new Webhook(one).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'bulk-import.finished', data: { job_id: json['job_id'], status: 'done', counts: { created: 1 } } })
      }
      expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    })
    for (const table of ['longshore.job', 'longshore.webhook_secret', 'longshore.outbox', 'longshore.audit']) {
      const [row] = await api.longshore.rows<{ text: string }>(`SELECT string_agg(t::text, '') AS text FROM ${table} t`)
      expect(row?.text, table).not.toMatch(new RegExp(`hooks\\.example|${secret.slice(6, 30).replaceAll(/[+/]/g, '.')}`))
    }
  })

  it('is given up where the receiver wants no more of it', async () => {
    status = 410
    await working(async () => {
      const { json } = await send({ records: [person('Gone')], callback_url: hook() })
      await expect.poll(async () => (await api.ask(admin, 'GET', String(json['href']))).json['webhook'], { timeout: 20_000 }).toEqual({ state: 'given-up', attempts: 1, error: 'http-410' })
    })
  })

  it.each(['http://127.0.0.1.nip.example/', 'http://10.0.0.1/', 'http://[::1]/', 'http://user:pass@hooks.example.com/', 'http://hooks.example.com:1/'])('does not go to %s', async (url) => {
    const { status: code, json } = await send({ records: [person('Never')], callback_url: url })
    expect([code === 400 || code === 503, json['path']]).toEqual([true, 'callback_url'])
    expect(json['detail']).not.toMatch(/\bfiles?\b|fetched/)
    expect(await stored(['Never'])).toEqual([])
  })
})
