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
