// `npm run bench:update [-- --rows 1000000 --rounds 2]`: what an update of that many existing records with a merge rule for each field
// costs beside loading the same rows with COPY and one UPDATE … FROM that does the same, in one PostgreSQL server; and what its undo
// costs beside the update itself.
import { createWriteStream, createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openBenchServer, type BenchServer } from './bench-server.ts'
import { runMeasured } from './process-cost.ts'
import { median, printTable, seconds, shortCount } from './report.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '2' } } })
const rows = Number(values.rows), rounds = Number(values.rounds)
const longshore = join(import.meta.dirname, '../apps/cli/bin/longshore.mjs')
const columns = ['Email', 'First Name', 'Last Name', 'Job Title', 'City', 'Lead Score', 'Description']

/** Row `i`, before and after: the title is empty on every second record, the score changes on all, the city on every third. */
const before = (i: number): string[] => [`person${i}@example.com`, `First${i}`, `Last${i}`, i % 2 === 0 ? '' : `Title ${i % 97}`, `City ${i % 1000}`, String(i % 100), `Met at fair ${i % 50}`]
const after = (i: number): string[] => [`person${i}@example.com`, `First${i}`, `Last${i}`, `New title ${i % 89}`, i % 3 === 0 ? `City ${(i + 1) % 1000}` : `City ${i % 1000}`, String((i + 1) % 100), `Called ${i % 50}`]

const folder = join(import.meta.dirname, '.cache')
mkdirSync(folder, { recursive: true })
const files = { before: join(folder, `update-before-${rows}.csv`), after: join(folder, `update-after-${rows}.csv`) }
await writeList(files.before, before)
await writeList(files.after, after)

const server = await openBenchServer()
/** Wall seconds, and CPU seconds of all processes: on a machine that does other work these say more. */
interface Plain { copy: number; update: number; cpu: number | null }
interface Ours { update: number; undo: number; updateCpu: number | null; undoCpu: number | null; phases: Record<string, number> }
const plain: Plain[] = [], ours: Ours[] = []
try {
  for (let round = 0; round < rounds; round++) {
    plain.push(await plainUpdate(server))
    ours.push(await productUpdate(server))
  }
} finally {
  await server.close()
}
printTable(['run', 'COPY s', 'UPDATE … FROM s', 'update s', 'reading', 'planning', 'applying', 'undo s', 'plain CPU s', 'update CPU s', 'undo CPU s'], plain.map((one, i) => {
  const run = ours[i]
  return [`${i + 1}`, seconds(one.copy), seconds(one.update), seconds(run?.update ?? null), seconds(run?.phases['reading'] ?? null), seconds(run?.phases['planning'] ?? null), seconds(run?.phases['applying'] ?? null), seconds(run?.undo ?? null),
    seconds(one.cpu), seconds(run?.updateCpu ?? null), seconds(run?.undoCpu ?? null)]
}))
const ratio = (of: (i: number) => number): string => median(plain.map((_, i) => of(i))).toFixed(2)
const cpu = (of: Ours | undefined, name: 'updateCpu' | 'undoCpu'): number => of?.[name] ?? NaN
if (plain.every((one) => one.cpu !== null)) {
  console.log(`CPU seconds, update ÷ COPY and UPDATE … FROM = ${ratio((i) => cpu(ours[i], 'updateCpu') / (plain[i]?.cpu ?? NaN))} ×; undo ÷ update = ${ratio((i) => cpu(ours[i], 'undoCpu') / cpu(ours[i], 'updateCpu'))} ×`)
}
console.log(`undo of the update ÷ the update = ${ratio((i) => (ours[i]?.undo ?? NaN) / (ours[i]?.update ?? NaN))} ×`)
console.log(`update ${shortCount(rows)} ÷ COPY and UPDATE … FROM = ${ratio((i) => (ours[i]?.update ?? NaN) / ((plain[i]?.copy ?? NaN) + (plain[i]?.update ?? NaN)))} ×`)

async function writeList(path: string, row: (i: number) => string[]): Promise<void> {
  const out = createWriteStream(path)
  out.write(`${columns.join(',')}\n`)
  for (let i = 0; i < rows; i++) if (!out.write(`${row(i).join(',')}\n`)) await once(out, 'drain')
  out.end()
  await once(out, 'close')
}

/** The same records in a table of baseline.sql, updated by one statement: title if empty, description appended, all else always. */
async function plainUpdate(on: BenchServer): Promise<Plain> {
  const name = 'longshore_bench_plain_update'
  const client = new pg.Client({ connectionString: await on.freshDatabase(name) })
  await client.connect()
  try {
    await client.query(readFileSync(join(import.meta.dirname, 'baseline.sql'), 'utf8'))
    const table = (called: string): string => `CREATE UNLOGGED TABLE ${called} (email text, first_name text, last_name text, title text, city text, lead_score numeric, description text)`
    await client.query(table('first'))
    await pipeline(createReadStream(files.before), client.query(copyFrom('COPY first FROM STDIN (FORMAT csv, HEADER)')))
    await client.query('INSERT INTO contacts (id, email, first_name, last_name, title, city, lead_score, description, created_at) SELECT row_number() OVER (), email, first_name, last_name, title, city, lead_score, description, now() FROM first')
    await client.query(table('incoming'))
    await client.query('VACUUM ANALYZE contacts')
    const cpuBefore = on.cpuSeconds()
    const start = performance.now()
    await pipeline(createReadStream(files.after), client.query(copyFrom('COPY incoming FROM STDIN (FORMAT csv, HEADER)')))
    const between = performance.now()
    await client.query('ANALYZE incoming')
    const { rowCount } = await client.query(`UPDATE contacts c SET first_name = coalesce(i.first_name, c.first_name), last_name = coalesce(i.last_name, c.last_name), title = coalesce(c.title, i.title), city = coalesce(i.city, c.city),
      lead_score = coalesce(i.lead_score, c.lead_score), description = concat_ws(E'\\n', c.description, i.description) FROM incoming i WHERE lower(c.email) = lower(i.email)`)
    if (rowCount !== rows) throw new Error(`UPDATE … FROM changed ${rowCount} of ${rows} records`)
    return { copy: (between - start) / 1000, update: (performance.now() - between) / 1000, cpu: since(cpuBefore, on) }
  } finally {
    await client.end()
    await on.dropDatabase(name)
  }
}

/** CPU seconds of the server since a moment. */
function since(before: number | null, on: BenchServer): number | null {
  const now = on.cpuSeconds()
  return before === null || now === null ? null : now - before
}

async function productUpdate(on: BenchServer): Promise<Ours> {
  const name = 'longshore_bench_update'
  const databaseUrl = await on.freshDatabase(name)
  const data = mkdtempSync(join(tmpdir(), 'longshore-bench-'))
  const run = async (...args: string[]) => {
    const before = on.cpuSeconds()
    const { stdout, code, cost } = await runMeasured(process.execPath, [longshore, ...args, '--json', '--data', data], { ...process.env, DATABASE_URL: databaseUrl })
    if (code !== 0) throw new Error(`longshore ${args[0]} ended with ${code}: ${stdout}`)
    return { summary: JSON.parse(stdout) as { job: number; updated: number; created: number; phases: Record<string, number> }, wall: cost.wallSeconds, cpu: add(cost.cpuSeconds, since(before, on)) }
  }
  try {
    const first = await run('import', files.before, '--object', 'contacts', '--match', 'email', '--map', 'City=mailing_city')
    if (first.summary.created !== rows) throw new Error(`${first.summary.created} of ${rows} records were made`)
    const { summary, wall, cpu: updateCpu } = await run('import', files.after, '--object', 'contacts', '--operation', 'update', '--match', 'email', '--map', 'City=mailing_city',
      '--merge', 'title=if-empty', '--merge', 'description=append')
    if (summary.updated !== rows) throw new Error(`${summary.updated} of ${rows} records were updated`)
    const undo = await run('undo', String(summary.job))
    if (undo.summary.updated !== rows) throw new Error(`${undo.summary.updated} of ${rows} records went back`)
    return { update: wall, undo: undo.wall, updateCpu, undoCpu: undo.cpu, phases: summary.phases }
  } finally {
    rmSync(data, { recursive: true, force: true })
    await on.dropDatabase(name)
  }
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}
