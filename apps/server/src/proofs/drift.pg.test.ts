import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { setFailpoints } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import type { JobSummary } from '../longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const quiet = (): void => undefined
const contacts = (...lines: string[]): string => `First Name,Last Name,Email,Job Title\n${lines.join('\n')}\n`
const accounts = (...lines: string[]): string => `Last Name,Email,Company\n${lines.join('\n')}\n`
const upsert: ImportDefinitionInput = { object: 'contacts', operation: 'upsert', match: [['email']] }

describe('a plan whose records change before it is applied', () => {
  beforeAll(async () => { longshore = await openTestLongshore('drift') })
  afterAll(() => longshore.close())
  beforeEach(() => longshore.rows('TRUNCATE org.contacts, org.accounts'))

  const stored = () => longshore.rows<{ email: string; first_name: string | null; title: string | null }>('SELECT email, first_name, title FROM org.contacts WHERE deleted_at IS NULL ORDER BY email, id')

  it('a record that another import made meanwhile is updated, not made twice', async () => {
    const planned = await longshore.importText(contacts('Ada,L,ada@example.com,CEO', 'Bob,B,bob@example.com,'), upsert, { dryRun: true })
    expect(planned.counts).toMatchObject({ created: 2, updated: 0 })
    await longshore.importText(contacts('Ada,L,ADA@example.com,CTO'), { object: 'contacts' })
    const done = await longshore.apply(planned.job, quiet)
    expect([done.counts.created, done.counts.updated, done.replanned]).toEqual([1, 1, 1])
    expect(await stored()).toEqual([{ email: 'ada@example.com', first_name: 'Ada', title: 'CEO' }, { email: 'bob@example.com', first_name: 'Bob', title: null }])
    expect(resultRows(done).map(({ outcome }) => outcome)).toEqual(['updated', 'created'])
    await expect(longshore.apply(done.job, quiet), 'it is done').rejects.toMatchObject({ code: 'job.state', message: expect.stringContaining('done') })
  })

  it('insert skips a record that another import made meanwhile', async () => {
    const planned = await longshore.importText(contacts('Ada,L,ada@example.com,CEO', 'Bob,B,bob@example.com,'), { object: 'contacts', match: [['email']] }, { dryRun: true })
    await longshore.importText(contacts('Ada,L,ada@example.com,CTO'), { object: 'contacts' })
    const done = await longshore.apply(planned.job, quiet)
    expect([done.counts.created, done.counts.skipped, done.replanned]).toEqual([1, 1, 1])
    expect(await stored()).toEqual([{ email: 'ada@example.com', first_name: 'Ada', title: 'CTO' }, { email: 'bob@example.com', first_name: 'Bob', title: null }])
  })

  it('a field that another import changed meanwhile keeps what the merge rule protects, and undo gives back the newer value', async () => {
    await longshore.importText(contacts('Ada,L,ada@example.com,'), { object: 'contacts' })
    const definition: ImportDefinitionInput = { ...upsert, merge: { title: 'if-empty' } }
    const planned = await longshore.importText(contacts('Augusta,L,ada@example.com,CEO'), definition, { dryRun: true })
    expect(planned.preview?.diffs).toMatchObject([{ fields: { first_name: { from: 'Ada', to: 'Augusta' }, title: { from: null, to: 'CEO' } } }])
    await longshore.importText(contacts('Adele,L,ada@example.com,Countess'), upsert)
    const done = await longshore.apply(planned.job, quiet)
    expect([done.counts.updated, done.replanned]).toEqual([1, 1])
    expect(await stored()).toEqual([{ email: 'ada@example.com', first_name: 'Augusta', title: 'Countess' }])
    await longshore.undo(done.job, { everything: false }, quiet)
    expect(await stored()).toEqual([{ email: 'ada@example.com', first_name: 'Adele', title: 'Countess' }])
  })

  // lone rows; rows that core plans, whose rule keeps one of the fields
  it.each([{}, { merge: { tags: 'append', title: 'if-empty' } }] as const)('rows that do something else than was shown are counted and listed, rows whose record others changed beside that are not: %j', async (more) => {
    await longshore.importText('Last Name,Email,Job Title,Tags\nA,a@example.com,,x\nB,b@example.com,Boss,x\nC,c@example.com,,x\n', { object: 'contacts' })
    const definition: ImportDefinitionInput = { ...upsert, ...more }
    const planned = await longshore.importText('First Name,Email,Tags,Job Title\nAda,a@example.com,y,CEO\nBob,b@example.com,y,Boss\nCy,c@example.com,y,\nDee,d@example.com,,\n', definition, { dryRun: true })
    await longshore.importText('Email,Department,First Name\na@example.com,Engines,Augusta\nb@example.com,Engines,\n', { ...upsert, operation: 'update' })
    await longshore.importText('Last Name,Email\nD,d@example.com\n', { object: 'contacts' })
    const done = await longshore.apply(planned.job, quiet)
    const listed = await longshore.stagedRows.window(done.job, { filter: { status: 'replanned' }, start: { position: 0 }, limit: 9 })
    expect([done.counts.updated, done.replanned, listed.rows.map(({ row }) => row)]).toEqual([4, 2, [2, 5]])
    expect((await longshore.stagedRows.overview(done.job)).counts.replanned).toBe(2)
  })

  it('rows that take another link away than was shown are counted and listed, rows whose link stayed are not', async () => {
    await longshore.importText(accounts('A,a@example.com,Acme', 'B,b@example.com,Acme', 'C,c@example.com,', 'D,d@example.com,Acme', 'E,e@example.com,Globex', 'F,f@example.com,Initech'), { object: 'contacts', missingReference: 'create' })
    const planned = await longshore.importText(accounts(...['a', 'b', 'c', 'd'].map((name) => `${name.toUpperCase()},${name}@example.com,Globex`)), upsert, { dryRun: true })
    await longshore.importText('Email,Company,Department\na@example.com,Initech,\nb@example.com,,Engines\nc@example.com,Acme,\nd@example.com,Globex,\n', { ...upsert, operation: 'update' })
    const done = await longshore.apply(planned.job, quiet)
    const listed = await longshore.stagedRows.window(done.job, { filter: { status: 'replanned' }, start: { position: 0 }, limit: 9 })
    expect([planned.counts.updated, done.counts.updated, done.replanned, listed.rows.map(({ row }) => row)]).toEqual([4, 3, 3, [2, 4, 5]])
  })

  it('what a row changes is shown before it is written, and the same afterwards', async () => {
    await longshore.importText(contacts('Ada,L,ada@example.com,', 'Bob,B,bob@example.com,'), { object: 'contacts' })
    const planned = await longshore.importText(contacts('Augusta,L,ada@example.com,CEO', 'Bob,B,bob@example.com,'), upsert, { dryRun: true })
    const changes = async () => (await longshore.stagedRows.window(planned.job, { filter: { status: 'all' }, start: { position: 0 }, limit: 9 })).rows.map(({ plan }) => [plan.outcome, plan.changes])
    const shown = [['updated', { first_name: { from: 'Ada', to: 'Augusta' }, title: { from: null, to: 'CEO' } }], ['skipped', null]]
    expect(await changes()).toEqual(shown)
    expect((await longshore.apply(planned.job, quiet)).counts).toMatchObject({ updated: 1, skipped: 1 })
    expect(await changes()).toEqual(shown)
  })

  it('a record that was taken back meanwhile is made anew by an upsert and missed by an update', async () => {
    const first = await longshore.importText(contacts('Ada,L,ada@example.com,'), { object: 'contacts' })
    const planned = await longshore.importText(contacts('Augusta,L,ada@example.com,'), upsert, { dryRun: true })
    const update = await longshore.importText(contacts('Augusta,L,ada@example.com,'), { ...upsert, operation: 'update' }, { dryRun: true })
    expect([planned.counts.updated, update.counts.updated]).toEqual([1, 1])
    await longshore.undo(first.job, { everything: false }, quiet)
    const missed = await longshore.apply(update.job, quiet)
    expect([missed.counts.failed, missed.replanned, errorRows(missed).map(({ codes }) => codes)]).toEqual([1, 1, [['match.none']]])
    const done = await longshore.apply(planned.job, quiet)
    expect([done.counts.created, done.replanned]).toEqual([1, 1])
    expect(await stored()).toEqual([{ email: 'ada@example.com', first_name: 'Augusta', title: null }])
  })

  it('an account that another import made meanwhile is linked, not made twice', async () => {
    const planned = await longshore.importText(accounts('L,ada@example.com,Acme Inc.', 'B,bob@example.com,acme inc', 'C,cy@example.com,Globex'), { ...upsert, missingReference: 'create' }, { dryRun: true })
    expect(planned.counts.created).toBe(3)
    await longshore.importText('Account Name\nACME INC\n', { object: 'accounts' })
    const done = await longshore.apply(planned.job, quiet)
    expect([done.counts.created, done.related]).toEqual([3, { accounts: 1 }])
    const linked = await longshore.rows('SELECT c.email, a.name FROM org.contacts c JOIN org.accounts a ON a.id = c.account ORDER BY 1')
    expect(linked).toEqual([{ email: 'ada@example.com', name: 'ACME INC' }, { email: 'bob@example.com', name: 'ACME INC' }, { email: 'cy@example.com', name: 'Globex' }])
  })

  it('a reference that is missing no more does not fail, and one that went missing does', async () => {
    const gone = await longshore.importText('Account Name\nGlobex\n', { object: 'accounts' })
    const planned = await longshore.importText(accounts('L,ada@example.com,Acme', 'B,bob@example.com,Globex'), upsert, { dryRun: true })
    expect(planned.counts).toMatchObject({ created: 1, failed: 1 })
    await longshore.importText('Account Name\nAcme\n', { object: 'accounts' })
    await longshore.undo(gone.job, { everything: false }, quiet)
    const done = await longshore.apply(planned.job, quiet)
    expect(resultRows(done).map(({ row, outcome }) => [row, outcome])).toEqual([[2, 'created'], [3, 'failed']])
    expect(errorRows(done)).toMatchObject([{ row: 3, codes: ['reference.missing'], message: expect.stringContaining('account.name "Globex"') }])
  })

  it('writes to other objects do not make a plan anew', async () => {
    const planned = await longshore.importText(contacts('Ada,L,ada@example.com,'), upsert, { dryRun: true })
    await longshore.importText('Name\nWidget\n', { object: 'products', columns: [{ header: 'Name', field: 'name' }] })
    const done = await longshore.apply(planned.job, quiet)
    expect([done.counts.created, done.replanned]).toEqual([1, 0])
  })

  it('a plan made while another import is writing is made again, whatever that one wrote before and after', async () => {
    const people = Array.from({ length: 20 }, (_, i) => `F${i},L${i},p${i}@example.com,`)
    Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '4', LONGSHORE_APPLY_CONNECTIONS: '1' })
    let chunks = 0
    const planned: number[] = []
    const plans: JobSummary[] = []
    setFailpoints(async (name) => {
      if (name !== 'apply.after-commit' || ++chunks !== 2) return
      const plan = await longshore.importText(contacts(...people), upsert, { dryRun: true, name: 'other.csv' })
      planned.push(plan.counts.created)
      plans.push(plan)
    })
    try {
      const first = await longshore.importText(contacts(...people), { object: 'contacts' })
      expect(first.counts.created).toBe(20)
    } finally {
      setFailpoints(null)
      delete process.env['LONGSHORE_CHUNK_ROWS']
      delete process.env['LONGSHORE_APPLY_CONNECTIONS']
    }
    expect(planned[0]).toBeGreaterThan(0) // it saw some of the people and not others
    expect(planned[0]).toBeLessThan(20)
    const done = await longshore.apply(plans[0]?.job ?? 0, quiet)
    expect([done.counts.created, done.counts.skipped, done.replanned]).toEqual([0, 20, planned[0]])
    expect((await stored()).length).toBe(20)
  })

  it('a plan made while the process of the import that writes is gone is made again once that import has gone on', async () => {
    const people = ['Ada,L,ada@example.com,', 'Bob,B,bob@example.com,']
    const first = await longshore.importText(contacts(...people), { object: 'contacts' }, { dryRun: true })
    // as a process leaves it that was killed after it had become the writer
    await longshore.rows(`INSERT INTO org._writer (object, job, writes) VALUES ('contacts', $1, 5) ON CONFLICT (object) DO UPDATE SET job = excluded.job, writes = _writer.writes + 1`, [first.job])
    await longshore.rows(`UPDATE longshore.job SET seen = jsonb_build_object('contacts', (SELECT writes::text FROM org._writer WHERE object = 'contacts')) WHERE number = $1`, [first.job])
    const second = await longshore.importText(contacts(...people), upsert, { dryRun: true, name: 'other.csv' })
    expect(second.counts.created).toBe(2)
    expect((await longshore.apply(first.job, quiet)).counts.created).toBe(2)
    const done = await longshore.apply(second.job, quiet)
    expect([done.counts.created, done.replanned]).toEqual([0, 2])
    expect((await stored()).length).toBe(2)
  })

  it('two plans for the same people applied at once make each person once', async () => {
    const people = Array.from({ length: 300 }, (_, i) => `F${i},L${i},p${i}@example.com,`)
    const [one, other] = [await longshore.importText(contacts(...people), upsert, { dryRun: true }), await longshore.importText(contacts(...people.map((line) => `${line}Boss`)), upsert, { dryRun: true })]
    const done = await Promise.all([longshore.apply(one.job, quiet), longshore.apply(other.job, quiet)])
    expect(done.map(({ counts }) => counts.created).toSorted((a, b) => a - b)).toEqual([0, 300])
    expect(done.every(({ rows, counts }) => Object.values(counts).reduce((sum, n) => sum + n, 0) === rows)).toBe(true)
    expect((await stored()).length).toBe(300)
    expect(new Set((await stored()).map(({ title }) => title))).toEqual(new Set(['Boss']))
  })

  describe('is stamped with the moment at which it begins to write', () => {
    const moments = ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', '2026-01-03T00:00:00Z', '2026-01-04T00:00:00Z'] as const
    const at = (day: 0 | 1 | 2 | 3): void => { process.env['LONGSHORE_TEST_NOW'] = moments[day] }
    afterEach(() => { delete process.env['LONGSHORE_TEST_NOW']; setFailpoints(null) })
    const definition: ImportDefinitionInput = { ...upsert, missingReference: 'create', existingReference: 'update', merge: { tags: 'append' } }
    // rows that core plans, a chain of them, one that brings its own moment, one that is new, and an account that changes
    const lines = ['Ada,ada@example.com,x,,Acme,1', 'Ada,ada@example.com,y,,Acme,1', 'Bob,bob@example.com,x,2025-06-01T00:00:00Z,Acme,1', 'Cy,cy@example.com,x,,Globex,2']
    const file = `Last Name,Email,Tags,Last Modified,Company,Account Phone\n${lines.join('\n')}\n`
    const columns: ImportDefinitionInput['columns'] = [{ header: 'Account Phone', field: 'account.description' }]
    const stamps = () => longshore.rows(`SELECT last_name AS name, to_json(created_at AT TIME ZONE 'UTC')#>>'{}' AS created, to_json(updated_at AT TIME ZONE 'UTC')#>>'{}' AS updated FROM org.contacts ORDER BY email`)
    const told = (job: number) => longshore.rows(`SELECT object, to_json(at AT TIME ZONE 'UTC')#>>'{}' AS at, before ->> 'updated_at' AS before, after ->> 'updated_at' AS after FROM org._change WHERE job = $1 ORDER BY object DESC, row_number`, [job])
    const day = (n: 0 | 1 | 2 | 3): string => moments[n].replace('Z', '')
    const written = (n: 2 | 3) => [
      { name: 'Ada', created: day(0), updated: day(n) }, { name: 'Bob', created: day(0), updated: '2025-06-01T00:00:00' }, { name: 'Cy', created: day(n), updated: day(n) },
    ]
    const changes = (n: 2 | 3) => [
      { object: 'contacts', at: day(n), before: moments[0], after: moments[n] }, { object: 'contacts', at: day(n), before: null, after: null },
      { object: 'contacts', at: day(n), before: moments[0], after: '2025-06-01T00:00:00Z' }, { object: 'accounts', at: day(n), before: moments[0], after: moments[n] },
    ]

    async function planned(): Promise<JobSummary> {
      at(0)
      await longshore.importText('Last Name,Email,Company\nAda,ada@example.com,Acme\nBob,bob@example.com,Acme\n', { object: 'contacts', missingReference: 'create' })
      at(1)
      return longshore.importText(file, { ...definition, columns }, { dryRun: true })
    }

    it('not with that of its dry run, and nothing counts as planned again for it', async () => {
      const plan = await planned()
      at(2)
      const done = await longshore.apply(plan.job, quiet)
      expect([done.counts, done.replanned]).toEqual([plan.counts, 0])
      expect([await stamps(), await told(done.job)]).toEqual([written(2), changes(2)])
    })

    it.each(['apply.after-writer', 'stamp.before-commit', 'stamp.after-commit', 'apply.after-commit', 'related.after-commit'])('once, also where it is interrupted at %s and taken up later', async (place) => {
      const plan = await planned()
      at(2)
      let died = false
      setFailpoints((name) => { if (name === place && !died) { died = true; throw new Error('interrupted') } })
      await expect(longshore.apply(plan.job, quiet)).rejects.toThrow('interrupted')
      at(3)
      const done = await longshore.resume(plan.job, quiet)
      expect([died, done.counts, done.replanned]).toEqual([true, plan.counts, 0])
      expect([await stamps(), await told(done.job)]).toEqual([written(2), changes(2)])
    })

    it('once, also where an older program began it, which did not keep that', async () => {
      const plan = await planned()
      at(2)
      setFailpoints((name) => { if (name === 'apply.after-commit') throw new Error('interrupted') })
      await expect(longshore.apply(plan.job, quiet)).rejects.toThrow('interrupted')
      setFailpoints(null)
      await longshore.rows(`UPDATE longshore.job SET checkpoint = checkpoint - 'began' WHERE number = $1`, [plan.job])
      at(3)
      const done = await longshore.resume(plan.job, quiet)
      expect([await stamps(), await told(done.job)]).toEqual([written(2), changes(2)])
    })

    it('never with an earlier one than that of its plan, whatever the clock says', async () => {
      at(2)
      const plan = await longshore.importText(contacts('Ada,L,ada@example.com,'), upsert, { dryRun: true })
      at(1)
      await longshore.apply(plan.job, quiet)
      expect(await stamps()).toEqual([{ name: 'L', created: day(2), updated: day(2) }])
    })
  })
})
