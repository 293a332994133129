import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const rules = [
  { name: 'city-known', check: { kind: 'required', field: 'billing_city' } },
  { name: 'numbered', check: { kind: 'pattern', field: 'external_id', pattern: 'ACC-\\d{3}' } },
  { name: 'has-phone', check: { kind: 'required', field: 'phone' }, severity: 'warning' },
]
const header = 'Last Name,Email,Company,Account City,Account Number,Account Phone\n'
const contacts = (more: Partial<ImportDefinitionInput> = {}): ImportDefinitionInput => ({
  object: 'contacts', operation: 'upsert', match: [['email']], missingReference: 'create', ...more,
  columns: [{ header: 'Account City', field: 'account.billing_city' }, { header: 'Account Number', field: 'account.external_id' }, { header: 'Account Phone', field: 'account.phone' }],
})
const accounts = () => longshore.rows<Record<string, unknown>>('SELECT name, billing_city, phone FROM org.accounts WHERE deleted_at IS NULL ORDER BY id')
const codes = (job: Awaited<ReturnType<TestLongshore['importText']>>) => errorRows(job).map(({ row, fields, codes: found }) => [row, fields.join(), found.join()])
const doubts = (job: number) => longshore.rows(`SELECT row_number::integer AS row, column_name AS column, field FROM org._issue WHERE job = $1 AND code = 'reference.doubted' ORDER BY 1`, [job])

beforeAll(async () => {
  longshore = await openTestLongshore('related-rules')
  await longshore.changeSchema({ objects: [{ name: 'accounts', rules }] })
})
afterAll(() => longshore.close())
beforeEach(() => longshore.rows('TRUNCATE org.contacts, org.accounts, org._change'))

describe('rules of accounts', () => {
  it('are asked of those that rows would make: a row whose account breaks one fails, and makes none', async () => {
    const file = `${header}A,a@example.com,Acme,Oslo,ACC-001,+1 212 555 0100\nB,b@example.com,Globex,,,\nC,c@example.com,Initech,Rome,17,\nD,d@example.com,Initech,Rome,ACC-002,\n`
    const planned = await longshore.importText(file, contacts(), { dryRun: true })
    expect([planned.counts.created, planned.counts.failed]).toEqual([2, 2])
    const job = await longshore.apply(planned.job, () => undefined)
    expect(codes(job)).toEqual([[3, 'account.billing_city', 'reference.breaks-rule'], [4, 'account.external_id', 'reference.breaks-rule']])
    expect(errorRows(job)[0]?.message).toMatch(/account account\.name "Globex".*"city-known".*column "Account City".*Billing city is needed/)
    expect(await accounts()).toEqual([{ name: 'Acme', billing_city: 'Oslo', phone: '+12125550100' }, { name: 'Initech', billing_city: 'Rome', phone: null }])
    expect(await doubts(job.job)).toEqual([{ row: 5, column: 'Account Phone', field: 'account.phone' }])
  })

  it('say so at the column that names the account where none is about the field', async () => {
    const job = await longshore.importText('Last Name,Company\nA,Acme\n', { object: 'contacts', missingReference: 'create' })
    expect([codes(job), errorRows(job)[0]?.message, await accounts()]).toEqual([[[2, 'account.billing_city', 'reference.breaks-rule']], expect.stringContaining('column "Company"'), []])
  })

  it('are not asked of those that are there already, nor of rows that name none', async () => {
    await longshore.importText('Account Name,City\nAcme,Oslo\n', { object: 'accounts', columns: [{ header: 'City', field: 'billing_city' }] })
    expect((await longshore.importText(`${header}A,a@example.com,Acme,,,\nB,b@example.com,,,,\n`, contacts())).counts).toMatchObject({ created: 2, failed: 0 })
  })

  it('are asked again when the account that a plan relied on is gone', async () => {
    await longshore.importText('Account Name,City,External ID\nAcme,Oslo,ACC-001\n', { object: 'accounts', columns: [{ header: 'City', field: 'billing_city' }] })
    const planned = await longshore.importText(`${header}A,a@example.com,Acme,,,\n`, contacts(), { dryRun: true })
    await longshore.importText('External ID\nACC-001\n', { object: 'accounts', operation: 'delete', match: [['external_id']] })
    const job = await longshore.apply(planned.job, () => undefined)
    expect([planned.counts.created, job.counts.failed, codes(job)]).toEqual([1, 1, [[2, 'account.billing_city', 'reference.breaks-rule']]])
  })

  it('are asked of a parent that an account would make', async () => {
    const file = 'Account Name,City,Parent Account,Parent City\nA,Oslo,Top,\nB,Oslo,A,\nC,Oslo,Holding,Rome\n'
    const job = await longshore.importText(file, { object: 'accounts', missingReference: 'create', columns: [{ header: 'City', field: 'billing_city' }, { header: 'Parent City', field: 'parent_account.billing_city' }] })
    expect(resultRows(job).map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'created'])
    expect((await accounts()).map(({ name }) => name).sort()).toEqual(['C', 'Holding'])
  })

  it('are asked of those that a row changes: what breaks one is not taken, what raises a doubt is told', async () => {
    await longshore.importText('Account Name,City,Phone,External ID\nAcme,Oslo,+1 212 555 0100,ACC-001\nGlobex,Rome,,\n', { object: 'accounts', match: [['name']], columns: [{ header: 'City', field: 'billing_city' }] })
    await longshore.changeSchema({ objects: [{ name: 'accounts', rules: [{ name: 'not-paris', check: { kind: 'pattern', field: 'billing_city', pattern: 'O.*|R.*|B.*' } }, { name: 'no-b', check: { kind: 'pattern', field: 'billing_city', pattern: '[^B].*' }, severity: 'warning' }] }] })
    try {
      const job = await longshore.importText('Last Name,Email,Company,Account City\nA,a@example.com,Acme,Paris\nB,b@example.com,Globex,Berlin\n', {
        object: 'contacts', match: [['email']], existingReference: 'update', columns: [{ header: 'Account City', field: 'account.billing_city' }] })
      expect([job.counts.created, (await accounts()).map((one) => one['billing_city'])]).toEqual([2, ['Oslo', 'Berlin']])
      expect(await longshore.rows('SELECT row_number::integer AS row, column_name AS column, code FROM org._issue WHERE job = $1 ORDER BY 1', [job.job]))
        .toEqual([{ row: 2, column: 'Account City', code: 'reference.not-changed' }, { row: 3, column: 'Account City', code: 'reference.doubted' }])
    } finally { await longshore.changeSchema({ objects: [{ name: 'accounts', rules: [{ name: 'not-paris', remove: true }, { name: 'no-b', remove: true }] }] }) }
  })
})
