import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const list = (...sources: string[]): string => `Last Name,Lead Source\n${sources.map((source, i) => `Person ${i},${source}\n`).join('')}`
const mapping = (values: Record<string, string>): ImportDefinitionInput => ({ object: 'contacts', columns: [{ header: 'Lead Source', transforms: [{ kind: 'value-map', values }] }] })

describe('values that are no option of their picklist', { concurrent: false }, () => {
  beforeAll(async () => { longshore = await openTestLongshore('value-maps') })
  beforeEach(async () => { await longshore.rows('TRUNCATE org.contacts') })
  afterAll(() => longshore.close())

  it('are told with their counts and the nearest option, before anything is written', async () => {
    const job = await longshore.importText(list('Carrier Pigeon', 'Webb', 'Carrier Pigeon', 'Web', 'Messe'), { object: 'contacts' }, { dryRun: true })
    expect(job.unknownValues).toEqual([
      { column: 'Lead Source', field: 'lead_source', value: 'Carrier Pigeon', count: 2, nearest: null },
      { column: 'Lead Source', field: 'lead_source', value: 'Webb', count: 1, nearest: 'Web' },
    ])
    expect(job.counts).toMatchObject({ created: 2, failed: 3 })
  })

  it('are taken as a person says, once for all rows, and the next import does the same by itself and says so', async () => {
    const first = await longshore.importText(list('Carrier Pigeon', 'Web', 'carrier pigeon'), mapping({ 'Carrier Pigeon': 'Referral' }))
    expect([first.counts.created, await sources()]).toEqual([3, ['Referral', 'Web', 'Referral']])
    await longshore.rows('TRUNCATE org.contacts')
    const second = await longshore.importText(list('Carrier Pigeon'), { object: 'contacts' })
    expect(await sources()).toEqual(['Referral'])
    expect(second.readingWarnings).toContain(`The values of "Lead Source" are taken as in job ${first.job}: "Carrier Pigeon" as "Referral".`)
  })

  it('the latest decision wins, and what this import says goes before what earlier ones said', async () => {
    await longshore.importText(list('Owl'), mapping({ Owl: 'Referral' }))
    await longshore.importText(list('Owl'), mapping({ Owl: 'Event' }))
    await longshore.importText(list('Owl'), { object: 'contacts' })
    await longshore.importText(list('Owl'), mapping({ Owl: '' }))
    expect(await sources()).toEqual(['Referral', 'Event', 'Event', null])
  })

  it('a dry run decides nothing for later imports', async () => {
    await longshore.importText(list('Smoke Signal'), mapping({ 'Smoke Signal': 'Web' }), { dryRun: true })
    expect((await longshore.importText(list('Smoke Signal'), { object: 'contacts' })).counts).toMatchObject({ created: 0, failed: 1 })
  })

  it('mapping a value to what is no option either is refused, with the nearest', async () => {
    await expect(longshore.importText(list('Owl'), mapping({ Owl: 'Wep' }))).rejects.toMatchObject({ code: 'value-map-invalid', message: expect.stringMatching(/"Owl" as "Wep", which is no option of lead_source, the nearest is "Web"/) })
  })

  it('a setting of a column that no field takes is refused', async () => {
    await expect(longshore.importText('Last Name,Mood\nA,good\n', { object: 'contacts', columns: [{ header: 'Mood', dates: 'dmy' }] })).rejects.toMatchObject({ code: 'column-without-field' })
    await expect(longshore.importText('Last Name,Email\nA,\n', { object: 'contacts', columns: [{ header: 'Email', dates: 'dmy' }] })).rejects.toMatchObject({ code: 'column-setting-misplaced' })
  })

  it('words of other languages and systems are taken as the options that they mean', async () => {
    const job = await longshore.importText(list('Empfehlung', 'TRADE-SHOW', 'recomendacion', 'réseaux sociaux', 'Other '), { object: 'contacts' })
    expect(resultRows(job).filter(({ outcome }) => outcome !== 'created')).toEqual([])
    expect(await sources()).toEqual(['Referral', 'Trade Show', 'Referral', 'Social Media', 'Other'])
  })
})

async function sources(): Promise<(string | null)[]> {
  return (await longshore.rows<{ lead_source: string | null }>('SELECT lead_source FROM org.contacts ORDER BY id')).map(({ lead_source: source }) => source)
}

describe('words that say nothing', { concurrent: false }, () => {
  let longshore: TestLongshore
  beforeAll(async () => { longshore = await openTestLongshore('null-words') })
  beforeEach(async () => { await longshore.rows('TRUNCATE org.contacts') })
  afterAll(() => longshore.close())

  it('are empty cells where the field is of a type or no name, and the report counts them', async () => {
    const job = await longshore.importText('Last Name,Email,Birthdate,Lead Score,Title\nNull,N/A,-,none,N/A\nNone,n/a,1980-01-01,5,None\n', { object: 'contacts' })
    expect(await longshore.rows('SELECT last_name, email, birthdate::text, lead_score::float8, title FROM org.contacts ORDER BY id')).toEqual([
      { last_name: 'Null', email: null, birthdate: null, lead_score: null, title: null }, { last_name: 'None', email: null, birthdate: '1980-01-01', lead_score: 5, title: 'None' },
    ])
    expect(job.readingWarnings).toEqual([
      'Taken for empty cells of "Email": "N/A" (1), "n/a" (1).', 'Taken for empty cells of "Birthdate": "-" (1).', 'Taken for empty cells of "Lead Score": "none" (1).', 'Taken for empty cells of "Title": "N/A" (1).',
    ])
  })

  it('take the default of their field, and are no key that all rows share', async () => {
    const job = await longshore.importText('Last Name,External ID,Lead Source\nA,N/A,N/A\nB,N/A,Web\n', { object: 'contacts', match: [['external_id']], defaults: { lead_source: 'Event' } })
    expect(job.counts.created).toBe(2)
    expect(await longshore.rows('SELECT external_id, lead_source FROM org.contacts ORDER BY id')).toEqual([{ external_id: null, lead_source: 'Event' }, { external_id: null, lead_source: 'Web' }])
  })

  it('are kept, or refused by their field, in a column that says so', async () => {
    const job = await longshore.importText('Last Name,Title,Lead Score\nA,N/A,N/A\nB,N/A,7\n', { object: 'contacts', columns: [{ header: 'Title', nullWords: false }, { header: 'Lead Score', nullWords: false }] })
    expect(job.counts).toMatchObject({ created: 1, failed: 1 })
    expect(await longshore.rows('SELECT title FROM org.contacts')).toEqual([{ title: 'N/A' }])
  })

  it('are empty in a name where a person says so', async () => {
    const job = await longshore.importText('Last Name,First Name\nA,NULL\n', { object: 'contacts', columns: [{ header: 'First Name', nullWords: true }] })
    expect([job.counts.created, await longshore.rows('SELECT first_name FROM org.contacts')]).toEqual([1, [{ first_name: null }]])
  })
})
