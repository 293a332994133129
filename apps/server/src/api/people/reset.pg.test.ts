import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loopbackEgress } from '../../testing/loopback-egress.ts'
import { cookieOf, openTestApi, testPassword } from '../../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../../testing/open-test-api.ts'

let api: TestApi
let ann: Credentials
const ports: number[] = []
const mails: string[] = []
const smtp = new SMTPServer({
  authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], logger: false,
  onData(stream, _session, done) {
    let text = ''
    stream.on('data', (piece: Buffer) => { text += piece.toString() }).on('end', () => {
      mails.push(text.replaceAll('=\r\n', ''))
      done()
    })
  },
})
beforeAll(async () => {
  await new Promise<void>((resolve) => { smtp.listen(0, '127.0.0.1', resolve) })
  ports.push((smtp.server.address() as AddressInfo).port)
  api = await openTestApi('reset', { egress: loopbackEgress(ports) })
  ann = await api.person('ann@example.com', 'admin')
})
afterAll(async () => {
  await api.close()
  await new Promise<void>((resolve) => { smtp.close(resolve) })
})

const signIn = (password: string) => api.ask(null, 'POST', '/v1/session', { body: { email: 'ann@example.com', password } })
const forgot = (email: string) => api.ask(null, 'POST', '/v1/password-reset', { body: { email } })
const reset = (secret: string, password: string) => api.ask(null, 'POST', '/v1/password-reset/accept', { body: { secret, password } })
async function sent(count: number): Promise<void> {
  const stop = new AbortController()
  const worker = api.longshore.work(stop.signal)
  try { await expect.poll(() => mails.length, { timeout: 20_000 }).toBe(count) } finally {
    stop.abort()
    await worker
  }
}

describe('sessions', () => {
  it('are listed to their own account and end one by one', async () => {
    const other = cookieOf(await signIn(testPassword))
    const { sessions } = (await api.ask(ann, 'GET', '/v1/me/sessions')).json as { sessions: { id: string; current: boolean }[] }
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true])
    const foreign = sessions.find(({ current }) => !current)?.id ?? ''
    const mia = await api.person('mia@example.com', 'member')
    expect((await api.ask(mia, 'DELETE', `/v1/me/sessions/${foreign}`)).status).toBe(404)
    expect((await api.ask(ann, 'DELETE', `/v1/me/sessions/${foreign}`)).status).toBe(204)
    expect([(await api.ask(other, 'GET', '/v1/me')).status, (await api.ask(ann, 'GET', '/v1/me')).status]).toEqual([401, 200])
  })
})

describe('a forgotten password', () => {
  it('is replaced by a link that is sent to the account, once; then every session is over', async () => {
    await api.ask(ann, 'PUT', '/v1/mail-server', { body: { host: 'mail.example.com', port: ports[0], secure: false, sender: 'crm@example.com' } })
    await api.longshore.door.servedAt('http://127.0.0.1:4321/')
    const [known, unknown] = [await forgot('Ann@example.com'), await forgot('nobody@example.com')]
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
    const [row] = await api.longshore.rows<{ text: string }>(`SELECT string_agg(o::text, '') AS text FROM longshore.outbox o`)
    expect(row?.text).not.toMatch(/ann@|password-reset#/i)
    await sent(1)
    expect(mails[0]).toContain('http://127.0.0.1:4321/password-reset#')
    const secret = /password-reset#([A-Za-z0-9_-]+)/.exec(mails[0] ?? '')?.[1] ?? ''
    expect((await reset(secret, 'short')).json['code']).toBe('password.weak')
    expect((await reset(secret, 'another long pass phrase')).status).toBe(204)
    expect((await reset(secret, 'a third long pass phrase')).json['code']).toBe('reset.unknown')
    expect([(await api.ask(ann, 'GET', '/v1/me')).status, (await signIn(testPassword)).status, (await signIn('another long pass phrase')).status]).toEqual([401, 401, 201])
  })

  it('has one link that is good, for an hour, and few are sent', async () => {
    await forgot('ann@example.com')
    await forgot('ann@example.com')
    await sent(3)
    const [old, last] = mails.slice(1).map((mail) => /password-reset#([A-Za-z0-9_-]+)/.exec(mail)?.[1] ?? '')
    expect((await reset(old ?? '', 'yet another pass phrase')).json['code']).toBe('reset.unknown')
    await api.longshore.rows(`UPDATE auth.verification SET "expiresAt" = now() - interval '1 second'`)
    expect((await reset(last ?? '', 'yet another pass phrase')).json['code']).toBe('reset.unknown')
    const over = await forgot('ann@example.com')
    expect([over.status, over.json['code']]).toEqual([429, 'rate.exceeded'])
  })
})
