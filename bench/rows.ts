// `npm run bench:rows [-- --rows 1000000]`: how long the windows, counts, issue groups, facets and corrections of a grid take over that many
// checked rows. Budgets: first use of a filter 1 s, each later window of 200 rows 100 ms (p95), fresh counts after a correction of up to
// 10,000 rows 1 s. Times are of this process and of a server on the same machine; beside them stands what PostgreSQL needs to look at every
// staged row once, by which a busy machine can be told.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { RowFilter } from '@longshore/core'
import { openLongshore } from '@longshore/server'
import { openBenchServer } from './bench-server.ts'
import { writeContactList } from './generate.ts'
import { median, p95, printTable } from './report.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, windows: { type: 'string', default: '60' } } })
const rows = Number(values.rows), windows = Number(values.windows)
const windowRows = 200

const cache = join(import.meta.dirname, '.cache')
const list = join(cache, `rows-${rows}.csv`)
if (!existsSync(list)) {
  mkdirSync(cache, { recursive: true })
  await writeContactList(`${list}.part`, { rows, seed: 1, dirty: 0.02, dup: 0.03, blank: 0.01 })
  renameSync(`${list}.part`, list)
}
const data = mkdtempSync(join(tmpdir(), 'longshore-bench-'))
const server = await openBenchServer()
const name = 'longshore_bench_rows'
const databaseUrl = await server.freshDatabase(name)
const longshore = await openLongshore({ dataDirectory: data, databaseUrl })
const client = new pg.Client({ connectionString: databaseUrl })
const lines: string[][] = []
const ms = (time: number): string => time.toFixed(time < 100 ? 1 : 0)
const timed = async <T>(work: () => Promise<T>): Promise<{ time: number; result: T }> => {
  const began = performance.now()
  const result = await work()
  return { time: performance.now() - began, result }
}

try {
  await client.connect()
  const dryRun = await timed(() => longshore.import({ file: list, definition: { object: 'contacts', match: [['email']], missingReference: 'create' }, dryRun: true }, () => undefined))
  const { job } = dryRun.result
  const { columns } = await longshore.stagedRows.overview(job)
  const column = (header: RegExp): number => columns.findIndex((one) => header.test(one)) + 1
  const city = column(/city/i), email = column(/e-?mail/i)
  const looks = []
  for (let i = 0; i < 3; i++) looks.push((await timed(() => client.query('SELECT count(*) FROM org_1._staged WHERE job = $1 AND strpos(source, $2) > 0', [job, 'no such text']))).time)
  const [{ value: town = '' } = {}] = (await longshore.stagedRows.facet(job, { column: city })).values
  const [group] = await longshore.stagedRows.issueGroups(job)

  const filters: [string, RowFilter][] = [
    ['all', { status: 'all' }], ['ready', { status: 'ready' }], ['errors', { status: 'errors' }], ['warnings', { status: 'warnings' }], ['duplicates', { status: 'duplicates' }],
    ['one issue', { status: 'all', issue: { code: group?.code ?? '', field: group?.field ?? null } }], ['a cell says', { status: 'all', cell: { column: city, value: town } }], ['search', { status: 'all', search: 'ANDERSON' }],
  ]
  await longshore.fixes.add(job, { fix: { kind: 'edit', cells: [{ row: 2, column: city, value: 'Nowhere' }] } }) // what is known of the rows is forgotten with it
  await longshore.plan(job, () => undefined)
  const later: number[] = []
  for (const [called, filter] of filters) {
    const first = await timed(() => longshore.stagedRows.window(job, { filter, start: { position: 0 }, limit: windowRows }))
    const times: number[] = []
    for (let i = 0; i < windows; i++) {
      const position = Math.floor(first.result.total * ((i * 0.618034) % 1))
      times.push((await timed(() => longshore.stagedRows.window(job, { filter, start: { position }, limit: windowRows }))).time)
    }
    later.push(...times)
    lines.push([called, String(first.result.total), ms(first.time), ms(median(times)), ms(p95(times))])
  }
  printTable(['filter', 'rows', 'first use ms', 'later median', 'later p95'], lines)

  const once: [string, () => Promise<unknown>][] = [
    ['issue groups', () => longshore.stagedRows.issueGroups(job)], ['facet of a column', () => longshore.stagedRows.facet(job, { column: city })], ['facet with search', () => longshore.stagedRows.facet(job, { column: email, search: 'example.com' })],
    ['counts', () => longshore.stagedRows.overview(job)],
  ]
  for (const [called, work] of once) console.log(`${called}: ${ms(median([(await timed(work)).time, (await timed(work)).time, (await timed(work)).time]))} ms`)
  for (const cells of [100, 1_000, 10_000]) {
    const fix = { kind: 'edit', cells: Array.from({ length: cells }, (_, i) => ({ row: 2 + Math.floor(i * (rows / cells)), column: city, value: `Town ${i}` })) }
    const change = await timed(() => longshore.fixes.add(job, { fix }))
    const counts = await timed(() => longshore.stagedRows.overview(job))
    console.log(`correcting ${change.result.touched} rows: ${ms(change.time)} ms, counts after it: ${ms(counts.time)} ms`)
  }
  const plan = await timed(() => longshore.plan(job, () => undefined))
  console.log(`dry run ${ms(dryRun.time / 1000)} s, planning again ${ms(plan.time / 1000)} s; PostgreSQL looks at every row once in ${ms(median(looks))} ms`)
  console.log(`windows of ${windowRows} at ${rows} rows, p95 ÷ 100 ms = ${(p95(later) / 100).toFixed(2)} ×`)
} finally {
  await client.end()
  await longshore.close()
  await server.dropDatabase(name)
  await server.close()
  rmSync(data, { recursive: true, force: true })
}
