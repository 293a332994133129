import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorReport, errorRows, readCsv, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

// Rules that people know from other systems and that no other test names; docs/import-rules.md has them all.

let longshore: TestLongshore
const contacts = (definition: Omit<ImportDefinitionInput, 'object'> = {}): ImportDefinitionInput => ({ object: 'contacts', match: [['email']], ...definition })
const stored = (columns: string) => longshore.rows<Record<string, unknown>>(`SELECT ${columns} FROM org.contacts WHERE deleted_at IS NULL ORDER BY id`)
const outcomesOf = (job: Parameters<typeof resultRows>[0]) => resultRows(job).map(({ outcome }) => outcome)
const people = 'Last Name,Email,Job Title,City\nLovelace,ada@example.com,Countess,London\nHopper,grace@example.com,Admiral,Arlington\n'

beforeAll(async () => { longshore = await openTestLongshore('import-rules') })
afterAll(() => longshore.close())
beforeEach(() => longshore.rows('TRUNCATE org.contacts, org.accounts, org._change, org._review'))

describe('operations', () => {
  it.each(['update', 'upsert', 'delete', 'hard-delete'] as const)('%s needs to be told how records are found', async (operation) => {
    const before = (await longshore.jobs()).length
    await expect(longshore.importText(people, { object: 'contacts', operation, confirmHardDelete: true })).rejects.toMatchObject({ code: 'match-missing', path: 'match', message: expect.stringContaining('--match email or --match external_id') })
    expect((await longshore.jobs()).length).toBe(before)
  })

  it.each(['update', 'update-if-newer', 'flag'] as const)('so does an insert with the duplicate strategy %s', async (onDuplicate) => {
    await expect(longshore.importText(people, { object: 'contacts', onDuplicate })).rejects.toMatchObject({ code: 'match-missing', path: 'match', message: expect.stringContaining(`strategy "${onDuplicate}"`) })
  })

  it('an insert without match criteria looks for no duplicates, neither in the file nor in the store', async () => {
    await longshore.importText(people, contacts())
    expect(outcomesOf(await longshore.importText(`${people}Twin,ada@example.com,,\n`, { object: 'contacts' }))).toEqual(['created', 'created', 'created'])
  })

  it('an upsert by the external id updates what has it and creates the rest', async () => {
    await longshore.importText('Last Name,External ID\nLovelace,007\n', { object: 'contacts' })
    const job = await longshore.importText('Last Name,External ID\nByron,007\nHopper,7\nTuring,\n', { object: 'contacts', operation: 'upsert', match: [['external_id']] })
    expect([outcomesOf(job), await stored('last_name, external_id')]).toEqual([['updated', 'created', 'created'],
      [{ last_name: 'Byron', external_id: '007' }, { last_name: 'Hopper', external_id: '7' }, { last_name: 'Turing', external_id: null }]])
  })

  it('an update changes the fields of the file alone, and creates nothing', async () => {
    await longshore.importText(people, contacts())
    const job = await longshore.importText('Email,Job Title,City\nada@example.com,Analyst,\nnobody@example.com,Nobody,Nowhere\n', contacts({ operation: 'update' }))
    expect([outcomesOf(job), errorRows(job).map(({ codes }) => codes)]).toEqual([['updated', 'failed'], [['match.none']]])
    expect(await stored('last_name, title, mailing_city')).toEqual([{ last_name: 'Lovelace', title: 'Analyst', mailing_city: 'London' }, { last_name: 'Hopper', title: 'Admiral', mailing_city: 'Arlington' }])
  })

  it('a row that has nothing to match by is created by an upsert and fails an update', async () => {
    await longshore.importText(people, contacts())
    const nameless = 'Last Name,Email\nTuring,\n'
    expect(errorRows(await longshore.importText(nameless, contacts({ operation: 'update' }))).map(({ codes }) => codes)).toEqual([['match.no-key']])
    expect(outcomesOf(await longshore.importText(nameless, contacts({ operation: 'upsert' })))).toEqual(['created'])
  })
})

describe('duplicates', () => {
  it('are found among the rows of the file and among the records, and a skipped row says which', async () => {
    await longshore.importText(people, contacts())
    const job = await longshore.importText('Last Name,Email\nKing,ada@example.com\nTuring,alan@example.com\nTuring,ALAN@example.com\n', contacts())
    const [ada, , alan] = await longshore.rows<{ id: string }>('SELECT id FROM org.contacts ORDER BY id')
    expect(resultRows(job).map(({ outcome, reason }) => `${outcome} ${reason}`.trim())).toEqual([`skipped matches the existing record ${ada?.id}`, 'created', 'skipped repeats row 3 of this file'])
    expect(resultRows(job).map(({ record }) => record)).toEqual([ada?.id, alan?.id, alan?.id])
  })
})

describe('checking', () => {
  it('says of each row that cannot be imported which field, what kind of error, what was found and what stood in the row', async () => {
    const file = 'Last Name,Email,Lead Source,Company,Lead Score,Birthdate\n,a@example.com,Web,,1,\nB,not-an-address,Web,,1,\nC,c@example.com,Telepathy,,1,\nD,d@example.com,Web,Nobody Ltd,1,\nE,e@example.com,Web,,many,\nF,f@example.com,Web,,1,2024-02-31\nG,g@example.com,Web,,1,2024-02-29\n'
    const job = await longshore.importText(file, contacts())
    expect([job.counts.created, job.counts.failed]).toEqual([1, 6])
    expect(errorRows(job).map(({ row, fields, codes, values }) => [row, fields, codes, values])).toEqual([
      [2, ['last_name'], ['required.missing'], ['']], [3, ['email'], ['type.email'], ['not-an-address']], [4, ['lead_source'], ['picklist.unknown'], ['Telepathy']],
      [5, ['account.name'], ['reference.missing'], ['Nobody Ltd']], [6, ['lead_score'], ['type.number'], ['many']], [7, ['birthdate'], ['type.date-impossible'], ['2024-02-31']],
    ])
    const lines = readCsv(errorReport(job) ?? '')
    expect(lines[0]).toEqual(['Row number', 'Field', 'Error type', 'Message', 'Original value', 'Last Name', 'Email', 'Lead Source', 'Company', 'Lead Score', 'Birthdate'])
    expect(lines[2]?.slice(5)).toEqual(['B', 'not-an-address', 'Web', '', '1', ''])
  })

  it('asks nothing of a row that its record has already, also where the row fails for something else', async () => {
    await longshore.changeSchema({ objects: [{ name: 'accounts', rules: [{ name: 'city-known', check: { kind: 'required', field: 'billing_city' } }] }] })
    try {
      await longshore.importText(people, contacts())
      const header = 'Email,Company,Lead Score\n'
      const job = await longshore.importText(`${header}ada@example.com,Acme,\ngrace@example.com,,lots\nnobody@example.com,,lots\nnobody@example.com,,\n`, contacts({ operation: 'upsert', missingReference: 'create' }))
      expect(errorRows(job).map(({ row, fields, codes }) => [row, fields, codes])).toEqual([
        [2, ['account.billing_city'], ['reference.breaks-rule']], [3, ['lead_score'], ['type.number']], [4, ['lead_score', 'last_name'], ['type.number', 'required.missing']], [5, ['last_name'], ['required.missing']],
      ])
    } finally { await longshore.changeSchema({ objects: [{ name: 'accounts', rules: [{ name: 'city-known', remove: true }] }] }) }
  })

  it('the first rows are shown as the records that come of them', async () => {
    await longshore.importText(people, contacts())
    const file = 'Last Name,Email,Job Title\nByron,ADA@Example.com,Analyst\nTuring, alan@example.com ,Fellow\nHopper,grace@example.com,\n'
    const planned = await longshore.importText(file, contacts({ operation: 'upsert', merge: { last_name: 'never' } }), { dryRun: true })
    const shown = planned.preview?.firstRows.map(({ record, values: { last_name, email, title } }) => ({ id: record, last_name, email, title })) ?? []
    await longshore.apply(planned.job, () => undefined)
    const records = await stored('id::text, last_name, email, title')
    expect(shown.map(({ id, ...values }) => (values.title === null ? { id, email: values.email } : { id, ...values }))).toEqual([
      records.find(({ email }) => email === 'ADA@Example.com'), records.find(({ email }) => email === 'alan@example.com'), { id: records.find(({ email }) => email === 'grace@example.com')?.['id'], email: 'grace@example.com' },
    ])
  })

  it('the first rows that update show the accounts that they are linked to afterwards, the row\'s or the record\'s own', async () => {
    await longshore.importText(people, contacts())
    await longshore.importText('Last Name,Email,Company\nNoether,emmy@example.com,Acme\n', contacts({ missingReference: 'create' }))
    await longshore.importText('Account Name\nGlobex\n', { object: 'accounts' })
    const planned = await longshore.importText('Email,Company,Title\nemmy@example.com,,x\nada@example.com,Globex,x\ngrace@example.com,Brandnew,x\n', contacts({ operation: 'update', missingReference: 'create' }), { dryRun: true })
    expect(planned.preview?.firstRows.map(({ outcome, values }) => [outcome, values['account.name']])).toEqual([['updated', 'Acme'], ['updated', 'Globex'], ['updated', 'Brandnew']])
  })

  it('a column that no field takes is named and left out', async () => {
    const job = await longshore.importText('Last Name,Email,Shoe size\nLovelace,ada@example.com,38\n', contacts())
    expect([job.counts.created, job.leftOut]).toEqual([1, [{ header: 'Shoe size', flagName: 'Shoe size', position: 3, values: 1, suggested: null, byHand: false }]])
  })

  it('a default fills empty cells and fields without a column, of new records alone', async () => {
    await longshore.importText(people, contacts())
    const job = await longshore.importText('Last Name,Email,City\nLovelace,ada@example.com,\nTuring,alan@example.com,\n', contacts({ operation: 'upsert', defaults: { mailing_city: 'Manchester', lead_source: 'Web' } }))
    expect(outcomesOf(job)).toEqual(['skipped', 'created'])
    expect(await stored('mailing_city, lead_source')).toEqual([{ mailing_city: 'London', lead_source: null }, { mailing_city: 'Arlington', lead_source: null }, { mailing_city: 'Manchester', lead_source: 'Web' }])
  })
})

describe('results', () => {
  it('hold every row of the file as it was, with its number, outcome, record and reason', async () => {
    await longshore.importText(people, contacts())
    const job = await longshore.importText('Last Name,Email,Remark\nLovelace,ada@example.com, as before \nTuring,alan@example.com,"new, of course"\nX,nobody,\n', contacts())
    const lines = readCsv(job.results.find((path) => path.endsWith('results.csv')) ?? '')
    expect(lines.map((cells) => cells.slice(0, 3))).toEqual([['Last Name', 'Email', 'Remark'], ['Lovelace', 'ada@example.com', ' as before '], ['Turing', 'alan@example.com', 'new, of course'], ['X', 'nobody', '']])
    expect(resultRows(job).map(({ row, outcome, record }) => [row, outcome, record !== null])).toEqual([[2, 'skipped', true], [3, 'created', true], [4, 'failed', false]])
  })
})

describe('undo', () => {
  it('bins what was created, gives back what was updated, and leaves what was skipped', async () => {
    await longshore.importText(people, contacts())
    const before = await stored('*')
    const job = await longshore.importText('Last Name,Email,Job Title\nByron,ada@example.com,Analyst\nHopper,grace@example.com,Admiral\nTuring,alan@example.com,Fellow\n', contacts({ operation: 'upsert' }))
    expect(outcomesOf(job)).toEqual(['updated', 'skipped', 'created'])
    const undone = await longshore.undo(job.job, { everything: false }, () => undefined)
    expect([undone.counts.deleted, undone.counts.updated, await stored('*')]).toEqual([1, 1, before])
    expect((await longshore.bin({ object: 'contacts', limit: 10 })).records.length).toBe(1)
  })
})
