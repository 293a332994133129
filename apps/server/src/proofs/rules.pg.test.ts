import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const contacts = (definition: Omit<ImportDefinitionInput, 'object'> = {}): ImportDefinitionInput => ({ object: 'contacts', match: [['email']], ...definition })
const stored = (columns: string) => longshore.rows<Record<string, unknown>>(`SELECT ${columns} FROM org.contacts WHERE deleted_at IS NULL ORDER BY id`)
const undo = (job: number) => longshore.undo(job, { everything: false }, () => undefined)

beforeAll(async () => { longshore = await openTestLongshore('rules') })
afterAll(() => longshore.close())
beforeEach(() => longshore.rows('TRUNCATE org.contacts, org.accounts, org._change, org._review'))

describe('duplicate strategies', () => {
  const before = 'Last Name,Email,Job Title,Last Modified\nLovelace,ada@example.com,CEO,2025-02-01\nHopper,grace@example.com,Admiral,2025-02-01\n'
  const file = 'Last Name,Email,Job Title,Last Modified\nByron,ada@example.com,Countess,2025-03-01\nMurray,grace@example.com,Rear Admiral,2025-01-01\nTuring,alan@example.com,,2025-01-01\n'
  // [strategy, outcomes by row, titles afterwards]
  it.each([
    ['skip', ['skipped', 'skipped', 'created'], ['CEO', 'Admiral', null]],
    ['update', ['updated', 'updated', 'created'], ['Countess', 'Rear Admiral', null]],
    ['update-if-newer', ['updated', 'skipped', 'created'], ['Countess', 'Admiral', null]],
    ['create', ['created', 'created', 'created'], ['CEO', 'Admiral', 'Countess', 'Rear Admiral', null]],
    ['flag', ['flagged', 'flagged', 'created'], ['CEO', 'Admiral', 'Countess', 'Rear Admiral', null]],
  ] as const)('%s', async (onDuplicate, outcomes, titles) => {
    await longshore.importText(before, contacts())
    const records = await stored('*')
    const job = await longshore.importText(file, contacts({ onDuplicate }))
    expect(resultRows(job).map(({ outcome }) => outcome)).toEqual(outcomes)
    expect((await stored('title')).map(({ title }) => title)).toEqual(titles)
    const taken = await undo(job.job)
    expect([taken.state, taken.kept, await stored('*')]).toEqual(['done', 0, records])
  })

  it('tells rows that are skipped apart by their reasons, in the plan and after it', async () => {
    await longshore.importText('Last Name,Email\nLovelace,reasons@example.com\n', contacts())
    const text = 'Last Name,Email\nKing,reasons@example.com\nNew,newcomer@example.com\nNew,newcomer@example.com\nNew,NEWCOMER@example.com\n'
    const { job } = await longshore.importText(text, contacts(), { dryRun: true })
    const reasons = { 'duplicate-in-file': 2, 'duplicate-in-store': 1 }
    expect((await longshore.job(job)).skippedFor).toEqual(reasons)
    await longshore.apply(job, () => undefined)
    expect((await longshore.job(job)).skippedFor).toEqual(reasons)
    expect((await longshore.importText('Last Name,Email\nLovelace,reasons@example.com\n', { ...contacts(), operation: 'upsert' })).skippedFor).toEqual({ 'nothing-to-change': 1 })
  })

  it('an older row is skipped, and says so', async () => {
    await longshore.importText(before, contacts())
    const job = await longshore.importText(file, contacts({ onDuplicate: 'update-if-newer' }))
    expect(resultRows(job)[1]?.reason).toBe('the record is newer')
  })

  it('a flagged row names the records that it meets, in the file and in the store', async () => {
    await longshore.importText(before, contacts())
    const job = await longshore.importText('Last Name,Email\nA,ada@example.com\nB,ada@example.com\nC,new@example.com\nD,new@example.com\n', contacts({ onDuplicate: 'flag' }))
    expect(job.counts).toMatchObject({ flagged: 3, created: 1 })
    const pairs = await longshore.rows<{ one: string; two: string; reason: unknown }>(`SELECT a.last_name AS one, b.last_name AS two, r.reason FROM org._review r
      JOIN org.contacts a ON a.id = r.record JOIN org.contacts b ON b.id = r.other ORDER BY a.id, b.id`)
    expect(pairs.map(({ one, two }) => `${one} ${two}`)).toEqual(['A Lovelace', 'B Lovelace', 'B A', 'D C'])
    expect(pairs[0]?.reason).toEqual({ criterion: 'email' })
    expect(job.issues?.map(({ code, count }) => [code, count])).toEqual([['match.flagged', 3]])
  })

  it.each([
    ['fail', 'failed', ['old', 'new']], ['oldest', 'updated', ['X', 'new']], ['newest', 'updated', ['old', 'X']], ['flag', 'flagged', ['old', 'new', 'X']],
  ] as const)('several matches: %s', async (onSeveral, outcome, titles) => {
    await longshore.importText('Last Name,Email,Job Title,Created\nOne,ada@example.com,old,2020-01-01\nTwo,ada@example.com,new,2021-01-01\n', contacts({ onDuplicate: 'create', columns: [{ header: 'Created', field: 'created_at' }] }))
    const job = await longshore.importText('Last Name,Email,Job Title\nThree,ada@example.com,X\n', contacts({ onDuplicate: 'update', onSeveral }))
    expect(resultRows(job).map((row) => row.outcome)).toEqual([outcome])
    expect((await stored('title')).map(({ title }) => title)).toEqual(titles)
  })
})

describe('merge rules', () => {
  const header = 'Last Name,Email,Job Title,Department,Tags,Description,Last Modified\n'
  const first = `${header}Lovelace,ada@example.com,CEO,,a; b,Met in May.,2025-02-01\n`

  it('decide field by field, and the plan shows old and new', async () => {
    await longshore.importText(first, contacts())
    const definition = contacts({ operation: 'upsert', merge: { title: 'never', department: 'if-empty', tags: 'append', description: 'append' } })
    const planned = await longshore.importText(`${header}King,ada@example.com,CFO,Finance,B; c,Called.,2025-03-01\n`, definition, { dryRun: true })
    expect(planned.preview?.diffs[0]?.fields).toEqual({
      last_name: { from: 'Lovelace', to: 'King' }, department: { from: null, to: 'Finance' }, tags: { from: 'a; b', to: 'a; b; c' },
      description: { from: 'Met in May.', to: 'Met in May.\nCalled.' },
    })
    const job = await longshore.apply(planned.job, () => undefined)
    expect(job.counts.updated).toBe(1)
    expect(await stored('last_name, title, department, tags, description')).toEqual([{ last_name: 'King', title: 'CEO', department: 'Finance', tags: ['a', 'b', 'c'], description: 'Met in May.\nCalled.' }])
  })

  it('if-newer looks at the age of each field', async () => {
    await longshore.importText(first, contacts())
    const newer = contacts({ operation: 'update', merge: { title: 'if-newer', department: 'if-newer', last_name: 'if-newer' } })
    await longshore.importText('Email,Job Title,Last Modified\nada@example.com,CTO,2025-05-01\n', contacts({ operation: 'update' }))
    const job = await longshore.importText('Email,Job Title,Department,Last Modified\nada@example.com,COO,Sales,2025-04-01\n', newer)
    expect([job.counts.updated, await stored('title, department')]).toEqual([1, [{ title: 'CTO', department: 'Sales' }]])
    const again = await longshore.importText('Email,Department,Last Modified\nada@example.com,Support,2025-03-15\n', newer)
    expect([again.counts.skipped, await stored('department')]).toEqual([1, [{ department: 'Sales' }]])
    // what an undo took back counts as if it had not been
    await undo(job.job)
    const third = await longshore.importText('Email,Department,Last Modified\nada@example.com,Support,2025-03-15\n', newer)
    expect([third.counts.updated, await stored('title, department')]).toEqual([1, [{ title: 'CTO', department: 'Support' }]])
  })

  it('a record that one row updates keeps its moment beside one that several rows update', async () => {
    await longshore.importText('Last Name,Email,Last Modified\nA,a@example.com,2020-01-01\nB,b@example.com,2020-01-01\n', contacts())
    await longshore.importText('Email,Job Title,Last Modified\na@example.com,1,2021-01-01\nb@example.com,1,2022-01-01\na@example.com,2,2023-01-01\n', contacts({ operation: 'update' }))
    expect(await stored('title, extract(year FROM updated_at)::integer AS updated, extract(year FROM as_of)::integer AS as_of')).toEqual([{ title: '2', updated: 2023, as_of: 2023 }, { title: '1', updated: 2022, as_of: 2022 }])
  })

  it('undo takes out what append added and leaves what others added since', async () => {
    await longshore.importText(first, contacts())
    const append = contacts({ operation: 'update', merge: { tags: 'append', description: 'append' } })
    const job = await longshore.importText('Email,Tags,Description\nada@example.com,c,Called.\n', append)
    await longshore.importText('Email,Tags,Description\nada@example.com,d,Wrote.\n', append)
    const taken = await undo(job.job)
    expect([taken.kept, await stored('tags, description')]).toEqual([0, [{ tags: ['a', 'b', 'd'], description: 'Met in May.\nWrote.' }]])
  })

  it('a text that would grow beyond its field fails its row', async () => {
    await longshore.importText(`Last Name,Email,Description\nLovelace,ada@example.com,${'x'.repeat(131_000)}\n`, contacts())
    const job = await longshore.importText(`Email,Description\nada@example.com,${'y'.repeat(100)}\n`, contacts({ operation: 'update', merge: { description: 'append' } }))
    expect([job.counts.failed, errorRows(job).map(({ codes }) => codes)]).toEqual([1, [['merge.too-long']]])
  })

  it('an empty cell clears only where the column says so', async () => {
    await longshore.importText(first, contacts())
    const file = 'Email,Job Title,Description\nada@example.com,,\n'
    const job = await longshore.importText(file, contacts({ operation: 'update', columns: [{ header: 'Job Title', field: 'title', blankClears: true }] }))
    expect([job.counts.updated, await stored('title, description')]).toEqual([1, [{ title: null, description: 'Met in May.' }]])
  })
})

describe('deleting', () => {
  const people = 'Last Name,Email\nLovelace,ada@example.com\nHopper,grace@example.com\nTuring,alan@example.com\n'

  it('moves what matches to the bin; what matches nothing fails; undo brings it back', async () => {
    await longshore.importText(people, contacts())
    const before = await stored('*')
    // a cell that is off is no reason to keep a record: only the match columns count
    const job = await longshore.importText('Email,Birthdate\nada@example.com,31 February\nnobody@example.com,\nADA@example.com,\ngrace@example.com,\n', contacts({ operation: 'delete' }))
    expect(resultRows(job).map(({ outcome }) => outcome)).toEqual(['deleted', 'failed', 'skipped', 'deleted'])
    expect(errorRows(job).map(({ codes }) => codes)).toEqual([['match.none']])
    expect(await stored('last_name')).toEqual([{ last_name: 'Turing' }])
    const preview = await longshore.undoPreview(job.job, { everything: false })
    expect(preview).toMatchObject({ revived: 2, binned: 0, restored: 0 })
    const taken = await undo(job.job)
    expect([taken.counts.created, await stored('*')]).toEqual([2, before])
  })

  it('a plan of a delete shows what will go, and nothing is written before it is applied', async () => {
    await longshore.importText(people, contacts())
    const planned = await longshore.importText('Email\nada@example.com\n', contacts({ operation: 'delete' }), { dryRun: true })
    expect([planned.counts.deleted, (await stored('id')).length]).toEqual([1, 3])
    expect((await longshore.apply(planned.job, () => undefined)).counts.deleted).toBe(1)
  })

  it('a row that only a deleted record matches goes on, and names it', async () => {
    await longshore.importText(people, contacts())
    await longshore.importText('Email\nada@example.com\ngrace@example.com\n', contacts({ operation: 'delete' }))
    const job = await longshore.importText('Last Name,Email\nKing,ada@example.com\nNew,new@example.com\n', contacts({ operation: 'upsert' }))
    const { records: [binned] } = await longshore.bin({ object: 'contacts', limit: 1 })
    expect([job.counts.created, job.warnings]).toEqual([2, 1])
    expect(await longshore.rows('SELECT row_number::integer AS row, code, message FROM org._issue WHERE job = $1', [job.job])).toEqual([
      { row: 2, code: 'match.binned', message: expect.stringContaining(`record ${binned?.record} in the bin has the same email "ada@example.com"`) }])
    const missed = await longshore.importText('Email,Job Title\ngrace@example.com,Admiral\n', contacts({ operation: 'update' }))
    expect([missed.counts.failed, missed.warnings]).toEqual([1, 1])
  })

  it('a list that comes again after its import was taken back is told of none of what the undo took', async () => {
    const first = await longshore.importText(people, contacts())
    await longshore.undo(first.job, { everything: false }, () => undefined)
    const again = await longshore.importText(people, contacts())
    expect([again.counts.created, again.warnings]).toEqual([first.counts.created, 0])
    // what somebody deleted is named, also where an import that brought it back was taken back since
    await longshore.rows('TRUNCATE org.contacts')
    await longshore.importText(people, contacts())
    await longshore.importText('Email\nada@example.com\n', contacts({ operation: 'delete' }))
    const back = await longshore.importText('Last Name,Email\nKing,ada@example.com\n', contacts({ operation: 'upsert', restoreBinned: true }))
    await longshore.undo(back.job, { everything: false }, () => undefined)
    expect((await longshore.importText('Last Name,Email\nKing,ada@example.com\n', contacts({ operation: 'upsert' }))).warnings).toBe(1)
  })

  it('a row that a live record meets is told of none in the bin, whatever becomes of it', async () => {
    await longshore.importText(people, contacts())
    await longshore.importText('Email\nada@example.com\ngrace@example.com\n', contacts({ operation: 'delete' }))
    await longshore.importText('Last Name,Email\nKing,ada@example.com\n', { object: 'contacts' })
    const job = await longshore.importText('Last Name,Email\nKing,ada@example.com\nNew,grace@example.com\n', contacts({ onDuplicate: 'create' }))
    expect([job.counts.created, await longshore.rows(`SELECT row_number::integer AS row FROM org._issue WHERE job = $1 AND code = 'match.binned'`, [job.job])]).toEqual([2, [{ row: 3 }]])
  })

  it('a hard delete leaves nothing of the record but that it was, and cannot be undone', async () => {
    await longshore.importText(people, contacts())
    await longshore.importText('Email,Job Title\nada@example.com,CEO\n', contacts({ operation: 'update' }))
    const job = await longshore.importText('Email\nada@example.com\n', contacts({ operation: 'hard-delete', confirmHardDelete: true }))
    expect(job.counts.deleted).toBe(1)
    expect(await longshore.rows('SELECT 1 FROM org.contacts WHERE email = $1', ['ada@example.com'])).toEqual([])
    expect(await longshore.rows('SELECT kind, before, after FROM org._change')).toEqual([{ kind: 'purge', before: null, after: null }])
    await expect(undo(job.job)).rejects.toMatchObject({ code: 'undo.hard-delete' })
  })
})

describe('backup before an update', () => {
  it('saves the records that will change, all their fields, and can be loaded back', async () => {
    await longshore.importText('Last Name,Email,Job Title,Tags\nLovelace,ada@example.com,CEO,a; b\nHopper,grace@example.com,Admiral,\nTuring,alan@example.com,,\n', contacts())
    const before = await stored('last_name, title, tags')
    const job = await longshore.importText('Last Name,Email,Job Title,Tags\nLovelace,ada@example.com,CFO,c\nNew,new@example.com,,\nTuring,alan@example.com,Fellow,x\n', contacts({ operation: 'upsert', backup: true }))
    expect(job.counts).toMatchObject({ updated: 2, created: 1 })
    const path = job.results.find((file) => file.endsWith('backup.csv')) ?? ''
    const saved = readFileSync(path, 'utf8')
    expect(saved.trim().split('\n')).toHaveLength(3)
    const back = await longshore.importText(saved, contacts({ operation: 'update', columns: [{ header: 'tags', field: 'tags', blankClears: true }, { header: 'title', field: 'title', blankClears: true }] }), { name: 'backup.csv' })
    expect([back.counts.updated, (await stored('last_name, title, tags')).slice(0, 3)]).toEqual([2, before])
  })

  it('writes no file where nothing of a record changes', async () => {
    const job = await longshore.importText('Last Name,Email\nNew,new@example.com\n', contacts({ operation: 'upsert', backup: true }))
    expect([job.counts.created, job.results.filter((file) => file.includes('backup'))]).toEqual([1, []])
    expect(readdirSync(join(longshore.folder, 'results')).filter((file) => file.startsWith(`job-${job.job}-backup`))).toEqual([])
  })

  it('saves what a plan that is made again changes beside the first, before it is written', async () => {
    Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '1', LONGSHORE_APPLY_CONNECTIONS: '1' })
    try {
      await longshore.importText('Last Name,Email,Job Title\nLovelace,ada@example.com,CEO\nTuring,alan@example.com,\n', contacts())
      const stopping = new AbortController()
      const file = 'Last Name,Email,Job Title\nLovelace,ada@example.com,CFO\nHopper,grace@example.com,Admiral\nTuring,alan@example.com,Fellow\n'
      const paused = await longshore.importText(file, contacts({ operation: 'upsert', backup: true }), { watch: ({ phase, done }) => { if (phase === 'applying' && done >= 2) stopping.abort() }, signal: stopping.signal })
      expect(paused.state).toBe('paused')
      await longshore.importText('Last Name,Email,Job Title\nHopper,grace@example.com,Captain\n', contacts())
      const job = await longshore.resume(paused.job, () => undefined)
      expect(job.counts).toMatchObject({ updated: 3, created: 0 })
      const saved = job.results.filter((path) => path.includes('backup')).map((path) => readFileSync(path, 'utf8').trim().split('\n').slice(1))
      expect(saved.map((lines) => lines.map((line) => /[a-z]+@example.com/.exec(line)?.[0]))).toEqual([['ada@example.com', 'alan@example.com'], ['alan@example.com', 'grace@example.com']])
      expect(saved[1]?.join()).toContain('Captain')
    } finally {
      delete process.env['LONGSHORE_CHUNK_ROWS']
      delete process.env['LONGSHORE_APPLY_CONNECTIONS']
    }
  })
})

describe('transforms', () => {
  it('combine, split, convert and map values on the way in, and the definition repeats it', async () => {
    const file = 'Given,Middle,Family,Born,Score,Place,Source\nAda,King,LOVELACE,10.12.1815,"1.234,5",London / ENG / UK,Expo\nGrace,,HOPPER,09.12.1906,7,,Web\n'
    const definition: ImportDefinitionInput = {
      object: 'contacts', defaults: { mailing_country: 'US' }, columns: [
        { header: 'Given', field: 'first_name', combine: { with: ['Middle'], separator: ' ' } },
        { header: 'Family', field: 'last_name', transforms: [{ kind: 'case', to: 'title' }] },
        { header: 'Born', field: 'birthdate', transforms: [{ kind: 'date', format: 'DD.MM.YYYY' }] },
        { header: 'Score', field: 'lead_score', transforms: [{ kind: 'number', decimal: ',' }] },
        { header: 'Place', field: null, split: { by: '/', into: ['mailing_city', 'mailing_state', 'mailing_country'] } },
        { header: 'Source', field: 'lead_source', transforms: [{ kind: 'value-map', values: { Expo: 'Trade Show' }, otherwise: 'keep' }] },
      ],
    }
    const job = await longshore.importText(file, definition)
    const expected = [
      { first_name: 'Ada King', last_name: 'Lovelace', birthdate: '1815-12-10', lead_score: '1234.5', mailing_city: 'London', mailing_state: 'ENG', mailing_country: 'UK', lead_source: 'Trade Show' },
      { first_name: 'Grace', last_name: 'Hopper', birthdate: '1906-12-09', lead_score: '7', mailing_city: null, mailing_state: null, mailing_country: 'US', lead_source: 'Web' },
    ]
    const columns = 'first_name, last_name, birthdate::text, lead_score::text, mailing_city, mailing_state, mailing_country, lead_source'
    expect([job.counts.created, job.leftOut, await stored(columns)]).toEqual([2, [], expected])
    await longshore.rows('TRUNCATE org.contacts')
    await longshore.importText(file, job.definition as ImportDefinitionInput)
    expect(await stored(columns)).toEqual(expected)
  })
})

describe('owners', () => {
  beforeAll(() => longshore.rows(`INSERT INTO longshore.member (organization, email, name) VALUES (1, 'ann@example.com', 'Ann'), (1, 'bea@example.com', 'Bea') ON CONFLICT DO NOTHING`))
  const owners = () => longshore.rows<{ last_name: string; owner: string }>('SELECT c.last_name, m.email AS owner FROM org.contacts c JOIN longshore.member m ON m.id = c.owner ORDER BY c.id')

  it('round-robin hands out by position among the rows that create and bring no owner, whatever the chunks', async () => {
    await longshore.importText('Last Name,Email\nOld,old@example.com\n', contacts())
    process.env['LONGSHORE_CHUNK_ROWS'] = '2'
    try {
      const job = await longshore.importText('Last Name,Email,Owner\nA,a@example.com,\nDup,old@example.com,\nB,b@example.com,\nOwn,own@example.com,bea@example.com\nBad,not-an-email,\nC,c@example.com,\n',
        contacts({ owner: ['ann@example.com', 'bea@example.com'] }))
      expect(job.counts).toMatchObject({ created: 4, skipped: 1, failed: 1 })
    } finally { delete process.env['LONGSHORE_CHUNK_ROWS'] }
    expect((await owners()).slice(1).map((row) => `${row.last_name} ${row.owner}`)).toEqual(['A ann@example.com', 'B bea@example.com', 'Own bea@example.com', 'C ann@example.com'])
  })

  it('every record has one: else it is who imports', async () => {
    await longshore.importText('Last Name,Email\nA,a@example.com\n', contacts())
    expect((await owners()).map(({ owner }) => owner)).toEqual(['owner@localhost'])
  })

  it('an unknown one names the nearest member', async () => {
    await expect(longshore.importText('Last Name,Email\nA,a@example.com\n', contacts({ owner: ['ann@example.com', 'bee@example.com'] }))).rejects.toMatchObject({ path: 'owner[1]', message: expect.stringContaining('bea@example.com') })
    const job = await longshore.importText('Last Name,Email,Owner\nA,a@example.com,an@example.com\n', contacts())
    expect(errorRows(job)).toMatchObject([{ codes: ['owner.unknown'], message: expect.stringContaining('ann@example.com') }])
  })
})
