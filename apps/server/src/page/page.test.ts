import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Fault, noCounts } from '@longshore/core'
import { operatorOf } from '../actor.ts'
import type { JobSummary, Longshore } from '../longshore.ts'
import type { Door } from '../people/door.ts'
import { assertPortFree, buildServer, startServer } from '../start.ts'
import { healthOf } from '../api/health/health.ts'
import { styleHash } from './style.ts'

const evil = '"><script>alert(1)</script><img src=x onerror=\'alert(2)\'>`&'
const evilName = 'a"b\r\n<b>ü.csv'
let folder = ''
/** As on a machine where the web app is not built. */
const plain = { webFolder: '/nowhere' }
let jobs: JobSummary[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'longshore-page-'))
  writeFileSync(join(folder, 'results.csv'), 'Row number,Outcome\n2,created\n')
  writeFileSync(join(folder, 'empty.csv'), '')
  writeFileSync(join(folder, evilName), 'x')
  writeFileSync(join(folder, 'secret.txt'), 'not for the page')
  jobs = [
    summary({ job: 8, kind: 'undo', undoes: 7, state: 'running', source: null }),
    summary({ job: 7, results: ['results.csv', 'empty.csv', 'gone.csv', evilName].map((name) => join(folder, name)), undoneBy: 8 }),
    summary({
      job: 6, object: evil, operation: evil, source: `/lists/${evil.replaceAll('/', '')}`, related: { [evil]: 2 }, state: 'planned',
      error: { code: 'x', message: evil }, issues: [{ code: evil, severity: evil, column: evil, count: 3, example: evil, row: 4 }],
      preview: { firstRows: [], issues: [], diffs: [{ row: 2, record: evil, name: evil, fields: { [evil]: { from: evil, to: null } } }], relatedDiffs: [{ object: evil, row: 2, record: evil, name: null, fields: { [evil]: { from: evil, to: null, fromName: evil, toName: null } } }] },
    }),
  ]
})
afterAll(() => rmSync(folder, { recursive: true }))

const get = (url: string, host = 'localhost:4000', longshore = fake()) => buildServer(longshore, plain).inject({ url, headers: { host } })

describe('the jobs page', () => {
  it('lists every job with its state, its counts and its files', async () => {
    const { statusCode, headers, body } = await get('/')
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(body).toMatch(/<a href="\/jobs\/7">7<\/a>[^]*insert contacts from people\.csv[^]*done[^]*1,234[^]*<a href="\/files\/7-results\.csv" download>results\.csv<\/a>/)
    expect(body).toContain('undo of job 7')
  })

  it('loads itself again only while a job is at work', async () => {
    expect((await get('/')).body).toContain('http-equiv="refresh"')
    expect((await get('/jobs/7')).body).not.toContain('http-equiv="refresh"')
  })

  it('says how to begin when there are no jobs', async () => {
    expect((await get('/', 'localhost', fake({ jobs: () => Promise.resolve([]) }))).body).toContain('longshore import FILE')
  })

  it('lists the newest hundred and says that there are more', async () => {
    const many = Array.from({ length: 250 }, (_, number) => summary({ job: 250 - number }))
    const { body } = await get('/', 'localhost', fake({ jobs: () => Promise.resolve(many) }))
    expect([body.match(/<th scope="row">/g)?.length, body.includes('newest 100 of 250')]).toEqual([100, true])
  })

  it.each(['/', '/jobs/6'])('%s escapes everything that comes from a file', async (url) => {
    const { body } = await get(url)
    expect(body).not.toMatch(/<script|<img|onerror='/)
    expect(body).toContain('&#34;&#62;&#60;script&#62;')
  })
})

describe('the page of a job', () => {
  it('shows the rows, what was found, and how to take it back', async () => {
    const { body } = await get('/jobs/7')
    expect(body).toMatch(/rows read<\/th><td class="n">1,234[^]*created<\/th><td class="n">1,200[^]*accounts made for references[^]*undo 7/)
    expect(body).toMatch(/undone by <a href="\/jobs\/8">/)
  })

  it.each(['/jobs/99', '/jobs/0', '/jobs/x', '/jobs/7e0', '/jobs/99999999999999999999', '/nothing', '/jobs/7/more'])('%s is not found', async (url) => {
    const { statusCode, body } = await get(url)
    expect([statusCode, body.includes('<h1>Not found</h1>')]).toEqual([404, true])
  })
})

describe('downloads', () => {
  it('sends a job\'s result file as an attachment that no browser runs', async () => {
    const { statusCode, headers, body } = await get('/files/7-results.csv')
    expect([statusCode, body]).toEqual([200, 'Row number,Outcome\n2,created\n'])
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff', 'content-length': '29',
      'content-disposition': 'attachment; filename="results.csv"; filename*=UTF-8\'\'results.csv', 'content-security-policy': expect.stringContaining('sandbox'),
    })
  })

  it('sends an empty file', async () => {
    const { statusCode, body } = await get('/files/7-empty.csv')
    expect([statusCode, body]).toEqual([200, ''])
  })

  it('sends a file whose name tries to break out of the header', async () => {
    const { statusCode, headers } = await get(`/files/${encodeURIComponent(`7-${evilName}`)}`)
    expect([statusCode, headers['content-disposition']]).toEqual([200, 'attachment; filename="a_b___b__.csv"; filename*=UTF-8\'\'a%22b%0D%0A%3Cb%3E%C3%BC.csv'])
  })

  it.each(['7-secret.txt', '7-..%2Fsecret.txt', '7-%2e%2e%2fresults.csv', '..%2Fresults.csv', '6-results.csv', '99-results.csv', '7-gone.csv', '7-', 'results.csv', '7-results.csv%00', '__proto__'])(
    '%s is not found', async (id) => {
      const { statusCode, body } = await get(`/files/${id}`)
      expect([statusCode, body.includes('not for the page')]).toEqual([404, false])
    })
})

describe('health', () => {
  it('is ok while the database answers', async () => {
    const { statusCode, headers, body } = await get('/health')
    expect([statusCode, headers['content-type'], JSON.parse(body)]).toEqual([200, 'application/json; charset=utf-8', { status: 'ok', database: 'PostgreSQL 18.4', version: expect.stringMatching(/^\d+\.\d+\.\d+/) }])
  })

  it('is 503 when the database is away, and does not say why', async () => {
    const { statusCode, body } = await get('/health', 'localhost', fake({ health: () => Promise.reject(new Fault('db.unreachable', 'secret host')) }))
    expect([statusCode, JSON.parse(body)]).toEqual([503, { status: 'unavailable', database: 'away', version: expect.any(String) }])
  })

  it('is unavailable when the database takes too long', async () => {
    const never = fake({ health: () => new Promise(() => undefined) })
    expect(await healthOf(never, '1.0.0', 5)).toEqual({ status: 'unavailable', database: 'away', version: '1.0.0' })
  })
})

describe('guards', () => {
  it.each(['localhost', 'LOCALHOST:4000', '127.0.0.1:80', '[::1]', '[::1]:4000'])('answers as %s', async (host) => {
    expect((await get('/health', host)).statusCode).toBe(200)
  })

  it.each(['evil.example', 'evil.example:4000', 'localhost.evil.example', '127.0.0.1.evil.example', 'localhost:4000@evil.example', 'evil.example/localhost', '192.168.0.7', '[::2]', '0.0.0.0', 'localhost:', ' '])(
    'refuses to answer as %j', async (host) => {
      for (const url of ['/', '/files/7-results.csv', '/health']) {
        const { statusCode, body } = await get(url, host)
        expect([statusCode, body.includes('created')]).toEqual([421, false])
      }
    })

  it.each(['/', '/jobs/7', '/jobs/99', '/files/7-results.csv', '/files/x', '/health', '/nothing', '/%ZZ'])('%s carries the security headers', async (url) => {
    expect((await get(url)).headers).toMatchObject({
      'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin', 'content-security-policy': expect.stringMatching(/^default-src 'none'.*frame-ancestors 'none'/),
    })
  })

  it('allows one style, by its hash, and no script', async () => {
    const { headers, body } = await get('/')
    const sheet = /<style>([^]*)<\/style>/.exec(body)?.[1] ?? ''
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sheet))).toString('base64')
    expect(styleHash).toBe(`'sha256-${digest}'`)
    expect(headers['content-security-policy']).toBe(`default-src 'none'; style-src ${styleHash}; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`)
    expect(body).not.toMatch(/ style=|<script/)
  })

  it.each(['POST', 'PUT', 'DELETE'] as const)('answers no %s', async (method) => {
    const { statusCode } = await buildServer(fake(), plain).inject({ method, url: '/jobs/7', headers: { host: 'localhost' } })
    expect(statusCode).toBe(404)
  })

  it('tells a fault in words and a mistake of ours without its words', async () => {
    const away = await get('/', 'localhost', fake({ jobs: () => Promise.reject(new Fault('db.unreachable', 'The database does not answer.', { remedy: 'retry' })) }))
    const mistake = await get('/', 'localhost', fake({ jobs: () => Promise.reject(new Error('secret detail')) }))
    expect([away.statusCode, away.body.includes('does not answer'), mistake.statusCode, mistake.body.includes('secret detail')]).toEqual([503, true, 500, false])
  })
})

describe('the port', () => {
  it('is served on the loopback interface, and given back', async () => {
    const server = await startServer({ longshore: fake(), port: 0 })
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    expect(await statusOf(`${server.url}health`)).toBe(200)
    await server.close()
    await expect(statusOf(`${server.url}health`)).rejects.toThrow(/ECONNREFUSED/)
  })

  it('that is in use is refused with another one to try', async () => {
    const first = await startServer({ longshore: fake(), port: 0 })
    const port = Number(new URL(first.url).port)
    for (const ask of [() => startServer({ longshore: fake(), port }), () => assertPortFree(port)]) await expect(ask()).rejects.toMatchObject({ code: 'server.port-in-use', message: expect.stringMatching(`Port ${port} is in use.*--port`) as string })
    await first.close()
  })
})

function summary(changes: Partial<JobSummary>): JobSummary {
  return {
    job: 1, kind: 'import', state: 'done', object: 'contacts', operation: 'insert', source: '/lists/people.csv', sourceHash: null, rows: 1_234,
    counts: { ...noCounts(), created: 1_200, failed: 34 }, replanned: 0, warnings: 0, related: { accounts: 8 }, seconds: 1, rowsPerSecond: 1_234, phases: {}, results: [], artifacts: [], dryRun: false, startedBy: null, startedByName: null, sourceBytes: null, startAt: null, queuePosition: null, interrupted: false, figures: 'results',
    createdAt: '2026-11-20T13:34:05.000Z', finishedAt: null, savedMapping: null, undoes: null, undoneBy: null, trialOf: null, error: null, definition: {}, ...changes,
  }
}

/** Of Longshore, what the page asks for; anything else it asks is an error of the test. */
function fake(answers: Partial<Longshore> = {}): Longshore {
  const actor = operatorOf({ id: 1, name: 'default', schema: 'org_1', role: 'longshore_org_1', settings: { country: 'US', currency: 'USD' } })
  const known: Partial<Longshore> = {
    actor,
    log: { info: () => undefined, error: () => undefined },
    door: { identify: () => Promise.resolve({ actor, session: null, cookies: [], catalogStamp: null }) } as Partial<Door> as Door,
    as: () => known as Longshore,
    jobs: () => Promise.resolve(jobs),
    job: (number) => {
      const job = jobs.find((candidate) => candidate.job === number)
      return job ? Promise.resolve(job) : Promise.reject(new Fault('job.unknown', `There is no job ${number}.`))
    },
    health: () => Promise.resolve({ database: 'PostgreSQL 18.4' }),
    ...answers,
  }
  return known as Longshore // the page reads only; a call of anything else fails the test by itself
}

function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { agent: false }, (response) => { response.resume(); resolve(response.statusCode) }).on('error', reject).end()
  })
}
