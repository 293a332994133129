import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const list = 'Last Name,Mood,Email\nLovelace,Countess,ada@example.com\n'
const chosen: ImportDefinitionInput = { object: 'contacts', columns: [{ header: 'Mood', field: 'title' }] }
const mapped = async (text = list): Promise<(string | null)[][]> => (await longshore.map({ file: longshore.file('map.csv', text), object: 'contacts' })).columns.map(({ field, reason }) => [field, reason])
const titles = async (): Promise<unknown[]> => (await longshore.rows<{ title: string | null }>('SELECT title FROM org.contacts ORDER BY id')).map(({ title }) => title)

beforeAll(async () => { longshore = await openTestLongshore('column-memory') })
beforeEach(async () => { await longshore.rows('TRUNCATE org.contacts'); await longshore.rows('TRUNCATE longshore.remembered_column, longshore.saved_mapping') })
afterAll(() => longshore.close())

describe('a column that a person sent somewhere', { concurrent: false }, () => {
  it('goes there in the next file of that shape, which says so', async () => {
    const { job } = await longshore.importText(list, chosen)
    expect((await mapped())[1]).toEqual(['title', `You chose this last time (job ${job}).`])
    const next = await longshore.importText('Email,Last Name,Mood\n,Byron,Lord\n', { object: 'contacts' })
    expect([await titles(), next.readingWarnings]).toEqual([['Countess', 'Lord'], [`The column "Mood" goes to title, as you chose in job ${job}.`]])
  })

  it('only finished imports count, the latest first, and none that was undone', async () => {
    await longshore.importText(list, chosen, { dryRun: true })
    expect((await mapped())[1]?.[0]).toBe(null)
    await longshore.importText(list, chosen)
    const second = await longshore.importText('Last Name,Mood,Email\nByron,x,\n', { object: 'contacts', columns: [{ header: 'Mood', field: 'department' }] })
    expect((await mapped())[1]?.[0]).toBe('department')
    await longshore.undo(second.job, { everything: false }, () => undefined)
    expect((await mapped())[1]?.[0]).toBe(null)
  })

  it('an import of which every row failed is no advice; one row that was taken makes it one', async () => {
    const failed = await longshore.importText('Last Name,Mood,Email\nByron,Lord,nowhere\n', chosen)
    expect([failed.state, failed.counts.failed, (await mapped())[1]?.[0]]).toEqual(['done', 1, null])
    await longshore.importText('Last Name,Mood,Email\nByron,Lord,nowhere\nKing,Earl,king@example.com\n', chosen)
    expect((await mapped())[1]?.[0]).toBe('title')
  })

  it('a definition that repeats a job decides as the person did, and one that maps nothing by itself is left alone', async () => {
    const { definition } = await longshore.importText(list, chosen)
    await longshore.rows('TRUNCATE longshore.remembered_column')
    await longshore.importText('Last Name,Mood,Email\nByron,Lord,\n', definition as ImportDefinitionInput)
    expect((await mapped())[1]?.[0]).toBe('title')
    const closed = await longshore.importText('Last Name,Mood,Email\nKing,Earl,\n', { object: 'contacts', autoMap: false, columns: [{ header: 'Last Name', field: 'last_name' }] })
    expect(closed.leftOut?.map(({ header }) => header)).toEqual(['Mood', 'Email'])
  })

  it('a corrected error report is mapped as its file was', async () => {
    await longshore.importText('Last Name,Mood,Email\nKing,Earl,\nByron,Lord,nowhere\n', chosen)
    const report = 'Row number,Field,Error type,Message,Original value,Last Name,Mood,Email\n2,email,type.email,no,nowhere,Byron,Lord,byron@example.com\n'
    await longshore.importText(report, { object: 'contacts' })
    expect(await titles()).toEqual(['Earl', 'Lord'])
  })
})

describe('a mapping saved by name', { concurrent: false }, () => {
  it('is saved with an import or from a job, goes to others as a document, and maps the next file', async () => {
    const { job } = await longshore.import({ file: longshore.file('list.csv', list), definition: chosen, dryRun: false, saveMapping: 'Monthly list' }, () => undefined)
    expect(await longshore.savedMappings()).toMatchObject([{ name: 'Monthly list', object: 'contacts', columns: 3 }])
    expect(await longshore.saveMapping({ name: 'monthly LIST', job })).toMatchObject({ replaced: true })
    const document = JSON.parse(JSON.stringify(await longshore.savedMapping('Monthly List'))) as unknown
    await longshore.deleteSavedMapping('monthly list')
    await longshore.rows('TRUNCATE longshore.remembered_column')
    await longshore.saveMapping({ document, name: 'Theirs' })
    const next = await longshore.importText('Mood,Extra,Email,Last Name\nLord,x,,Byron\n', { object: 'contacts', savedMapping: 'theirs' })
    expect([await titles(), next.readingWarnings]).toEqual([['Countess', 'Lord'], ['The columns are mapped by the saved mapping "Theirs".']])
    expect((await longshore.map({ file: longshore.file('map.csv', list), object: 'contacts', definition: { object: 'contacts', savedMapping: 'Theirs' } })).columns[1]).toMatchObject({ field: 'title', reason: 'The saved mapping "Theirs" says so.' })
    expect(next.definition).not.toHaveProperty('savedMapping')
  })

  it('does not fix what the values of one file decided', async () => {
    const { job } = await longshore.importText('Last Name,Birthdate\nA,13/02/1980\nB,03/04/1980\n', { object: 'contacts' })
    expect((await longshore.job(job)).definition).toMatchObject({ columns: [{}, { dates: 'dmy' }] })
    expect((await longshore.saveMapping({ name: 'Dates', job })).mapping.columns).toEqual([{ header: 'Last Name', field: 'last_name' }, { header: 'Birthdate', field: 'birthdate' }])
  })

  it('that is not there, of another object, or wants other columns or fields is refused before there is a job', async () => {
    await longshore.importText(list, chosen)
    const { job } = (await longshore.jobs())[0] ?? { job: 0 }
    await longshore.saveMapping({ name: 'Monthly', job })
    const before = (await longshore.jobs()).length
    const using = (text: string, more: object = {}) => longshore.importText(text, { object: 'contacts', savedMapping: 'Monthly', ...more })
    await expect(longshore.importText(list, { object: 'contacts', savedMapping: 'Montly' })).rejects.toMatchObject({ code: 'saved-mapping.unknown', message: expect.stringContaining('Did you mean "Monthly"?') })
    await expect(using(list, { object: 'accounts' })).rejects.toMatchObject({ code: 'saved-mapping.other-object' })
    await expect(using('Last Name,Email\nA,\n')).rejects.toMatchObject({ code: 'saved-mapping.columns-missing' })
    await longshore.changeSchema({ objects: [{ name: 'contacts', fields: [{ name: 'shoe_size', kind: 'number' }] }] })
    await longshore.saveMapping({ name: 'Monthly', document: { name: 'Monthly', object: 'contacts', columns: [{ header: 'Last Name', field: 'last_name' }, { header: 'Mood', field: 'shoe_size' }] } })
    await longshore.changeSchema({ objects: [{ name: 'contacts', fields: [{ name: 'shoe_size', remove: true }] }] })
    await expect(using(list)).rejects.toMatchObject({ code: 'saved-mapping.field-gone' })
    expect((await longshore.jobs()).length).toBe(before)
    expect((await using(list, { columns: [{ header: 'Mood', field: 'department' }] })).counts.created).toBe(1)
  })
})
