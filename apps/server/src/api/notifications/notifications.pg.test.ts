import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { loopbackEgress } from '../../testing/loopback-egress.ts'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../../testing/open-test-api.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let admin: Credentials
let mia: Credentials
const ports: number[] = []
const mails: { to: string[]; text: string; user: string | undefined }[] = []
let answer: Error | null = null
const smtp = new SMTPServer({
  authOptional: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true, logger: false,
  onAuth: ({ username, password }, _session, done) => (password === 'smtp-password-of-the-test' ? done(null, { user: username ?? '' }) : done(new Error('no'))),
  onData(stream, session, done) {
    let text = ''
    stream.on('data', (piece: Buffer) => { text += piece.toString() })
    stream.on('end', () => {
      if (answer === null) mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text, user: typeof session.user === 'string' ? session.user : undefined })
      done(answer)
    })
  },
})
beforeAll(async () => {
  await new Promise<void>((resolve) => { smtp.listen(0, '127.0.0.1', resolve) })
  ports.push((smtp.server.address() as AddressInfo).port)
  api = await openTestApi('notifications', { egress: loopbackEgress(ports) })
  admin = await api.person('admin@example.com', 'admin')
  mia = await api.person('mia@example.com', 'member')
})
afterAll(async () => {
  await api.close()
  await new Promise<void>((resolve) => { smtp.close(resolve) })
})

const server = (more: Record<string, unknown> = {}) => ({ host: 'mail.example.com', port: ports[0], secure: false, sender: 'Longshore <crm@example.com>', ...more })
const put = (body: Record<string, unknown>) => api.ask(admin, 'PUT', '/v1/mail-server', { body })
/** An import by a member, through its end. */
async function imported(who: Credentials, content: string, definition: Record<string, unknown> = { object: 'contacts' }): Promise<number> {
  const sent = await api.app.inject({ method: 'POST', url: '/v1/uploads?name=secret-name.csv', payload: Buffer.from(content), headers: { host: 'localhost:4000', origin: 'http://localhost:4000', 'content-type': 'application/octet-stream', ...who } })
  const { json } = await api.ask(who, 'POST', '/v1/imports', { body: { file: { upload: (JSON.parse(sent.body) as { id: string }).id, name: 'secret-name.csv' }, definition, dryRun: false } })
  await expect.poll(async () => (await api.longshore.job(Number(json['job']))).state, { timeout: 30_000 }).toMatch(/done|failed/)
  return Number(json['job'])
}
const large = (count: number): string => `Last Name\n${Array.from({ length: count }, (_, i) => `Person${i}`).join('\n')}\n`
const told = async (who: Credentials) => (await api.ask(who, 'GET', '/v1/notifications')).json as { items: { id: string; kind: string; read: boolean; text: string; job: { job: number } }[]; unread: number }
async function served(until: () => Promise<void>): Promise<void> {
  const stop = new AbortController()
  const worker = api.longshore.work(stop.signal)
  try { await until() } finally {
    stop.abort()
    await worker
  }
}

describe('the mail server of an organization', () => {
  it('keeps its password encrypted and shows it to nobody', async () => {
    expect((await api.ask(admin, 'GET', '/v1/mail-server')).json).toEqual({ server: null })
    expect((await put(server({ username: 'longshore', password: 'smtp-password-of-the-test' }))).json).toMatchObject({ host: 'mail.example.com', username: 'longshore', hasPassword: true })
    expect((await api.ask(admin, 'GET', '/v1/mail-server')).text).not.toContain('smtp-password')
    const [row] = await api.longshore.rows<{ text: string }>(`SELECT (SELECT string_agg(m::text, '') FROM longshore.mail_server m) || (SELECT string_agg(a::text, '') FROM longshore.audit a) AS text`)
    expect(row?.text).not.toContain('smtp-password')
    expect((await put(server({ username: 'longshore', sender: 'crm@example.com' }))).json).toMatchObject({ hasPassword: true })
    // a password goes to no other server than it was given for
    expect((await put(server({ host: 'other.example.com', username: 'longshore' }))).json).toMatchObject({ code: 'mail.password', path: 'password' })
    expect((await api.ask(mia, 'PUT', '/v1/mail-server', { body: server() })).json['code']).toBe('access.denied')
  })

  it('is reached by the rules of all that leaves, encrypted where there is a password, and says what is wrong', async () => {
    const tried = async (body: Record<string, unknown>) => {
      await put(body)
      return (await api.ask(admin, 'POST', '/v1/mail-server/try')).json
    }
    expect(await tried(server({ username: 'longshore', password: 'smtp-password-of-the-test' }))).toMatchObject({ code: 'mail.refused' }) // this one offers no TLS, so the password stays here
    expect(await tried(server({ username: null, password: null }))).toEqual({ to: 'admin@example.com' })
    expect(mails.at(-1)).toMatchObject({ to: ['admin@example.com'], user: undefined })
    expect(await tried(server({ host: '10.0.0.1', password: null }))).toMatchObject({ code: 'mail.refused' })
    expect(await tried(server({ host: 'nowhere.invalid', password: null }))).toMatchObject({ code: 'mail.unreachable' })
    expect(await tried(server({ port: 22, password: null }))).toMatchObject({ code: 'mail.refused' })
  })

  it.each(['a@example.com\r\nBcc: b@example.com', 'x <a@example.com>, b@example.com', 'nobody', '<a@example.com', 'a@exam ple.com', 'a\u0000@example.com'])('does not take the sender %j', async (sender) => {
    expect((await put(server({ sender }))).json['code']).toBe('request.invalid')
  })
})

describe('whoever started a job', () => {
  it('is told of a large one that is done, and of one that failed; of a small one not', async () => {
    await imported(mia, large(3))
    expect(await told(mia)).toEqual({ items: [], next: null, unread: 0 })
    const done = await imported(mia, large(1_000))
    await api.ask(admin, 'PATCH', '/v1/settings', { body: { maxRows: 2 } })
    const failed = await imported(mia, large(3))
    await api.ask(admin, 'PATCH', '/v1/settings', { body: { maxRows: null } })
    const { items, unread } = await told(mia)
    expect(unread).toBe(2)
    expect(items).toMatchObject([{ kind: 'failed', job: { job: failed }, text: `The import of contacts (job ${failed}) could not go on (limit.rows). Its page says what to do.` },
      { kind: 'finished', job: { job: done }, text: `The import of contacts (job ${done}) is done: 1,000 rows, 1,000 created.` }])
    expect((await told(admin)).items).toEqual([])
    await api.ask(mia, 'POST', '/v1/notifications/read', { body: { last: items[1]?.id } })
    expect((await told(mia))).toMatchObject({ unread: 1, items: [{ read: false }, { read: true }] })
  })

  it('gets an e-mail of it, with nothing of the file in it, once, and none when they want none', async () => {
    await put(server({ username: null, password: null }))
    await api.longshore.rows('DELETE FROM longshore.outbox')
    mails.length = 0
    const job = await imported(mia, large(1_000))
    answer = Object.assign(new Error('later'), { responseCode: 451 })
    await served(async () => {
      await expect.poll(async () => (await api.longshore.rows<{ error: string }>('SELECT error FROM longshore.outbox WHERE job = $1', [job]))[0]?.error, { timeout: 20_000 }).toBe('mail.unreachable')
      answer = null
      await api.longshore.rows('UPDATE longshore.outbox SET next_at = now() WHERE sent_at IS NULL')
      await expect.poll(() => mails.length, { timeout: 20_000 }).toBe(1)
    })
    expect(mails[0]).toMatchObject({ to: ['mia@example.com'] })
    expect(mails[0]?.text).toContain(`Subject: Longshore: job ${job} is done`)
    expect(mails[0]?.text).not.toMatch(/Person|secret-name/)
    expect((await api.ask(mia, 'PUT', '/v1/me/mail', { body: { mail: false } })).json).toEqual({ mail: false, sent: true })
    const quiet = await imported(mia, large(1_000))
    expect(await api.longshore.rows('SELECT 1 FROM longshore.outbox WHERE job = $1', [quiet])).toEqual([])
    expect((await told(mia)).items[0]).toMatchObject({ job: { job: quiet } })
  })

  it('is told when it leaves the queue and when it is done, however small it is', async () => {
    const { json } = await api.ask(mia, 'POST', '/v1/imports', { body: { file: { upload: (await upload('Last Name\nQueued\n')), name: 'q.csv' }, definition: { object: 'contacts' }, dryRun: false, startAt: new Date(Date.now() + 3_600_000).toISOString() } })
    const job = Number(json['job'])
    await expect.poll(async () => (await api.longshore.job(job)).state, { timeout: 30_000 }).toBe('queued')
    await api.ask(mia, 'POST', `/v1/jobs/${job}/resume`, { body: {} })
    await expect.poll(async () => (await api.longshore.job(job)).state, { timeout: 30_000 }).toBe('done')
    expect((await told(mia)).items.filter((one) => one.job.job === job).map(({ kind }) => kind)).toEqual(['finished', 'started'])
  })
})

async function upload(content: string): Promise<string> {
  const sent = await api.app.inject({ method: 'POST', url: '/v1/uploads?name=q.csv', payload: Buffer.from(content), headers: { host: 'localhost:4000', origin: 'http://localhost:4000', 'content-type': 'application/octet-stream', ...mia } })
  return (JSON.parse(sent.body) as { id: string }).id
}
