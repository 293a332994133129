import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const fieldNames = async (): Promise<string[]> => ((await longshore.catalog()).objects.find(({ name }) => name === 'contacts')?.fields ?? []).filter(({ custom }) => custom).map(({ name }) => name)
const records = (columns: string) => longshore.rows(`SELECT ${columns} FROM org.contacts WHERE deleted_at IS NULL ORDER BY last_name`)

describe('columns that become fields', { concurrent: false }, () => {
  beforeAll(async () => { longshore = await openTestLongshore('new-fields') })
  afterAll(() => longshore.close())

  it('are planned without a field being made, over records that have none of them, and made when the plan is carried out', async () => {
    await longshore.importText('Last Name,Email\nLovelace,ada@example.com\n', { object: 'contacts' })
    const list = 'Last Name,Email,Shoe size,Second line\nLovelace,ada@example.com,38.5,+49 89 123456\nByron,lord@example.com,44,\nKing,king@example.com,42,+49 89 654321\n'
    const columns = [{ header: 'Shoe size', create: {} }, { header: 'Second line', create: { kind: 'phone' as const } }]
    const planned = await longshore.importText(list, { object: 'contacts', operation: 'upsert', match: [['email']], columns }, { dryRun: true })
    expect([planned.counts.created, planned.counts.updated, await fieldNames()]).toEqual([2, 1, []])
    expect(planned.preview?.diffs[0]?.fields).toMatchObject({ shoe_size: { from: null, to: '38.5' }, second_line: { from: null, to: '+4989123456' } })
    expect(planned.readingWarnings).toContain('The column "Shoe size" becomes the new field shoe_size of the type number.')
    const done = await longshore.apply(planned.job, () => undefined)
    expect([done.counts, done.replanned]).toEqual([planned.counts, 0])
    expect(await fieldNames()).toEqual(['shoe_size', 'second_line', 'second_line_source'])
    expect(await records('shoe_size::text AS size, second_line')).toEqual([{ size: '44', second_line: null }, { size: '42', second_line: '+4989654321' }, { size: '38.5', second_line: '+4989123456' }])
  })

  it('stay when the import is undone, empty again, and the undo says so', async () => {
    const [last] = await longshore.jobs()
    const undone = await longshore.undo(last?.job ?? 0, { everything: false }, () => undefined)
    expect(undone.fieldsLeft).toEqual(['shoe_size', 'second_line'])
    expect(await records('last_name, shoe_size')).toEqual([{ last_name: 'Lovelace', shoe_size: null }])
    expect(await fieldNames()).toContain('shoe_size')
  })

  it('are made by an import that runs at once, and the next file finds them by their header', async () => {
    await longshore.importText('Last Name,Tier\nBabbage,Gold\n', { object: 'contacts', columns: [{ header: 'Tier', create: { label: 'Tier' } }] })
    await longshore.importText('Last Name,Tier\nSomerville,Silver\n', { object: 'contacts' })
    expect(await records('last_name, tier')).toEqual(expect.arrayContaining([{ last_name: 'Babbage', tier: 'Gold' }, { last_name: 'Somerville', tier: 'Silver' }]))
  })

  it('of several options take the values that the file brings, and a value that comes later with a warning', async () => {
    const interests = { object: 'contacts', columns: [{ header: 'Interests', create: { kind: 'multi-select' as const } }] }
    expect((await longshore.importText('Last Name,Interests\nNoether,Fair;Mail\nGermain,fair\n', interests)).counts).toMatchObject({ created: 2, failed: 0 })
    const later = await longshore.importText('Last Name,Interests\nKovalevskaya,Mail;Call\n', { object: 'contacts' })
    expect([later.counts.created, later.issues?.map(({ code }) => code)]).toEqual([1, ['picklist.added']])
    expect(await records('last_name, interests')).toEqual(expect.arrayContaining([{ last_name: 'Noether', interests: ['Fair', 'Mail'] }, { last_name: 'Germain', interests: ['Fair'] }, { last_name: 'Kovalevskaya', interests: ['Mail', 'Call'] }]))
  })

  it('a definition with them can be used again', async () => {
    const { definition } = await longshore.importText('Last Name,Hat\nA,6\n', { object: 'contacts', columns: [{ header: 'Hat', create: {} }] })
    expect((await longshore.importText('Last Name,Hat\nB,7\n', definition as { object: string })).counts.created).toBe(1)
    expect(await records('last_name, hat')).toEqual(expect.arrayContaining([{ last_name: 'A', hat: '6' }, { last_name: 'B', hat: '7' }]))
  })

  it('of a name that is taken are refused before there is a job', async () => {
    const before = (await longshore.jobs()).length
    await expect(longshore.importText('Last Name,Mail\nA,\n', { object: 'contacts', columns: [{ header: 'Mail', create: { label: 'Email' } }] })).rejects.toMatchObject({ code: 'create-field.exists' })
    expect((await longshore.jobs()).length).toBe(before)
  })
})

describe('settings of the organization', { concurrent: false }, () => {
  beforeAll(async () => { longshore = await openTestLongshore('settings') })
  afterAll(() => longshore.close())
  const birthdays = async (): Promise<unknown> => { const job = await longshore.importText('Last Name,Birthdate,Phone\nA,03/04/1980,089 123456\n', { object: 'contacts' }); return [job.error?.code ?? null, await longshore.rows('SELECT birthdate::text AS day, phone FROM org.contacts ORDER BY id')] }

  it('decide what a file leaves open, from the next import on', async () => {
    await expect(birthdays()).rejects.toMatchObject({ code: 'column-ambiguous' })
    expect(await longshore.changeSettings({ country: 'de', currency: 'EUR', dateOrder: 'dmy', timeZone: 'Europe/Berlin' })).toMatchObject({ country: 'DE', currency: 'EUR', dateOrder: 'dmy', timeZone: 'Europe/Berlin' })
    expect(await birthdays()).toEqual([null, [{ day: '1980-04-03', phone: '+4989123456' }]])
    expect(await longshore.changeSettings({ country: 'Germany' })).toMatchObject({ country: 'DE' })
    expect(await longshore.changeSettings({ dateOrder: null })).toEqual({ country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' })
  })

  it.each([[{ country: 'Narnia' }, /"country" in the settings: a country is named by its ISO code, such as "DE", or its name; found "Narnia"/], [{ currency: 'XYZ' }, /ISO code, such as "EUR"/], [{ timeZone: 'Berlin' }, /Europe\/Berlin/], [{ dateOrder: 'ydm' }, /"dmy", "mdy", "ymd"/], [{ binDays: 0 }, /at least 1/], [{ contry: 'DE' }, /Did you mean "country"/]])('%j is refused', async (patch, says) => {
    await expect(longshore.changeSettings(patch)).rejects.toMatchObject({ code: 'settings.invalid', message: expect.stringMatching(says) })
  })
})
