import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { printSchema, type ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const rules = [
  { name: 'close-after-create', check: { kind: 'compare', field: 'close_date', operator: '>', other: 'created_at' } },
  { name: 'source-when-won', check: { kind: 'required', field: 'lead_source' }, when: { field: 'stage', equals: ['Closed Won'] }, message: 'A won deal says where it came from' },
  { name: 'deal-size', check: { kind: 'range', field: 'amount', min: '1000', max: '10000000' } },
  { name: 'deal-number', check: { kind: 'pattern', field: 'external_id', pattern: 'ACC-\\d{6}' } },
  { name: 'large-deal', check: { kind: 'range', field: 'amount', max: '500000' }, severity: 'warning' },
]
const deals = (definition: Omit<ImportDefinitionInput, 'object'> = {}): ImportDefinitionInput => ({ object: 'deals', ...definition })
const codes = (job: Awaited<ReturnType<TestLongshore['importText']>>) => errorRows(job).map(({ row, fields, codes: found }) => [row, fields.join(), found.join()])

beforeAll(async () => {
  longshore = await openTestLongshore('validation-rules')
  await longshore.changeSchema({ objects: [{ name: 'deals', rules }] })
})
afterAll(() => longshore.close())
beforeEach(() => longshore.rows('TRUNCATE org.deals, org._change'))

describe('validation rules of an organization', () => {
  const header = 'Deal Name,Stage,External ID,Amount,Close Date,Created,Lead Source\n'
  const good = 'A,Prospecting,ACC-000001,5000,2031-02-01,2030-01-01,\n'

  it.each([
    ['close date after create date', 'B,Prospecting,ACC-000002,5000,2030-01-01,2030-01-01,\n', 'close_date', 'Close date is after Created'],
    ['a source where the stage is Closed Won', 'B,closed won,ACC-000002,5000,2031-02-01,2030-01-01,\n', 'lead_source', 'A won deal says where it came from'],
    ['numbers that match a pattern, as a whole', 'B,Prospecting,XACC-0000021,5000,2031-02-01,2030-01-01,\n', 'external_id', 'External ID matches ACC-'],
    ['an amount between bounds', 'B,Prospecting,ACC-000002,999.99,2031-02-01,2030-01-01,\n', 'amount', 'Amount is at least 1000 and at most 10000000'],
  ])('%s', async (_, bad, field, words) => {
    const job = await longshore.importText(header + good + bad, deals())
    expect(codes(job)).toEqual([[3, field, 'rule.broken']])
    expect(errorRows(job)[0]?.message).toContain(words)
    expect(job.counts).toMatchObject({ created: 1, failed: 1 })
  })

  it('a rule that only warns decides no row', async () => {
    const job = await longshore.importText(`${header}A,Prospecting,ACC-000001,600000,2031-02-01,2030-01-01,\n`, deals())
    expect([job.counts.created, job.warnings, job.issues?.map(({ code, severity }) => [code, severity])]).toEqual([1, 1, [['rule.doubted', 'warning']]])
  })

  it('a cell that is off is said once, not as a broken rule, too', async () => {
    const job = await longshore.importText(`${header}A,Prospecting,ACC-000001,lots,2031-02-01,2030-01-01,\n`, deals())
    expect(codes(job)).toEqual([[2, 'amount', 'type.currency']])
  })

  it('an update is looked at as the record would stand, with fields that no column fills', async () => {
    await longshore.importText(header + good, deals())
    const update = deals({ operation: 'update', match: [['external_id']] })
    const early = await longshore.importText('External ID,Close Date\nACC-000001,2029-01-01\n', update)
    expect(codes(early)).toEqual([[2, 'close_date', 'rule.broken']])
    const won = await longshore.importText('External ID,Stage\nACC-000001,Closed Won\n', update)
    expect(codes(won)).toEqual([[2, 'lead_source', 'rule.broken']])
    const both = await longshore.importText('External ID,Stage,Lead Source\nACC-000001,Closed Won,Web\n', update)
    expect(both.counts.updated).toBe(1)
    // what is not changed is not judged anew
    await longshore.changeSchema({ objects: [{ name: 'deals', rules: [{ name: 'named', check: { kind: 'pattern', field: 'name', pattern: 'X.*' } }] }] })
    expect((await longshore.importText('External ID,Next Step\nACC-000001,Call\n', update)).counts.updated).toBe(1)
    await longshore.changeSchema({ objects: [{ name: 'deals', rules: [{ name: 'named', remove: true }] }] })
  })

  it('an upsert is judged by what becomes of the row', async () => {
    await longshore.importText(`${header}A,Prospecting,ACC-000001,5000,2031-02-01,2030-01-01,Web\n`, deals())
    const job = await longshore.importText('Deal Name,External ID,Stage\nA,ACC-000001,Closed Won\nB,ACC-000002,Closed Won\n', deals({ operation: 'upsert', match: [['external_id']] }))
    expect([resultRows(job).map(({ outcome }) => outcome), codes(job)]).toEqual([['updated', 'failed'], [[3, 'lead_source', 'rule.broken']]])
  })

  it('a rule that a row breaks as a new record and as the one that it meets is said once', async () => {
    await longshore.importText(`${header}A,Prospecting,ACC-000001,5000,2031-02-01,2030-01-01,Web\n`, deals())
    const upsert = deals({ operation: 'upsert', match: [['name']] })
    const text = 'Deal Name,External ID,Stage\nA,nonsense,Prospecting\nB,nonsense,Prospecting\n'
    const planned = await longshore.importText(text, upsert, { dryRun: true })
    expect(planned.issues?.map(({ code, count }) => [code, count])).toEqual([['rule.broken', 2]])
    expect((await longshore.stagedRows.window(planned.job, { filter: { status: 'all' }, start: { position: 0 }, limit: 10 })).rows.map(({ issues }) => issues.length)).toEqual([1, 1])
    const job = await longshore.importText(text, upsert)
    expect([codes(job), job.issues?.map(({ count }) => count)]).toEqual([[[2, 'external_id', 'rule.broken'], [3, 'external_id', 'rule.broken']], [2]])
  })

  it('the schema shows them, and what it shows can be applied again', async () => {
    const printed = printSchema(await longshore.catalog(), 'deals')
    expect(printed.objects[0]).toMatchObject({ rules })
    expect((await longshore.changeSchema(printed)).changes).toEqual([])
  })

  it.each([
    ['a pattern that RE2 refuses', { name: 'x', check: { kind: 'pattern', field: 'name', pattern: '(?=a)b' } }, 'objects[0].rules[0].check.pattern', /RE2/],
    ['a field that does not exist', { name: 'x', check: { kind: 'required', field: 'amuont' } }, 'objects[0].rules[0].check.field', /"amount"/],
    ['a comparison of a date with a number', { name: 'x', check: { kind: 'compare', field: 'close_date', operator: '>', other: 'amount' } }, 'objects[0].rules[0].check', /dates with dates/],
    ['a range of a text', { name: 'x', check: { kind: 'range', field: 'name', min: '1' } }, 'objects[0].rules[0].check.field', /numbers and dates/],
    ['a bound that is no value of the field', { name: 'x', check: { kind: 'range', field: 'close_date', min: 'soon' } }, 'objects[0].rules[0].check.min', /"soon"/],
    ['a rule to remove that is not there', { name: 'deal-sise', remove: true }, 'objects[0].rules[0].name', /"deal-size"/],
  ])('refuses %s', async (_, rule, path, says) => {
    await expect(longshore.changeSchema({ objects: [{ name: 'deals', rules: [rule] }] })).rejects.toMatchObject({ path, message: expect.stringMatching(says) })
  })

  it('a field that a rule looks at cannot be removed', async () => {
    await longshore.changeSchema({ objects: [{ name: 'deals', fields: [{ name: 'region', kind: 'text' }], rules: [{ name: 'regions', check: { kind: 'required', field: 'region' } }] }] })
    await expect(longshore.changeSchema({ objects: [{ name: 'deals', fields: [{ name: 'region', remove: true }] }] })).rejects.toMatchObject({ message: expect.stringContaining('"regions"') })
    await longshore.changeSchema({ objects: [{ name: 'deals', rules: [{ name: 'regions', remove: true }] }] })
  })

  it('a pattern that would take for ever elsewhere does not', async () => {
    await longshore.changeSchema({ objects: [{ name: 'deals', rules: [{ name: 'evil', check: { kind: 'pattern', field: 'next_step', pattern: '(a+)+' } }] }] })
    const job = await longshore.importText(`Deal Name,Stage,Next Step\nA,Prospecting,${'a'.repeat(200)}!\n`, deals())
    expect(codes(job)).toEqual([[2, 'next_step', 'rule.broken']])
    await longshore.changeSchema({ objects: [{ name: 'deals', rules: [{ name: 'evil', remove: true }] }] })
  })
})

describe('a rule sees the record as it will stand', () => {
  const rulesOfContacts = [
    { name: 'has-account', check: { kind: 'required', field: 'account' }, when: { field: 'title', equals: ['CEO'] } },
    { name: 'has-owner', check: { kind: 'required', field: 'owner' } },
    { name: 'says-department', check: { kind: 'required', field: 'department' }, severity: 'warning' },
  ]
  const contacts = (definition: Omit<ImportDefinitionInput, 'object'> = {}): ImportDefinitionInput => ({ object: 'contacts', match: [['email']], ...definition })
  const doubted = async (job: number) => (await longshore.job(job)).issues?.filter(({ code }) => code === 'rule.doubted').map(({ count }) => count)

  beforeAll(() => longshore.changeSchema({ objects: [{ name: 'contacts', rules: rulesOfContacts }] }))
  beforeEach(() => longshore.rows('TRUNCATE org.contacts, org.accounts'))

  it('with the owner that it gets where its row names none', async () => {
    expect((await longshore.importText('Last Name,Department\nA,Sales\n', contacts({ match: [] }))).counts).toMatchObject({ created: 1, failed: 0 })
  })

  it('with a reference that is left blank as empty, whatever the cell says', async () => {
    await longshore.importText('Account Name\nAcme\n', { object: 'accounts' })
    const file = 'Last Name,Email,Job Title,Company,Department\nA,a@example.com,CEO,Nobody,x\nB,b@example.com,CEO,Acme,x\nC,c@example.com,CFO,Nobody,x\nD,d@example.com,CEO,,x\n'
    const job = await longshore.importText(file, contacts({ missingReference: 'blank' }))
    expect(codes(job)).toEqual([[2, 'account', 'rule.broken'], [5, 'account', 'rule.broken']])
    expect(job.counts).toMatchObject({ created: 2, failed: 2 })
    // a row that updates is looked at by the record that it meets, which has its account
    const again = await longshore.importText('Last Name,Email,Job Title,Company\nB,b@example.com,CEO,Nobody\nC,c@example.com,CEO,Nobody\nE,e@example.com,CEO,Nobody\n', contacts({ operation: 'upsert', missingReference: 'blank' }))
    expect(resultRows(again).map(({ outcome }) => outcome)).toEqual(['skipped', 'failed', 'failed'])
  })

  it('and has its doubts about records that are made, not about those that are changed and have what it asks', async () => {
    await longshore.importText('Last Name,Email,Department\nA,a@example.com,Sales\n', contacts())
    const file = 'Last Name,Email,Job Title\nA,a@example.com,CTO\nB,b@example.com,CTO\n'
    const planned = await longshore.importText(file, contacts({ operation: 'upsert' }), { dryRun: true })
    expect([planned.counts.updated, planned.counts.created, planned.warnings, await doubted(planned.job)]).toEqual([1, 1, 1, [1]])
    // whoever was to be changed is gone: now the row makes a record, and the doubt is about two
    await longshore.importText('Email\na@example.com\n', contacts({ operation: 'delete' }))
    const job = await longshore.apply(planned.job, () => undefined)
    expect([job.counts.created, await doubted(job.job)]).toEqual([2, [2]])
  })

  it('and asks of a reference only whether it is filled', async () => {
    const rule = (more: object) => longshore.changeSchema({ objects: [{ name: 'contacts', rules: [{ name: 'new', check: { kind: 'required', field: 'title' }, ...more }] }] })
    await expect(rule({ when: { field: 'account', equals: ['Acme'] } })).rejects.toMatchObject({ code: 'schema.document', path: 'objects[0].rules[0].when', message: expect.stringContaining('"filled": true') })
    await expect(rule({ check: { kind: 'compare', field: 'account', operator: '=', other: 'account' } })).rejects.toMatchObject({ path: 'objects[0].rules[0].check' })
  })
})
