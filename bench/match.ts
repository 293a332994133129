// `npm run bench:match [-- --rows 1000000 --records 10000000]`: how long a dry run takes (reading, checking, matching, planning) that
// finds which rows of a file meet an existing record by e-mail or phone, beside a plain join of the same texts. Records are made by SQL; their keys are filled as for any criterion that is used
// for the first time, by a dry run that is not timed. Row i meets record i by its e-mail, or (every fourth) by its phone alone, or (every fifth) none.
import { createWriteStream, createReadStream, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { once } from 'node:events'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openBenchServer } from './bench-server.ts'
import { runMeasured } from './process-cost.ts'
import { printTable, seconds, shortCount } from './report.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' }, records: { type: 'string', default: '10000000' } } })
const rows = Number(values.rows), records = Number(values.records)
/** A record with its keys and indexes, and the logs of writing it. */
const bytesPerRecord = 1_200

const folder = join(import.meta.dirname, '.cache')
mkdirSync(folder, { recursive: true })
const { bavail, bsize } = statfsSync(folder)
if (bavail * bsize < records * bytesPerRecord + 10e9) throw new Error(`${shortCount(records)} records need about ${Math.ceil(records * bytesPerRecord / 1e9)} GB beside 10 GB that stay free; there are ${Math.floor(bavail * bsize / 1e9)} GB`)
const longshore = join(import.meta.dirname, '../apps/cli/bin/longshore.mjs')
const list = join(folder, `match-${rows}-${records}.csv`)
await writeList()

const name = 'longshore_bench_match'
const server = await openBenchServer()
const data = mkdtempSync(join(tmpdir(), 'longshore-bench-'))
try {
  const databaseUrl = await server.freshDatabase(name)
  const run = async (...args: string[]) => {
    const before = server.cpuSeconds()
    const { stdout, code, cost } = await runMeasured(process.execPath, [longshore, ...args, '--json', '--data', data], { ...process.env, DATABASE_URL: databaseUrl })
    if (code === 2) throw new Error(`longshore ${args[0]} ended with ${code}: ${stdout}`)
    const now = server.cpuSeconds()
    return { summary: JSON.parse(stdout) as { skipped: number; created: number }, wall: cost.wallSeconds, cpu: (cost.cpuSeconds ?? NaN) + (now === null || before === null ? NaN : now - before) }
  }
  await run('job') // makes the organization and its tables
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => undefined) // its database is dropped under it when a run fails; what failed says more
  await client.connect()
  await makeRecords(client)
  const wish = ['import', list, '--object', 'contacts', '--match', 'email,phone', '--dry-run']
  const filling = await run(...wish)
  await client.query('VACUUM ANALYZE org_1.contacts')
  const load = loadavg()[0] ?? NaN
  const matched = await run(...wish)
  const met = Math.ceil(rows * 4 / 5)
  if (Math.abs(matched.summary.skipped - met) > 1 || matched.summary.skipped + matched.summary.created !== rows) throw new Error(`${matched.summary.skipped} rows met a record, and ${met} should`)
  const plain = await plainJoin(client)
  await client.end()
  printTable(['rows', 'records', 'filling keys s', 'dry run s', 'CPU s', 'plain COPY and join s', 'load before'], [[
    shortCount(rows), shortCount(records), seconds(filling.wall - matched.wall), seconds(matched.wall), seconds(matched.cpu), seconds(plain), load.toFixed(1)]])
  console.log(`dry run of ${shortCount(rows)} rows against ${shortCount(records)} records ÷ COPY and a plain join = ${(matched.wall / plain).toFixed(2)} ×`)
} finally {
  await server.dropDatabase(name)
  await server.close()
  rmSync(data, { recursive: true, force: true })
}

function phone(i: number): string {
  return `+49151${String(i).padStart(8, '0')}`
}

async function writeList(): Promise<void> {
  const out = createWriteStream(list)
  out.write('Email,Phone,Last Name\n')
  for (let i = 0; i < rows; i++) {
    const at = Math.floor(i * records / rows) // spread over all records
    const line = i % 5 === 4 ? `new${i}@example.com,,Last${i}` : i % 4 === 3 ? `other${i}@example.com,${phone(at)},Last${i}` : `person${at}@example.com,,Last${i}`
    if (!out.write(`${line}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'close')
}

async function makeRecords(client: pg.Client): Promise<void> {
  await client.query('DROP INDEX IF EXISTS org_1.contacts__k1_idx, org_1.contacts__k2_idx') // filled below, and built again as after any bulk load
  await client.query(`INSERT INTO org_1.contacts (id, created_at, updated_at, last_name, email, phone, owner)
    SELECT n, now(), now(), 'Last' || n, 'person' || n || '@example.com', '+49151' || lpad(n::text, 8, '0'), 1 FROM generate_series(0, ${records - 1}) n`)
  // the key of e-mails is in force from the beginning: filled here like one that is new
  await client.query(`UPDATE longshore.object SET definition = jsonb_set(definition::jsonb, '{matchKeys}', (SELECT jsonb_agg(k || '{"since":1}') FROM jsonb_array_elements(definition::jsonb -> 'matchKeys') k))::json WHERE name = 'contacts'`)
  await client.query('ANALYZE org_1.contacts')
}

/** The same question asked of the texts, without any of the rest: which rows have an e-mail or phone that a record has. */
async function plainJoin(client: pg.Client): Promise<number> {
  const start = performance.now()
  await client.query('CREATE TEMPORARY TABLE incoming (email text, phone text, last_name text)')
  await pipeline(createReadStream(list), client.query(copyFrom('COPY incoming FROM STDIN (FORMAT csv, HEADER)')))
  await client.query('ANALYZE incoming')
  await client.query(`CREATE TEMPORARY TABLE met AS SELECT i.email, c.id FROM incoming i JOIN org_1.contacts c ON c.email = i.email UNION ALL SELECT i.email, c.id FROM incoming i JOIN org_1.contacts c ON c.phone = i.phone`)
  return (performance.now() - start) / 1000
}
