import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openLongshore } from '../context.ts'
import type { Longshore } from '../longshore.ts'
import { buildServer } from '../start.ts'
import { loopbackEgress } from '../testing/loopback-egress.ts'
import { openTestApi, testPassword } from '../testing/open-test-api.ts'
import type { TestApi } from '../testing/open-test-api.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

// What docs/operate.md says of a database that is brought back beside another secret than before.
let api: TestApi
let restored: Longshore | null = null
const received: { headers: IncomingHttpHeaders; body: string }[] = []
const ports: number[] = []
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', (piece: Buffer) => { body += piece.toString() }).on('end', () => { received.push({ headers: request.headers, body }); response.writeHead(204).end() })
})
beforeAll(async () => {
  await new Promise<void>((resolve) => { receiver.listen(0, '127.0.0.1', resolve) })
  ports.push((receiver.address() as AddressInfo).port)
  api = await openTestApi('another-secret', { egress: loopbackEgress(ports) })
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await restored?.close()
  await api.close()
  await new Promise((resolve) => { receiver.close(resolve) })
})

it('another secret ends all sessions, leaves API keys as they are, and webhooks are signed again once they have a new secret', async () => {
  const admin = await api.person('admin@example.com', 'admin')
  const { key } = (await api.ask(admin, 'POST', '/v1/keys', { body: { name: 'kept', password: testPassword } })).json as { key: string }
  const { secret: old } = (await api.ask(admin, 'POST', '/v1/webhook-secret')).json as { secret: string }
  expect((await api.ask(admin, 'GET', '/v1/me')).json['kind']).toBe('person')

  vi.stubEnv('LONGSHORE_SECRET', 'another secret of thirty-two characters')
  const longshore = await openLongshore({ dataDirectory: join(api.longshore.folder, 'data'), databaseUrl: api.longshore.database.databaseUrl, egress: loopbackEgress(ports) })
  restored = longshore
  const app = buildServer(longshore, { webFolder: '/nowhere' })
  const ask = async (headers: object, method: 'GET' | 'POST', url: string, payload?: object) => (await app.inject({ method, url, headers: { host: 'localhost:4000', origin: 'http://localhost:4000', ...headers }, ...(payload ? { payload } : {}) })).json<Record<string, unknown>>()
  const byKey = { authorization: `Bearer ${key}` }
  expect((await ask(admin, 'GET', '/v1/me'))['code']).toBe('access.signed-out')
  expect((await ask(byKey, 'GET', '/v1/me'))['kind']).toBe('key')

  const stop = new AbortController()
  const worker = longshore.work(stop.signal)
  try {
    const told = async (name: string) => {
      const { href } = await ask(byKey, 'POST', '/v1/bulk-import', { object_type: 'contacts', operation: 'insert', records: [{ last_name: name }], callback_url: `http://hooks.example.com:${ports[0] ?? 0}/done` })
      await expect.poll(async () => ((await ask(byKey, 'GET', String(href)))['webhook'] as { state: string }).state, { timeout: 20_000 }).not.toBe('waiting')
      return (await ask(byKey, 'GET', String(href)))['webhook']
    }
    expect(await told('Before')).toEqual({ state: 'given-up', attempts: 1, error: 'secret.unreadable' })
    const { secret } = await ask(byKey, 'POST', '/v1/webhook-secret') as { secret: string }
    expect(await told('After')).toEqual({ state: 'delivered', attempts: 1, error: null })
    expect(received.length).toBe(1)
    const [{ headers, body } = { headers: {}, body: '' }] = received
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({ type: 'bulk-import.finished' })
    expect(() => new Webhook(old).verify(body, headers as Record<string, string>)).toThrow('No matching signature')
  } finally {
    stop.abort()
    await worker
    await app.close()
  }
})
