import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, readCsv, resultRows } from '../testing/result-rows.ts'
import type { JobSummary } from '../longshore.ts'

/** Makes contact lists with faults and duplicates that it counts; lies beside this repository where it is developed. */
const generator = join(import.meta.dirname, '../../../../../shared/tools/gen-contacts.mjs')
const rows = 20_000

interface Truth { rows: number; bad: Record<'email' | 'date' | 'picklist' | 'required' | 'number', number>; duplicates: number }
const kindOfCode: Record<string, keyof Truth['bad']> = {
  'type.email': 'email', 'type.date-impossible': 'date', 'picklist.unknown': 'picklist', 'required.missing': 'required', 'type.number': 'number',
}

let longshore: TestLongshore
let file = ''
let truth: Truth
let job: JobSummary

describe.skipIf(!existsSync(generator))('20,000 contacts with counted faults (skipped where ../shared is absent)', { concurrent: false }, () => {
  beforeAll(async () => {
    longshore = await openTestLongshore('generated')
    file = join(longshore.folder, 'contacts.csv')
    const counts = join(longshore.folder, 'truth.json')
    execFileSync(process.execPath, [generator, '--rows', String(rows), '--seed', '7', '--dirty', '0.02', '--dup', '0.03', '--truth', counts, '--out', file])
    truth = JSON.parse(readFileSync(counts, 'utf8')) as Truth
    job = await longshore.import({ file, dryRun: false, resultsDirectory: join(longshore.folder, 'results'), definition: {
      object: 'contacts', match: [['email']], missingReference: 'create', results: { formats: ['csv', 'json', 'ndjson'] },
    } }, () => undefined)
  })
  afterAll(() => longshore?.close())

  it('fails the bad rows by kind, skips the duplicates and creates the rest', () => {
    const found: Record<string, number> = { email: 0, date: 0, picklist: 0, required: 0, number: 0 }
    for (const { codes } of errorRows(job)) for (const code of codes) found[kindOfCode[code] ?? code] = (found[kindOfCode[code] ?? code] ?? 0) + 1
    expect(found).toEqual(truth.bad)
    const bad = Object.values(truth.bad).reduce((sum, n) => sum + n, 0)
    expect([job.rows, job.counts]).toEqual([rows, { created: rows - bad - truth.duplicates, updated: 0, deleted: 0, skipped: truth.duplicates, flagged: 0, failed: bad, excluded: 0 }])
  })

  it('names each row once in its results, with the row that a duplicate repeats', () => {
    const results = resultRows(job)
    expect(results.map(({ row }) => row)).toEqual(Array.from({ length: rows }, (_, i) => i + 2))
    const source = readCsv(file)
    expect(results.every(({ cells }, i) => JSON.stringify(cells) === JSON.stringify(source[i + 1]))).toBe(true)
    for (const { reason, cells } of results.filter(({ outcome }) => outcome === 'skipped')) {
      const repeated = Number(/^repeats row (\d+) of this file$/.exec(reason)?.[1])
      expect(source[repeated - 1]?.[3]?.toLowerCase()).toBe(cells[3]?.toLowerCase())
    }
  })

  it('says the same in CSV, JSON and NDJSON', () => {
    const of = (format: string): string => readFileSync(job.results.find((path) => path.endsWith(`results.${format}`)) ?? '', 'utf8')
    const json = JSON.parse(of('json')) as Record<string, string>[]
    const lines = of('ndjson').trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, string>)
    expect(lines).toEqual(json)
    expect(json.map((row) => [Number(row['Row number']), row['Outcome'], row['Record ID'] ?? null])).toEqual(resultRows(job).map(({ row, outcome, record }) => [row, outcome, record]))
  })

  it('keeps each created record as its row says, with the account that it names', async () => {
    const created = resultRows(job).filter(({ outcome }) => outcome === 'created')
    const stored = await longshore.rows<Record<string, string | null>>(`SELECT c.id::text, c.external_id, c.last_name, c.email, a.name AS company, c.mailing_city, c.birthdate::text, c.lead_score::text,
      c.email_opt_out::text, c.description, coalesce(c.phone_source, c.phone) AS phone_typed FROM org.contacts c LEFT JOIN org.accounts a ON a.id = c.account ORDER BY c.id`)
    const key = (name: string | null | undefined): string => (name ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()
    const wanted = created.map(({ record, cells }) => [record, cells[0], cells[2], cells[3], key(cells[6]), cells[9], cells[14], cells[15], cells[16], cells[17], cells[4]].map((cell) => cell || null))
    const found = stored.map((row) => [row['id'], row['external_id'], row['last_name'], row['email'], key(row['company']), row['mailing_city'], row['birthdate'], row['lead_score'], row['email_opt_out'],
      row['description'], row['phone_typed']].map((cell) => cell || null))
    expect(found.filter((row, i) => JSON.stringify(row) !== JSON.stringify(wanted[i])).slice(0, 3)).toEqual([])
    expect(found.length).toBe(wanted.length)
  })

  it('the same file again creates nothing', async () => {
    const again = await longshore.import({ file, dryRun: false, definition: { object: 'contacts', match: [['email']], missingReference: 'create' } }, () => undefined)
    const nameless = (await longshore.rows<{ n: number }>('SELECT count(*)::integer AS n FROM org.contacts WHERE email IS NULL AND id >> 35 = $1', [job.job]))[0]?.n
    // rows without an address have nothing to be recognized by
    expect(again.counts).toMatchObject({ created: nameless, failed: job.counts.failed, skipped: rows - job.counts.failed - (nameless ?? 0) })
    await longshore.undo(again.job, { everything: false }, () => undefined)
  })

  it('undo leaves no contact and no account behind', async () => {
    const undo = await longshore.undo(job.job, { everything: false }, () => undefined)
    expect([undo.state, undo.counts.failed, undo.kept ?? 0]).toEqual(['done', 0, 0])
    for (const object of ['contacts', 'accounts']) {
      const out = join(longshore.folder, `${object}.ndjson`)
      expect((await longshore.export({ object, where: [], format: 'ndjson', out, replace: true, formulaGuard: true }, () => undefined)).rows).toBe(0)
    }
    expect((await longshore.job(job.job)).state).toBe('undone')
  })
})
