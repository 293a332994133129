import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const contacts = (more: Partial<ImportDefinitionInput> = {}): ImportDefinitionInput => ({ object: 'contacts', operation: 'upsert', match: [['email']], restoreBinned: true, ...more })
const people = async () => (await longshore.rows<{ line: string }>(`SELECT concat_ws(' ', last_name, coalesce(title, '-'), CASE WHEN deleted_at IS NULL THEN 'live' ELSE 'binned' END) AS line FROM org.contacts c ORDER BY c.id`)).map(({ line }) => line)
const undo = (job: number) => longshore.undo(job, { everything: false }, () => undefined)

beforeAll(async () => { longshore = await openTestLongshore('restore-binned') })
afterAll(() => longshore.close())
beforeEach(async () => {
  await longshore.rows('TRUNCATE org.contacts, org._change')
  await longshore.importText('Last Name,Email,Job Title\nLovelace,ada@example.com,CEO\nHopper,grace@example.com,Admiral\nTuring,alan@example.com,\n', { object: 'contacts' })
  await longshore.importText('Email\nada@example.com\ngrace@example.com\n', { object: 'contacts', operation: 'delete', match: [['email']] })
})

describe('a row that meets only a deleted record', () => {
  it('brings it back and updates it by the rules, as its plan says; undo bins it again with its former values', async () => {
    const before = await people()
    const planned = await longshore.importText('Last Name,Email,Job Title\nKing,ada@example.com,CFO\nHopper,grace@example.com,Admiral\nNew,new@example.com,\n', contacts({ merge: { title: 'if-empty' } }), { dryRun: true })
    expect([planned.counts.updated, planned.counts.created, planned.restored, await people()]).toEqual([2, 1, 2, before])
    expect(planned.preview?.diffs.map(({ fields }) => fields)).toEqual([{ last_name: { from: 'Lovelace', to: 'King' } }, {}])
    const job = await longshore.apply(planned.job, () => undefined)
    expect([job.counts.updated, job.counts.created, job.restored, job.warnings]).toEqual([2, 1, 2, 0])
    expect(await people()).toEqual(['King CEO live', 'Hopper Admiral live', 'Turing - live', 'New - live'])
    expect(await longshore.rows('SELECT kind FROM org._change c WHERE job = $1 ORDER BY record, id', [job.job])).toEqual([{ kind: 'restore' }, { kind: 'update' }, { kind: 'restore' }])
    const preview = await longshore.undoPreview(job.job, { everything: false })
    expect(preview).toMatchObject({ binned: 3, restored: 0, keptCount: 0 })
    const taken = await undo(job.job)
    expect([taken.counts.deleted, taken.kept, await people()]).toEqual([3, 0, [...before, 'New - binned']])
    const again = await undo(taken.job)
    expect([again.counts.created, await people()]).toEqual([3, ['King CEO live', 'Hopper Admiral live', 'Turing - live', 'New - live']])
  })

  it('says so in its result, and later rows of the file meet the record as it then is', async () => {
    const job = await longshore.importText('Last Name,Email,Job Title\nLovelace,ada@example.com,\nKing,ADA@example.com,Countess\n', contacts())
    const results = resultRows({ ...job, results: await longshore.results(job.job, { formats: ['csv'] }) })
    expect(results.map(({ outcome, reason }) => [outcome, reason])).toEqual([['updated', 'brought back from the bin'], ['updated', '']])
    expect((await people())[0]).toBe('King Countess live')
  })

  it('meets the live record first, whatever lies in the bin', async () => {
    await longshore.importText('Last Name,Email\nByron,ada@example.com\n', { object: 'contacts' })
    const job = await longshore.importText('Last Name,Email,Job Title\nByron,ada@example.com,Poet\n', contacts())
    expect([job.counts.updated, job.restored, await people()]).toEqual([1, 0, ['Lovelace CEO binned', 'Hopper Admiral binned', 'Turing - live', 'Byron Poet live']])
  })

  it('brings back the one that the latest job deleted', async () => {
    await longshore.importText('Last Name,Email\nByron,ada@example.com\n', { object: 'contacts' })
    await longshore.importText('Email\nada@example.com\n', { object: 'contacts', operation: 'delete', match: [['email']] })
    await longshore.importText('Email,Job Title\nada@example.com,Poet\n', contacts({ operation: 'update' }))
    expect(await people()).toEqual(['Lovelace CEO binned', 'Hopper Admiral binned', 'Turing - live', 'Byron Poet live'])
  })

  it('leaves it in the bin where the row fails', async () => {
    await longshore.changeSchema({ objects: [{ name: 'contacts', rules: [{ name: 'titled', check: { kind: 'pattern', field: 'title', pattern: '[A-Z].*' } }] }] })
    try {
      const job = await longshore.importText('Last Name,Email,Job Title\nLovelace,ada@example.com,ceo\n', contacts())
      expect([job.counts.failed, (await people())[0]]).toEqual([1, 'Lovelace CEO binned'])
    } finally { await longshore.changeSchema({ objects: [{ name: 'contacts', rules: [] }] }) }
  })

  it('keeps it when somebody edited it since, and lists it', async () => {
    const job = await longshore.importText('Last Name,Email,Job Title\nKing,ada@example.com,CFO\nHopper,grace@example.com,\n', contacts())
    const [ada] = await longshore.rows<{ id: string }>(`SELECT id::text FROM org.contacts WHERE last_name = 'King'`)
    await longshore.editRecord({ object: 'contacts', record: ada?.id ?? '', values: { department: 'Research' } })
    expect((await longshore.undoPreview(job.job, { everything: false })).kept).toMatchObject([{ record: ada?.id, fields: ['department'], reason: 'edited-since' }])
    const taken = await undo(job.job)
    expect([taken.kept, taken.counts.deleted, taken.counts.skipped, (await people()).slice(0, 2)]).toEqual([1, 1, 1, ['Lovelace CEO live', 'Hopper Admiral binned']])
  })

  it('is told of the bin where the import does not ask for it, and how', async () => {
    const job = await longshore.importText('Last Name,Email\nLovelace,ada@example.com\n', contacts({ restoreBinned: false }))
    expect([job.counts.created, job.issues?.map(({ code, example }) => [code, example.includes('--restore-binned')])]).toEqual([1, [['match.binned', true]]])
  })

  it.each<Partial<ImportDefinitionInput>>([{ operation: 'insert' }, { operation: 'insert', onDuplicate: 'flag' }, { operation: 'delete' }])('is refused to come back by %j, which updates nothing', async (definition) => {
    await expect(longshore.importText('Last Name,Email\nLovelace,ada@example.com\n', contacts(definition))).rejects.toMatchObject({ code: 'restore-without-update', path: 'restoreBinned', message: expect.stringContaining('--operation upsert') })
  })
})
