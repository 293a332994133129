import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

const list = [
  'First,Last Name,Email,Birthday,Job Title,City',
  'Ana,Reyes,ana@example.com,03/04/1980,Web,Berlin', // 2
  'Bob,,bob@example.com,05/04/1981,Wbe,Berlin', // 3: no last name
  'Cyd,Wu,cyd(at)example.com,05/06/1982,Web,n/k', // 4: no e-mail
  'Dee,Orr,ana@example.com,07/08/1983,Wbe,', // 5: repeats row 2
  '', // 6: no row
  'Eve,Poe,eve@example.com,09/10/1984,Web,Köln', // 7
].join('\n')

describe('rows of a dry run, looked at and corrected', () => {
  let longshore: TestLongshore
  beforeAll(async () => { longshore = await openTestLongshore('fixes') })
  afterAll(() => longshore.close())

  const quiet = (): undefined => undefined
  const planned = async (): Promise<number> => (await longshore.importText(list, { object: 'contacts', match: [['email']], dates: 'dmy' }, { dryRun: true })).job
  const cell = (row: number, column: number, value: string, seen?: string) => ({ kind: 'edit', cells: [{ row, column, value, ...(seen === undefined ? {} : { seen }) }] })
  const counts = async (job: number) => (await longshore.stagedRows.overview(job)).counts

  it('counts them by what becomes of them, and every filter finds the rows that its number says', async () => {
    const job = await planned()
    expect(await counts(job)).toEqual({ rows: 5, ready: 2, warnings: 0, errors: 2, duplicates: 1, excluded: 0, replanned: 0 })
    for (const [filter, rows] of [
      [{ status: 'all' }, [2, 3, 4, 5, 7]], [{ status: 'errors' }, [3, 4]], [{ status: 'ready' }, [2, 7]], [{ status: 'duplicates' }, [5]],
      [{ status: 'all', cell: { column: 5, value: 'Wbe' } }, [3, 5]], [{ status: 'all', cell: { column: 6, value: '' } }, [5]], [{ status: 'errors', search: 'CYD' }, [4]],
      [{ status: 'all', search: 'köLN' }, [7]], [{ status: 'all', search: '%' }, []], [{ status: 'all', issue: { code: 'type.email', field: 'email' } }, [4]],
    ] as const) {
      const window = await longshore.stagedRows.window(job, { filter, start: { position: 0 }, limit: 200 })
      expect([filter, window.total, window.rows.map(({ row }) => row)]).toEqual([filter, rows.length, rows])
    }
  })

  it('gives a window from any row on, with cells, values, issues and the plan', async () => {
    const job = await planned()
    const { position, rows } = await longshore.stagedRows.window(job, { filter: { status: 'all' }, start: { row: 5 }, limit: 1 })
    expect([position, rows]).toMatchObject([3, [{ row: 5, cells: ['Dee', 'Orr', 'ana@example.com', '07/08/1983', 'Wbe', ''], original: null, leftOut: false, plan: { outcome: 'skipped', reason: 'duplicate-in-file' } }]])
    expect(rows[0]?.values).toContain('1983-08-07')
  })

  it('groups issues, and tells what a column holds', async () => {
    const job = await planned()
    const groups = await longshore.stagedRows.issueGroups(job)
    expect(groups.filter(({ severity }) => severity === 'error').map(({ code, field, rows }) => [code, field, rows])).toEqual([['required.missing', 'last_name', 1], ['type.email', 'email', 1]])
    expect(await longshore.stagedRows.facet(job, { column: 5 })).toEqual({ values: [{ value: 'Web', rows: 3 }, { value: 'Wbe', rows: 2 }], more: false, about: false })
    expect((await longshore.stagedRows.facet(job, { column: 6, search: 'BERL' })).values).toEqual([{ value: 'Berlin', rows: 2 }])
  })

  it('an edited cell is checked again, the plan is made again, and then it is imported as corrected', async () => {
    const job = await planned()
    expect(await longshore.fixes.add(job, { fix: cell(4, 3, 'cyd@example.com'), by: 'ana@example.com' })).toEqual({ number: 1, touched: 1 })
    expect(await counts(job)).toMatchObject({ errors: 1 })
    await expect(longshore.apply(job, quiet)).rejects.toMatchObject({ code: 'plan.outdated' })
    expect(await longshore.job(job)).toMatchObject({ state: 'planned', outdated: true })
    expect(await longshore.plan(job, quiet)).toMatchObject({ state: 'planned', counts: { created: 3, skipped: 1, failed: 1 } })
    const { rows: [row] } = await longshore.stagedRows.window(job, { filter: { status: 'all' }, start: { row: 4 }, limit: 1 })
    expect(row).toMatchObject({ fixes: [1], issues: [], original: ['Cyd', 'Wu', 'cyd(at)example.com', '05/06/1982', 'Web', 'n/k'] })
    expect(await longshore.apply(job, quiet)).toMatchObject({ state: 'done', counts: { created: 3, skipped: 1, failed: 1 } })
    expect(await longshore.rows(`SELECT first_name FROM org.contacts WHERE email = 'cyd@example.com' AND deleted_at IS NULL`)).toEqual([{ first_name: 'Cyd' }])
    await expect(longshore.fixes.undo(job, 1)).rejects.toMatchObject({ code: 'fix.too-late' })
    await longshore.undo(job, { everything: true }, quiet)
  })

  it('rows left out end as excluded, and what repeated them is created', async () => {
    const job = await planned()
    expect(await longshore.fixes.add(job, { fix: { kind: 'leave-out' }, rows: { status: 'errors' } })).toMatchObject({ touched: 2 })
    await longshore.fixes.add(job, { fix: { kind: 'leave-out' }, rows: [2, 3] })
    expect(await counts(job)).toMatchObject({ errors: 0, excluded: 3 })
    expect(await longshore.plan(job, quiet)).toMatchObject({ counts: { created: 2, excluded: 3, failed: 0, skipped: 0 } })
    await longshore.fixes.undo(job, 1)
    expect((await longshore.stagedRows.window(job, { filter: { status: 'excluded' }, start: { position: 0 }, limit: 9 })).rows.map(({ row }) => row)).toEqual([2, 3])
    await longshore.plan(job, quiet)
    expect(await longshore.apply(job, quiet)).toMatchObject({ counts: { created: 2, excluded: 2, failed: 1, skipped: 0 } })
    expect(await longshore.rows('SELECT row_number AS row, outcome, reason FROM org._outcome WHERE job = $1 AND outcome = 6 ORDER BY 1', [job])).toMatchObject([{ row: '2' }, { row: '3' }])
    await longshore.undo(job, { everything: true }, quiet)
  })

  it('fixes are undone in any order, and told in words', async () => {
    const job = await planned()
    await longshore.fixes.add(job, { fix: { kind: 'map-value', column: 5, from: 'Wbe', to: 'Web' } })
    await longshore.fixes.add(job, { fix: { kind: 'replace', column: 5, find: 'Web', with: 'Event' } })
    await longshore.fixes.add(job, { fix: { kind: 'fill', column: 2, value: 'Smith' }, rows: { status: 'all', issue: { code: 'required.missing', field: 'last_name' } } })
    await longshore.fixes.add(job, { fix: { kind: 'treat-as-empty', column: 6, value: 'n/k' } })
    expect((await longshore.fixes.list(job)).map(({ words, touched }) => [words, touched])).toEqual([
      ['Change "Wbe" to "Web" everywhere in "Job Title"', 2], ['Replace "Web" by "Event" in "Job Title"', 5], ['Fill "Last Name" of 1 row with "Smith"', 1], ['Treat "n/k" as empty in "City"', 1],
    ])
    await longshore.fixes.undo(job, 1)
    expect((await longshore.stagedRows.facet(job, { column: 5 })).values).toEqual([{ value: 'Event', rows: 3 }, { value: 'Wbe', rows: 2 }])
    await longshore.fixes.redo(job, 1)
    expect((await longshore.stagedRows.facet(job, { column: 5 })).values).toEqual([{ value: 'Event', rows: 5 }])
    for (const fix of [2, 4, 1, 3]) await longshore.fixes.undo(job, fix)
    expect((await longshore.stagedRows.facet(job, { column: 5 })).values).toEqual([{ value: 'Web', rows: 3 }, { value: 'Wbe', rows: 2 }])
    expect(await longshore.rows('SELECT 1 FROM org._staged WHERE job = $1 AND (fixes IS NOT NULL OR original IS NOT NULL)', [job])).toEqual([])
  })

  it('dates are read the other way', async () => {
    const job = await planned()
    const value = async () => (await longshore.stagedRows.window(job, { filter: { status: 'all' }, start: { position: 0 }, limit: 1 })).rows[0]?.values.find((one) => one?.startsWith('1980'))
    expect(await value()).toBe('1980-04-03')
    await longshore.fixes.add(job, { fix: { kind: 'read-dates', column: 4, dates: 'mdy' } })
    expect(await value()).toBe('1980-03-04')
    await longshore.fixes.undo(job, 1)
    expect(await value()).toBe('1980-04-03')
    await expect(longshore.fixes.add(job, { fix: { kind: 'read-dates', column: 1, dates: 'mdy' } })).rejects.toMatchObject({ code: 'fix.invalid', path: 'column' })
  })

  it('of two editors of one cell the later one is told who was faster', async () => {
    const job = await planned()
    await longshore.fixes.add(job, { fix: cell(7, 6, 'Cologne', 'Köln'), by: 'ana@example.com' })
    await expect(longshore.fixes.add(job, { fix: cell(7, 6, 'Koeln', 'Köln') })).rejects.toMatchObject({ code: 'fix.conflict', message: expect.stringMatching(/row 7, column 6 now says "Cologne" \(fix 1 by ana@example.com/) as string })
    const results = await Promise.allSettled(['a@example.com', 'b@example.com'].map((value) => longshore.fixes.add(job, { fix: cell(4, 3, value, 'cyd(at)example.com') })))
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  it.each([
    ['a row that is none', { fix: cell(6, 1, 'x') }, 'fix.no-rows'], ['no rows at all', { fix: { kind: 'leave-out' }, rows: { status: 'all', search: 'nobody has this' } }, 'fix.no-rows'],
    ['a row that is none to leave out', { fix: { kind: 'leave-out' }, rows: [3, 6, 7] }, 'fix.no-rows'], ['the header to leave out', { fix: { kind: 'leave-out' }, rows: [1] }, 'fix.no-rows'],
    ['rows behind the last to fill', { fix: { kind: 'fill', column: 6, value: 'x' }, rows: [7, 8] }, 'fix.no-rows'],
    ['rows for a fix that takes none', { fix: cell(2, 1, 'x'), rows: [2] }, 'fix.invalid'], ['no rows for one that needs them', { fix: { kind: 'leave-out' } }, 'fix.invalid'],
    ['a column beyond the last', { fix: cell(2, 7, 'x') }, 'fix.invalid'],
  ] as const)('refuses %s, and changes nothing', async (_, request, code) => {
    const job = await planned()
    await expect(longshore.fixes.add(job, request as Parameters<typeof longshore.fixes.add>[1])).rejects.toMatchObject({ code })
    expect(await longshore.fixes.list(job)).toEqual([])
  })

  it('rows of an import that went straight through are no longer to be corrected', async () => {
    const { job } = await longshore.importText(list, { object: 'contacts', match: [['email']], dates: 'dmy' })
    await expect(longshore.fixes.add(job, { fix: cell(2, 1, 'x') })).rejects.toMatchObject({ code: 'fix.not-reviewed' })
    await longshore.undo(job, { everything: true }, quiet)
  })

  it('an undo has no rows of a file, and says that it is one', async () => {
    const { job } = await longshore.importText(list, { object: 'contacts', match: [['email']], dates: 'dmy' })
    const undo = await longshore.undo(job, { everything: true }, quiet)
    const refusal = { code: 'rows.no-file', message: expect.stringContaining(`Job ${undo.job} is an undo of job ${job}: it has no rows of a file`) as string }
    for (const ask of [() => longshore.fixes.add(undo.job, { fix: cell(2, 4, 'x') }), () => longshore.fixes.list(undo.job), () => longshore.stagedRows.overview(undo.job)]) await expect(ask()).rejects.toMatchObject(refusal)
  })

  it('the result files and the corrected report hold what was imported, and the report goes in again', async () => {
    const job = await planned()
    await longshore.fixes.add(job, { fix: cell(3, 2, 'Ray') })
    await longshore.fixes.add(job, { fix: cell(3, 6, '=1+1') })
    await longshore.fixes.add(job, { fix: { kind: 'leave-out' }, rows: [7] })
    await expect(longshore.stagedRows.report(job)).rejects.toMatchObject({ code: 'plan.outdated' })
    await longshore.plan(job, quiet)
    const report = join(longshore.folder, 'corrected.csv')
    await (await longshore.stagedRows.report(job)).write(createWriteStream(report))
    const lines = readFileSync(report, 'utf8').replaceAll('"', '').trimEnd().split(/\r?\n/)
    expect(lines.map((line) => line.split(',').slice(0, 3).join(','))).toEqual(['Row number,Field,Error type', '2,,', '3,,', '4,email,type.email', '5,,'])
    expect(lines[2]).toContain("Bob,Ray,bob@example.com,05/04/1981,Wbe,'=1+1")
    const again = await longshore.importText(readFileSync(report), { object: 'contacts', match: [['email']], dates: 'dmy', columns: [{ header: 'City', field: 'mailing_city' }] }, { dryRun: true })
    expect(again.counts).toMatchObject({ created: 2, skipped: 1, failed: 1, excluded: 0 })
    const done = await longshore.apply(job, quiet)
    const results = readFileSync(done.artifacts.find(({ kind }) => kind === 'results')?.id ?? '', 'utf8').replaceAll('"', '')
    expect(results).toContain('Bob,Ray,bob@example.com')
    expect(results).toMatch(/Eve,Poe,.*excluded,,left out by a person/)
    await longshore.undo(job, { everything: true }, quiet)
  })
})
