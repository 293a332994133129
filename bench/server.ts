// `npm run bench:server [-- --rows 1000000 --sessions 200 --think 5 --held 100000 --upload-mb 1000]`: what the server does while it is busy, against
// a PostgreSQL server of its own and over loopback. A session is the browser of one of ten signed-in people: it holds a stream of events and opens
// one page after the other, with `think` seconds between them (half of it to one and a half), each page with the requests that the web app makes for
// it. First beside nothing, then while an import of `rows` rows runs in the server's own process. Prints the latencies of both, what a page costs in
// processor time, the import ÷ its time alone, the server's peak of memory during an upload (`--upload-mb 0` leaves it out), and the time of a bulk
// import of 10,000 records.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openBenchServer } from './bench-server.ts'
import { benchContactList } from './contact-list.ts'
import { cpuSecondsOf } from './process-cost.ts'
import { median, printTable, seconds, shortCount } from './report.ts'

const { values } = parseArgs({ options: {
  rows: { type: 'string', default: '1000000' }, sessions: { type: 'string', default: '200' }, think: { type: 'string', default: '5' }, held: { type: 'string', default: '100000' }, 'upload-mb': { type: 'string', default: '1000' },
} })
const rows = Number(values.rows), sessions = Number(values.sessions), thinkMs = Number(values.think) * 1000, heldRecords = Number(values.held), uploadMegabytes = Number(values['upload-mb'])
const people = 10
const quietMs = 20_000
const password = 'a bench is no place for secrets'

/** One request of a page, and what its latencies stand under. */
interface Request { name: string; path: string }
/** What the web app asks at once for one page. */
type Page = readonly Request[]
/** What a time of browsing gave: latencies by request, and processor time of the server (its readers of files included) and of PostgreSQL. */
interface Browsed { times: Map<string, number[]>; cpu: { server: number; postgres: number } | null }

const small = await benchContactList(heldRecords)
const large = await benchContactList(rows)
const postgres = await openBenchServer()
const name = 'longshore_bench_server'
const data = mkdtempSync(join(tmpdir(), 'longshore-bench-'))
let server: ChildProcess | null = null
try {
  const started = await startServer(await postgres.freshDatabase(name))
  server = started.child
  const { url } = started
  const admin = await firstAdmin(started.url, started.secret)
  const cookies = [admin, ...await Promise.all(Array.from({ length: people - 1 }, (_, i) => invited(admin, `person${i}@example.com`)))]

  if (uploadMegabytes > 0) {
    resetPeak(server.pid)
    const atRest = statusMegabytes(server.pid, 'VmRSS')
    const uploaded = await timed(() => upload(admin, uploadMegabytes))
    console.log(`upload of ${uploadMegabytes} MB: ${seconds(uploaded)} s, server's peak of memory ${statusMegabytes(server.pid, 'VmHWM')} MB, ${atRest} MB before it`)
  }

  await finished(admin, await begin(admin, small.file, { object: 'contacts', match: [['email']], missingReference: 'create' }, false))
  const checked = await begin(admin, small.file, { object: 'contacts', operation: 'upsert', match: [['email']] }, true)
  await finished(admin, checked, 'planned')
  const { items: [held] } = await ask<{ items: { id: string }[] }>(admin, 'GET', '/v1/objects/contacts/records?limit=1')
  const pages = pagesOf(checked, held?.id ?? '')

  const alone = await timed(async () => finished(admin, await begin(admin, large.file, { object: 'leads', autoMap: true, match: [['email']] }, false)))
  await undo(admin)
  const quiet = await browse(() => sleep(quietMs))
  let beside = 0
  const busy = await browse(async () => { beside = await timed(async () => finished(admin, await begin(admin, large.file, { object: 'leads', autoMap: true, match: [['email']] }, false))) })

  printTable(['requests', 'asked', 'median ms', 'p95 ms', 'slowest ms'], [['beside nothing', quiet] as const, ['beside an import', busy] as const].flatMap(([called, { times }]) =>
    [[called, [...times.values()].flat()] as const, ...[...times].map(([request, found]) => [`  ${request}`, found] as const)]
      .map(([label, found]) => [label, String(found.length), median(found).toFixed(0), p95(found).toFixed(0), Math.max(...found).toFixed(0)])))
  const asked = [...quiet.times.values()].flat().length
  if (quiet.cpu) console.log(`a request beside nothing: ${(quiet.cpu.server * 1000 / asked).toFixed(1)} ms of processor time of the server, ${(quiet.cpu.postgres * 1000 / asked).toFixed(1)} of PostgreSQL, streams of events included`)
  console.log(`${sessions} sessions, ${thinkMs / 1000} s between two pages, load before ${loadavg()[0]?.toFixed(1)}`)
  console.log(`import of ${shortCount(rows)} rows beside ${sessions} sessions ÷ alone = ${(beside / alone).toFixed(2)} × (${seconds(alone)} s alone)`)

  const records = Array.from({ length: 10_000 }, (_, i) => ({ last_name: `Bulk${i}`, email: `bulk${i}@example.com`, title: `Title ${i % 90}`, phone: `+1415555${String(i).padStart(4, '0')}` }))
  const bulk: number[] = []
  for (const operation of ['insert', 'upsert', 'upsert'] as const) {
    bulk.push(await timed(async () => {
      let answer = await ask<{ job_id: number; finished: boolean }>(admin, 'POST', '/v1/bulk-import', { object_type: 'contacts', operation, match_field: 'email', records })
      while (!answer.finished) {
        await sleep(25)
        answer = await ask(admin, 'GET', `/v1/bulk-import/${answer.job_id}`)
      }
    }))
  }
  console.log(`bulk import of 10,000 records: insert ${seconds(bulk[0] ?? NaN)} s, upsert ${bulk.slice(1).map((one) => seconds(one)).join(' and ')} s, to its end`)

  async function browse(beside: () => Promise<unknown>): Promise<Browsed> {
    const times = new Map<string, number[]>()
    const leaving = new AbortController()
    const session = async (number: number): Promise<void> => {
      const cookie = cookies[number % cookies.length] ?? admin
      await sleep((number / sessions) * thinkMs)
      const listening = listen(cookie, leaving.signal)
      for (let i = number; !leaving.signal.aborted; i++) {
        await Promise.all((pages[i % pages.length] ?? []).map(async ({ name, path }) => {
          const time = await timed(() => ask(cookie, 'GET', path))
          times.set(name, [...times.get(name) ?? [], time * 1000])
        }))
        await sleep(thinkMs * (0.5 + ((i * 7919) % 1000) / 1000), undefined, { signal: leaving.signal }).catch(() => undefined)
      }
      await listening
    }
    const before = cpuNow()
    const all = Promise.all(Array.from({ length: sessions }, (_, number) => session(number)))
    await beside()
    const after = cpuNow()
    leaving.abort()
    await all
    return { times, cpu: before && after && { server: after.server - before.server, postgres: after.postgres - before.postgres } }
  }

  function cpuNow(): { server: number; postgres: number } | null {
    const own = cpuSecondsOf(server?.pid), its = postgres.cpuSeconds()
    return own === null || its === null ? null : { server: own, postgres: its }
  }

  /** The stream that a browser holds open; what it says is read and thrown away. */
  async function listen(cookie: string, signal: AbortSignal): Promise<void> {
    try {
      const { body } = await fetch(`${url}/v1/events`, { headers: { cookie }, signal })
      for await (const _ of body ?? []) { /* read */ }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  async function ask<Answer>(cookie: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      method, headers: { cookie, origin: url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 300)}`)
    return (text === '' ? null : JSON.parse(text)) as Answer
  }

  async function signIn(email: string): Promise<string> {
    const response = await fetch(`${url}/v1/session`, { method: 'POST', headers: { origin: url, 'content-type': 'application/json' }, body: JSON.stringify({ email, password }) })
    if (!response.ok) throw new Error(`signing in: ${response.status} ${await response.text()}`)
    return (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  }

  async function firstAdmin(_: string, secret: string): Promise<string> {
    await ask('', 'POST', '/v1/invitations/accept', { secret, name: 'Admin', email: 'admin@example.com', password })
    return signIn('admin@example.com')
  }

  async function invited(by: string, email: string): Promise<string> {
    const { path } = await ask<{ path: string }>(by, 'POST', '/v1/invitations', { email, role: 'manager' })
    await ask('', 'POST', '/v1/invitations/accept', { secret: path.split('#')[1], name: email, password })
    return signIn(email)
  }

  async function begin(cookie: string, file: string, definition: unknown, dryRun: boolean): Promise<number> {
    const { id } = await send(cookie, Readable.from([readFileSync(file)]))
    return (await ask<{ job: number }>(cookie, 'POST', '/v1/imports', { file: { upload: id, name: 'contacts.csv' }, definition, dryRun })).job
  }

  /** An import passes through "planned" on its way: only a dry run ends there. */
  async function finished(cookie: string, job: number, end: 'done' | 'planned' = 'done'): Promise<void> {
    for (;;) {
      const { state, error } = await ask<{ state: string; error: unknown }>(cookie, 'GET', `/v1/jobs/${job}`)
      if (state === end) return
      if (state === 'failed' || state === 'cancelled') throw new Error(`job ${job} is ${state}: ${JSON.stringify(error)}`)
      await sleep(200)
    }
  }

  async function undo(cookie: string): Promise<void> {
    const { items } = await ask<{ items: { job: number }[] }>(cookie, 'GET', '/v1/jobs')
    const { job } = await ask<{ job: number }>(cookie, 'POST', `/v1/jobs/${items[0]?.job}/undo`, {})
    await finished(cookie, job)
  }

  function send(cookie: string, body: Readable): Promise<{ id: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(`${url}/v1/uploads?name=contacts.csv`, { method: 'POST', headers: { cookie, origin: url, 'content-type': 'application/octet-stream' } }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece: string) => { text += piece }).on('end', () => {
          if (response.statusCode === 201) resolve(JSON.parse(text) as { id: string })
          else reject(new Error(`upload: ${response.statusCode} ${text.slice(0, 300)}`))
        })
      })
      outgoing.on('error', reject)
      body.pipe(outgoing)
    })
  }

  async function upload(cookie: string, megabytes: number): Promise<void> {
    const piece = Buffer.from('Lane,lane@example.com,Works,+14155550100\n'.repeat(25_000)).subarray(0, 1_000_000)
    await send(cookie, Readable.from((function* () { for (let i = 0; i < megabytes; i++) yield piece })()))
  }
} finally {
  if (server !== null && server.exitCode === null) {
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  await postgres.dropDatabase(name)
  await postgres.close()
  rmSync(data, { recursive: true, force: true })
}

function pagesOf(job: number, record: string): Page[] {
  const listed = '/v1/objects/contacts/records?limit=100&count=true&fields=full_name,email,phone,title,account,owner,mailing_city,mailing_country,lead_source,created_at'
  return [
    [{ name: 'records', path: listed }],
    [{ name: 'records by a filter', path: `${listed}&where=${encodeURIComponent('mailing_country = US')}` }],
    [{ name: 'a record', path: `/v1/objects/contacts/records/${record}` }, { name: 'its history', path: `/v1/objects/contacts/records/${record}/history` }],
    [{ name: 'jobs', path: '/v1/jobs' }],
    [{ name: 'a job', path: `/v1/jobs/${job}` }, { name: 'its corrections', path: `/v1/jobs/${job}/fixes` }],
    [{ name: 'sums of rows', path: `/v1/jobs/${job}/rows/overview` }, { name: 'groups of issues', path: `/v1/jobs/${job}/rows/issues` }, { name: 'a window of rows', path: `/v1/jobs/${job}/rows?position=5000&limit=200` }],
  ]
}

async function startServer(databaseUrl: string): Promise<{ child: ChildProcess; url: string; secret: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../apps/cli/bin/longshore.mjs'), 'start', '--empty', '--port', '0', '--data', data], {
    env: { ...process.env, DATABASE_URL: databaseUrl }, stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => { said += text })
  for (let waited = 0; waited < 600; waited++) {
    const link = /(http:\/\/127\.0\.0\.1:\d+)\/invitation#(\S+)/.exec(said)
    if (link) return { child, url: link[1] ?? '', secret: link[2] ?? '' }
    if (child.exitCode !== null) break
    await sleep(100)
  }
  throw new Error(`the server did not say where it is: ${said}`)
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}

function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? NaN
}

/** From here on the kernel counts the process's peak anew. */
function resetPeak(pid: number | undefined): void {
  try { writeFileSync(`/proc/${pid}/clear_refs`, '5') } catch { /* another system than Linux, or not allowed: the peak is that of its life */ }
}

function statusMegabytes(pid: number | undefined, line: 'VmRSS' | 'VmHWM'): string {
  try { return String(Math.round(Number(new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000)) } catch { return '–' }
}
