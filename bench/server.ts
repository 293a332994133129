// `npm run bench:server [-- --rows 1000000 --sessions 200 --think 5,15,30 --held 100000 --upload-mb 1000]`: what the server does while it is busy, by
// itself with the PostgreSQL that it runs (or that of DATABASE_URL), over loopback. A session is the browser of one of ten signed-in people: it holds
// a stream of events and opens one page after the other, with `think` seconds between them (half of it to one and a half), each page with the requests
// that the web app makes for it. First what each request costs, one after the other; then, for each think time, the sessions beside nothing and while
// an import of `rows` rows runs in the server's own process. Prints the latencies of both, who used the processors meanwhile (the browsers run on the
// same machine), the import ÷ its time alone, the server's peak of memory during an upload (`--upload-mb 0` leaves it out), and the time of a bulk
// import of 10,000 records (`--no-bulk` leaves it out).
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { benchContactList } from './contact-list.ts'
import { median, p95, printTable, seconds, shortCount } from './report.ts'
import { openServed } from './served.ts'
import type { CpuSeconds } from './served.ts'

const { values } = parseArgs({ allowNegative: true, options: {
  rows: { type: 'string', default: '1000000' }, sessions: { type: 'string', default: '200' }, think: { type: 'string', default: '5,15,30' }, held: { type: 'string', default: '100000' }, 'upload-mb': { type: 'string', default: '1000' },
  bulk: { type: 'boolean', default: true },
} })
const rows = Number(values.rows), sessions = Number(values.sessions), thinkSeconds = values.think.split(',').filter(Boolean).map(Number), heldRecords = Number(values.held), uploadMegabytes = Number(values['upload-mb'])
const people = 10
const quietMs = 20_000
/** Requests of each kind that are asked one after the other for their cost, after half as many that nobody counts. */
const countedRequests = 200

/** One request of a page, and what its latencies stand under. */
interface Request { name: string; path: string }
/** What the web app asks at once for one page. */
type Page = readonly Request[]
/** What a time of browsing gave: latencies by request, how long it took, and who used the processors. */
interface Browsed { times: Map<string, number[]>; seconds: number; cpu: CpuSeconds | null; loop: { p99Ms: string; longestMs: string } }
interface Imported { job: number; seconds: number; phases: Record<string, number>; cpu: CpuSeconds | null }

const small = await benchContactList(heldRecords)
const large = await benchContactList(rows)
const served = await openServed()
const { admin, ask } = served
try {
  const cookies = [admin, ...await Promise.all(Array.from({ length: people - 1 }, (_, i) => served.invited(`person${i}@example.com`)))]

  if (uploadMegabytes > 0) {
    resetPeak(served.pid)
    const atRest = statusMegabytes(served.pid, 'VmRSS')
    const uploaded = await timed(() => upload(admin, uploadMegabytes))
    console.log(`upload of ${uploadMegabytes} MB: ${seconds(uploaded)} s, server's peak of memory ${statusMegabytes(served.pid, 'VmHWM')} MB, ${atRest} MB before it`)
  }

  await served.finished(admin, await served.begin(admin, small.file, { object: 'contacts', match: [['email']], missingReference: 'create' }, false))
  const checked = await served.begin(admin, small.file, { object: 'contacts', operation: 'upsert', match: [['email']] }, true)
  await served.finished(admin, checked, 'planned')
  const { items: [held] } = await ask<{ items: { id: string }[] }>(admin, 'GET', '/v1/objects/contacts/records?limit=1')
  const pages = pagesOf(checked, held?.id ?? '')

  await printCosts(pages.flat())
  if (thinkSeconds.length > 0) {
    /** Imports the list and waits for its end; its records are taken back afterwards, outside of what is measured. */
    const importing = async (): Promise<Imported> => {
      let job = 0
      const before = served.cpuNow()
      const taken = await timed(async () => { job = await served.begin(admin, large.file, { object: 'leads', autoMap: true, match: [['email']] }, false); await served.finished(admin, job) })
      const after = served.cpuNow()
      const { phases } = await ask<{ phases: Record<string, number> }>(admin, 'GET', `/v1/jobs/${job}`)
      return { job, seconds: taken, phases, cpu: before && after && spent(before, after) }
    }
    await takeBack(await importing()) // uncounted: what is compared finds the same state
    let last = await importing()
    const alone = last
    console.log(`\nimport of ${shortCount(rows)} rows alone: ${importOf(alone)}; ${sharesOf({ ...alone, seconds: 1 }, 's')}`)
    for (const think of thinkSeconds) {
      await takeBack(last)
      last = await printBrowsing(pages, think, alone, importing)
    }
  }
  if (values.bulk) await printBulk()

  /** What one request of each kind costs, while nobody else asks. */
  async function printCosts(requests: readonly Request[]): Promise<void> {
    const lines: string[][] = []
    for (const { name, path } of requests) {
      for (let i = 0; i < countedRequests / 2; i++) await served.look(admin, path)
      const times: number[] = []
      const before = served.cpuNow()
      for (let i = 0; i < countedRequests; i++) times.push(await timed(() => served.look(admin, path)) * 1000)
      const after = served.cpuNow()
      const cpu = before && after && spent(before, after)
      const each = (of: 'server' | 'postgres' | 'client'): string => (cpu === null ? '–' : (cpu[of] * 1000 / countedRequests).toFixed(1))
      lines.push([name, each('server'), each('postgres'), each('client'), median(times).toFixed(1)])
    }
    printTable(['one request, one after the other', 'server ms', 'PostgreSQL ms', 'client ms', 'median ms'], lines)
  }

  async function printBrowsing(pages: readonly Page[], think: number, alone: Imported, importing: () => Promise<Imported>): Promise<Imported> {
    const quiet = await browse(pages, think, () => sleep(quietMs))
    let beside: Imported | null = null
    const busy = await browse(pages, think, async () => { beside = await importing() })
    console.log(`\n${sessions} sessions, ${think} s between two pages; load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors`)
    printTable(['requests', 'asked', 'a second', 'median ms', 'p95 ms', 'slowest ms'], [['beside nothing', quiet] as const, ['beside an import', busy] as const].flatMap(([called, { times, seconds }]) =>
      [[called, [...times.values()].flat()] as const, ...[...times].map(([request, found]) => [`  ${request}`, found] as const)]
        .map(([label, found]) => [label, String(found.length), (found.length / seconds).toFixed(1), median(found).toFixed(0), p95(found).toFixed(0), Math.max(...found).toFixed(0)])))
    console.log(`processors beside nothing: ${sharesOf(quiet, '%')}\nprocessors beside an import: ${sharesOf(busy, '%')}`)
    const imported = beside ?? alone
    console.log(`the server's event loop beside an import: 99 of 100 turns within ${busy.loop.p99Ms} ms, the longest ${busy.loop.longestMs} ms`)
    console.log(`import of ${shortCount(rows)} rows beside ${sessions} sessions: ${importOf(imported)}\nimport of ${shortCount(rows)} rows beside ${sessions} sessions, ${think} s between two pages ÷ alone = ${(imported.seconds / alone.seconds).toFixed(2)} ×`)
    return imported
  }

  /** Leaves no record behind, not in the bin either: an import that meets a hundred thousand there takes several times as long. */
  async function takeBack({ job }: Imported): Promise<void> {
    await served.undo(admin, job)
    await ask(admin, 'POST', '/v1/bin/empty', { object: 'leads', olderThanDays: 0 })
  }

  async function browse(pages: readonly Page[], think: number, beside: () => Promise<unknown>): Promise<Browsed> {
    let over = false
    const times = new Map<string, number[]>()
    const leaving = new AbortController()
    const session = async (number: number): Promise<void> => {
      const cookie = cookies[number % cookies.length] ?? admin
      await sleep((number / sessions) * think * 1000, undefined, { signal: leaving.signal }).catch(() => undefined)
      const listening = listen(cookie, leaving.signal)
      for (let i = number; !leaving.signal.aborted; i++) {
        await Promise.all((pages[i % pages.length] ?? []).map(async ({ name, path }) => {
          const time = await timed(() => served.look(cookie, path))
          if (!over) times.set(name, [...times.get(name) ?? [], time * 1000])
        }))
        await sleep(think * 1000 * (0.5 + ((i * 7919) % 1000) / 1000), undefined, { signal: leaving.signal }).catch(() => undefined)
      }
      await listening
    }
    const all = Promise.all(Array.from({ length: sessions }, (_, number) => session(number)))
    await sleep(think * 1000) // until each has come
    times.clear()
    await loopDelay()
    const before = served.cpuNow()
    const taken = await timed(beside)
    over = true
    const after = served.cpuNow()
    const loop = await loopDelay()
    leaving.abort()
    await all
    return { times, seconds: taken, loop, cpu: before && after && spent(before, after) }
  }

  /** How long what comes next in the server's one thread had to wait, since it was asked last. */
  async function loopDelay(): Promise<Browsed['loop']> {
    const response = await fetch(`${served.url}/metrics`, { headers: { cookie: admin } })
    const text = await response.text()
    const value = (name: string): string => (Number(new RegExp(`^nodejs_eventloop_lag_${name}_seconds ([\\d.e+-]+)`, 'm').exec(text)?.[1]) * 1000).toFixed(0)
    return { p99Ms: value('p99'), longestMs: value('max') }
  }

  /** The stream that a browser holds open; what it says is read and thrown away. */
  async function listen(cookie: string, signal: AbortSignal): Promise<void> {
    try {
      const { body } = await fetch(`${served.url}/v1/events`, { headers: { cookie }, signal })
      for await (const _ of body ?? []) { /* read */ }
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  async function printBulk(): Promise<void> {
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
  }

  async function upload(cookie: string, megabytes: number): Promise<void> {
    const piece = Buffer.from('Lane,lane@example.com,Works,+14155550100\n'.repeat(25_000)).subarray(0, 1_000_000)
    await served.send(cookie, Readable.from((function* () { for (let i = 0; i < megabytes; i++) yield piece })()))
  }
} finally {
  await served.close()
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

function importOf({ seconds: taken, phases }: Pick<Imported, 'seconds' | 'phases'>): string {
  return `${seconds(taken)} s (${Object.entries(phases).map(([phase, of]) => `${phase} ${of.toFixed(1)}`).join(', ')})`
}

function spent(before: CpuSeconds, after: CpuSeconds): CpuSeconds {
  const { server, readers, postgres, client, machine } = after
  return { server: server - before.server, readers: readers - before.readers, postgres: postgres - before.postgres, client: client - before.client, machine: machine === null || before.machine === null ? null : machine - before.machine }
}

/** Who used the processors: in seconds, or in parts of one processor. */
function sharesOf(of: { cpu: CpuSeconds | null; seconds: number } | null, unit: 's' | '%'): string {
  if (!of?.cpu) return 'not to be seen on this system'
  const { server, readers, postgres, client, machine } = of.cpu
  const told = (value: number): string => (unit === 's' ? `${value.toFixed(1)} s` : `${(value * 100 / of.seconds).toFixed(0)} %`)
  return `server ${told(server)}, PostgreSQL ${told(postgres)}, reading ${told(readers)}, browsers ${told(client)}${machine === null ? '' : `, other programs ${told(Math.max(0, machine - server - readers - postgres - client))}`}`
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1000
}


/** From here on the kernel counts the process's peak anew. */
function resetPeak(pid: number | undefined): void {
  try { writeFileSync(`/proc/${pid}/clear_refs`, '5') } catch { /* another system than Linux, or not allowed: the peak is that of its life */ }
}

function statusMegabytes(pid: number | undefined, line: 'VmRSS' | 'VmHWM'): string {
  try { return String(Math.round(Number(new RegExp(`${line}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000)) } catch { return '–' }
}
