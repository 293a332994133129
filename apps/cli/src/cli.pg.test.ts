import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { binary, cleanEnvironment, printedJson, runLongshore } from './testing/binary.ts'

const sample = fileURLToPath(new URL('../../../fixtures/sample-contacts.csv', import.meta.url))

/** What is in the shipped sample: 200 people, of whom seven have faults and two come twice. */
const failedRows = [18, 37, 52, 71, 96, 120, 143]
const duplicateRows = [88, 164]
const expected = { rows: 200, created: 191, skipped: 2, failed: 7, updated: 0, deleted: 0, flagged: 0, excluded: 0 }

let folder = ''
let server: ChildProcess
let said = ''
let url = ''

/** The real binary, on a data directory of its own, told as one story: each test goes on where the one before ended. */
describe('longshore from the first start to the last', { concurrent: false }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'longshore-story-'))
    server = spawn(process.execPath, [binary, 'start', '--port', '0'], { cwd: folder, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
    url = await new Promise<string>((resolve, reject) => {
      server.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said += text
        const found = /running at (http:\S+)/.exec(said)?.[1]
        if (found) resolve(found)
      })
      server.stderr?.setEncoding('utf8').on('data', (text: string) => { said += text })
      server.once('exit', (code) => reject(new Error(`longshore start ended with ${code}: ${said}`)))
    })
  })
  afterAll(async () => {
    await stop(server)
    rmSync(folder, { recursive: true, force: true })
  })

  it('the first start imports the sample and says what happened to every row, and where the files are', () => {
    expect(said).toMatch(/200 rows\n +191 created\n +2 skipped[^\n]*\n +7 failed/)
    expect(said).toMatch(/Result files\n +\S+\.csv/)
    expect(said).toMatch(/longshore undo 1/)
  })

  it('there is a page, the files of the job can be fetched, and health is ok', async () => {
    const page = await fetch(url) // the web app where one is built, else the plain page
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Longshore')])
    const { artifacts } = await (await fetch(new URL('v1/jobs/1', url))).json() as { artifacts: { name: string }[] }
    expect(artifacts.length).toBeGreaterThan(0)
    for (const { name } of artifacts) {
      const file = await fetch(new URL(`v1/jobs/1/artifacts/${encodeURIComponent(name)}`, url))
      expect([file.status, file.headers.get('content-disposition')?.startsWith('attachment'), (await file.text()).length > 0]).toEqual([200, true, true])
    }
    const health = await fetch(new URL('health', url))
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok', database: expect.stringMatching(/^PostgreSQL \d+/), version: expect.any(String) }])
  })

  it('job shows it with counts that add up to the rows', async () => {
    const { jobs } = printedJson(await longshore('job'))
    expect(jobs).toEqual([expect.objectContaining({ job: 1, state: 'done', ...expected })])
    expect(printedJson(await longshore('job', '1'))).toMatchObject({ job: 1, ...expected, definition: { object: 'contacts', match: [['email']], missingReference: 'create' } })
  })

  it('the results name each row once, with the outcome that it had', () => {
    const results = resultsOf(1)
    expect(results).toHaveLength(expected.rows)
    expect(rowsWith(results, 'failed')).toEqual(failedRows)
    expect(rowsWith(results, 'skipped')).toEqual(duplicateRows)
  })

  it('export gives back as many records as were created', async () => {
    const out = join(folder, 'contacts.csv')
    expect(printedJson(await longshore('export', '--object', 'contacts', '--fields', 'email,last_name,account.name', '--out', out, '--json'), 0)).toMatchObject({ rows: 191, file: out })
    const { data } = Papa.parse<string[]>(readFileSync(out, 'utf8').trimEnd())
    expect([data.length, data[0]]).toEqual([192, ['email', 'last_name', 'account.name']])
    const emails = new Set(data.slice(1).map(([email]) => email))
    expect(emails).toEqual(new Set(peopleOfSample().filter(({ row }) => !failedRows.includes(row) && !duplicateRows.includes(row)).map(({ email }) => email.toLowerCase())))
  })

  it('an export whose reader goes away is not a success', async () => {
    const child = spawn(process.execPath, [binary, 'export', '--object', 'contacts', '--out', '-'], { cwd: folder, env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.destroy()
    let words = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => { words += text })
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2)
    expect(words).toContain('went away')
  })

  it('the same list again, by the definition of the job, creates nothing', async () => {
    const definition = join(folder, 'again.json')
    writeFileSync(definition, (await longshore('job', '1', '--definition')).stdout)
    const again = printedJson(await longshore('import', sample, '--definition', definition, '--json'), 1)
    expect(again).toMatchObject({ state: 'done', rows: 200, created: 0, updated: 0, skipped: 193, failed: 7, related: {} })
  })

  it('undo --preview says what would happen and changes nothing; undo does it; export is empty then', async () => {
    expect(printedJson(await longshore('undo', '1', '--preview', '--json'), 0)).toMatchObject({ job: 1, binned: 191, restored: 0, keptCount: 0 })
    expect(await stateOf(1)).toBe('done')
    expect(printedJson(await longshore('undo', '1', '--json'), 0)).toMatchObject({ state: 'done', kind: 'undo', undoes: 1, failed: 0 })
    expect(await stateOf(1)).toBe('undone')
    for (const object of ['contacts', 'accounts']) {
      expect(printedJson(await longshore('export', '--object', object, '--out', join(folder, `${object}.json`), '--json'), 0)).toMatchObject({ rows: 0 })
    }
  })

  it('a dry run plans what apply then does', async () => {
    const planned = printedJson(await longshore('import', sample, '--object', 'contacts', '--match', 'email', '--missing-reference', 'create', '--dry-run', '--json'), 1)
    expect(planned).toMatchObject({ state: 'planned', ...expected })
    expect(planned.preview.firstRows.length).toBeGreaterThan(0)
    expect(printedJson(await longshore('export', '--object', 'contacts', '--out', '-', '--json').then((result) => ({ ...result, stdout: result.stderr })), 0)).toMatchObject({ rows: 0 })
    const applied = printedJson(await longshore('apply', String(planned.job), '--json'), 1)
    expect(applied).toMatchObject({ job: planned.job, state: 'done', ...expected, replanned: 0, related: planned.related })
  })

  it('results go where --results says', async () => {
    const results = join(folder, 'results here')
    const done = printedJson(await longshore('import', sample, '--object', 'contacts', '--match', 'email', '--missing-reference', 'create', '--results', results, '--result-formats', 'csv,ndjson', '--json'), 1)
    expect(done.results.length).toBeGreaterThan(1)
    for (const file of done.results) expect([file.startsWith(results), existsSync(file)]).toEqual([true, true])
  })

  it.each([
    ['an object that does not exist', ['import', sample, '--object', 'contcts'], /contacts/],
    ['a job that does not exist', ['job', '999'], /999/],
    ['a port in use', ['start', '--empty', '--port', () => new URL(url).port], /in use/],
  ] as const)('%s is refused with exit code 2', async (_name, args, words) => {
    const { code, stdout, stderr } = await longshore(...args.map((arg) => (typeof arg === 'function' ? arg() : arg)))
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(words) })
  })

  it('Ctrl-C ends start with code 0, and the next command finds everything in place', async () => {
    expect(await stop(server)).toBe(0)
    const { jobs } = printedJson(await longshore('job'))
    const numbers = jobs.map(({ job }: { job: number }) => job)
    expect(numbers).toEqual(numbers.toSorted((a: number, b: number) => b - a))
    expect(numbers).toContain(1)
  })
})

const longshore = (...args: string[]) => runLongshore(folder, ...args)

/** As the server says that runs all the while. */
async function stateOf(job: number): Promise<string> {
  return ((await (await fetch(new URL(`v1/jobs/${job}`, url))).json()) as { state: string }).state
}

function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode)
  return new Promise((resolve) => {
    child.removeAllListeners('exit')
    child.once('exit', (code) => resolve(code))
    child.kill('SIGINT')
  })
}

function peopleOfSample(): { row: number; email: string }[] {
  const { data } = Papa.parse<string[]>(readFileSync(sample, 'utf8').trimEnd())
  const email = data[0]?.indexOf('Email') ?? -1
  return data.slice(1).map((cells, position) => ({ row: position + 2, email: cells[email] ?? '' }))
}

function resultsOf(job: number): Record<string, string>[] {
  const file = said.split('\n').map((line) => line.trim()).find((line) => line.endsWith('.csv') && line.includes('results') && !line.includes('error'))
  if (!file) throw new Error(`the report of job ${job} names no results: ${said}`)
  return Papa.parse<Record<string, string>>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true }).data
}

function rowsWith(results: Record<string, string>[], outcome: string): number[] {
  return results.filter((row) => Object.values(row).includes(outcome)).map((row) => Number(row['Row number']))
}
