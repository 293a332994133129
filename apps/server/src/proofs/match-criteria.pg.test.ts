import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { findObject, setFailpoints, type ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const outcomes = async (file: string, definition: ImportDefinitionInput): Promise<string> => resultRows(await longshore.importText(file, definition)).map(({ outcome }) => outcome).join(' ')
const people = 'First Name,Last Name,Email,Phone,Company\nAda,Lovelace,ada@example.com,+44 20 7946 0958,Acme Inc.\nGrace,Hopper,grace@example.com,(212) 555-0123,Globex\n'
const insert = (match: string[][], more: Partial<ImportDefinitionInput> = {}): ImportDefinitionInput => ({ object: 'contacts', match, missingReference: 'create', ...more })

beforeAll(async () => { longshore = await openTestLongshore('match-criteria') })
afterAll(() => longshore.close())
beforeEach(() => longshore.rows('TRUNCATE org.contacts, org.accounts, org._change'))

describe('match criteria', () => {
  // each is new to the store at its first case: the keys of records that are there already are filled before it is used
  it.each([
    ['phone, in any notation', [['phone']], 'Last Name,Phone\nA,020 7946 0958\nB,+442079460958\nC,001 212 555 0123\nD,212.555.0124\n', { defaults: {} }, 'created skipped skipped created'],
    ['name and company', [['name', 'account']], 'First Name,Last Name,Company\nADA,lovelace,"ACME, Inc"\nAda,Lovelace,Acme GmbH\nAda,Byron,Acme Inc.\nAda,Byron,acme inc\n', {}, 'skipped created created skipped'],
    ['a composite of any fields', [['last_name', 'phone']], 'Last Name,Phone\nHopper,+1 212 555 0123\nMurray,+1 212 555 0123\nHopper,\n', {}, 'skipped created created'],
    ['several, in order: the first that finds something decides', [['email'], ['phone']], 'Last Name,Email,Phone\nA,new@example.com,+1 212 555 0123\nB,ada@example.com,+1 212 555 0123\nC,other@example.com,+1 212 555 0199\n', {}, 'skipped skipped created'],
  ] as const)('%s', async (_, match, file, more, expected) => {
    await longshore.importText(people, insert([['email']]))
    expect(await outcomes(file, insert(match.map((criterion) => [...criterion]), more))).toBe(expected)
  })

  it('accounts by name and domain, and by domain alone', async () => {
    const accounts = 'Account Name,Domain\nAcme,https://www.acme.co.uk/about\nGlobex,globex.com\n'
    await longshore.importText(accounts, { object: 'accounts' })
    expect(await outcomes('Account Name,Domain\nACME,acme.co.uk\nAcme,acme.com\nGlobex,www.globex.com\n', { object: 'accounts', match: [['name', 'domain']] })).toBe('skipped created skipped')
    expect(await outcomes('Account Name,Domain\nAcme Holding,shop.acme.co.uk\nNew,new.com\n', { object: 'accounts', match: [['domain']] })).toBe('skipped created')
  })

  it('a criterion stays in force: the schema shows it, and records keep its key', async () => {
    expect(findObject(await longshore.catalog(), 'contacts')?.matchKeys.map(({ criterion }) => criterion)).toEqual(['email', 'external_id', 'phone', 'first_name+last_name+account', 'last_name+phone'])
    expect(findObject(await longshore.catalog(), 'contacts')?.matchKeys.some(({ since }) => since !== undefined), 'filled').toBe(false)
    await longshore.importText(people, insert([['email']]))
    expect(await outcomes('Last Name,Phone\nX,+442079460958\n', insert([['phone']]))).toBe('skipped')
  })

  it('a key follows its record when a file changes one of its parts, and back when that is undone', async () => {
    await longshore.importText(people, insert([['email']]))
    const byName = insert([['name', 'account']])
    const married = await longshore.importText('Email,Last Name\nada@example.com,King\n', { object: 'contacts', operation: 'update', match: [['email']] })
    expect(await outcomes('First Name,Last Name,Company\nAda,King,Acme Inc.\n', byName)).toBe('skipped')
    await longshore.undo(married.job, { everything: false }, () => undefined)
    expect(await outcomes('First Name,Last Name,Company\nAda,Lovelace,Acme Inc.\n', byName)).toBe('skipped')
  })

  it('a key that looks at the account follows its name', async () => {
    await longshore.importText(people, insert([['email']]))
    const renamed = await longshore.importText('Account Name,External ID\nAcme Inc.,A-1\n', { object: 'accounts', operation: 'update', match: [['name']] })
    await longshore.importText('Account Name,External ID\nAcme Worldwide,A-1\n', { object: 'accounts', operation: 'update', match: [['external_id']] })
    const byName = insert([['name', 'account']], { missingReference: 'create' })
    expect(renamed.counts.updated).toBe(1)
    expect(await outcomes('First Name,Last Name,Company\nAda,Lovelace,Acme Worldwide\n', byName)).toBe('skipped')
  })

  it('undo of an import by a new criterion restores what was', async () => {
    await longshore.importText(people, insert([['email']]))
    const before = await longshore.rows('SELECT * FROM org.contacts ORDER BY id')
    const job = await longshore.importText('First Name,Last Name,Company,Job Title\nAda,Lovelace,Acme Inc.,CEO\n', insert([['name', 'account']], { operation: 'upsert' }))
    expect(job.counts.updated).toBe(1)
    await longshore.undo(job.job, { everything: false }, () => undefined)
    expect(await longshore.rows('SELECT * FROM org.contacts ORDER BY id')).toEqual(before)
  })

  it('a plan made before a criterion was known is applied without harm to it', async () => {
    const planned = await longshore.importText('Last Name,Email,Department\nX,x@example.com,Sales\n', insert([['email']]), { dryRun: true })
    await longshore.importText(people, insert([['email']]))
    const by = insert([['last_name', 'department']])
    expect(await outcomes('Last Name,Department\nY,Sales\n', by)).toBe('created')
    await longshore.apply(planned.job, () => undefined)
    expect(await outcomes('Last Name,Department\nX,Sales\nY,Sales\n', by)).toBe('skipped skipped')
  })

  it('a criterion that is switched on while a job writes that does not know it ends with the keys of what the records hold', async () => {
    const lines = (n: number, phone: (i: number) => string): string => `Last Name,Email,Mobile Phone\n${Array.from({ length: n }, (_, i) => `P${i},p${i}@example.com,${phone(i)}\n`).join('')}`
    await longshore.importText(lines(6, (i) => `+1 212 555 01${20 + i}`), insert([['email']], { columns: [{ header: 'Mobile Phone', field: 'mobile_phone' }] }))
    Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '1', LONGSHORE_APPLY_CONNECTIONS: '1' })
    try {
      // it changes every number and makes three records; after the third chunk a dry run switches the criterion on and fills its keys
      let chunks = 0
      setFailpoints(async (name) => {
        if (name !== 'apply.after-commit' || ++chunks !== 4) return
        const planned = await longshore.importText('Last Name,Mobile Phone\nX,+1 212 555 0120\n', insert([['mobile_phone']]), { dryRun: true, name: 'dry.csv' })
        expect(planned.state).toBe('planned')
      })
      await longshore.importText(lines(9, (i) => `+1 212 555 01${40 + i}`), insert([['email']], { operation: 'upsert', columns: [{ header: 'Mobile Phone', field: 'mobile_phone' }] }))
    } finally {
      setFailpoints(null)
      delete process.env['LONGSHORE_CHUNK_ROWS']
      delete process.env['LONGSHORE_APPLY_CONNECTIONS']
    }
    const told: string[] = []
    const job = await longshore.importText(`Last Name,Mobile Phone\n${Array.from({ length: 9 }, (_, i) => `New,+1 212 555 01${40 + i}\n`).join('')}${Array.from({ length: 6 }, (_, i) => `Old,+1 212 555 01${20 + i}\n`).join('')}`,
      insert([['mobile_phone']]), { watch: ({ phase }) => { told.push(phase) } })
    expect([resultRows(job).map(({ outcome }) => outcome), told.includes('filling keys')]).toEqual([[...Array<string>(9).fill('skipped'), ...Array<string>(6).fill('created')], true])
    expect(findObject(await longshore.catalog(), 'contacts')?.matchKeys.filter(({ since }) => since !== undefined), 'complete').toEqual([])
  })

  it('a record made for a reference gets the key of a criterion that came after its plan', async () => {
    const definition = insert([['email']], { columns: [{ header: 'City', field: 'account.billing_city' }] })
    const planned = await longshore.importText('Last Name,Email,Company,City\nX,x@example.com,Acme,Oslo\n', definition, { dryRun: true })
    await longshore.importText('Account Name,Billing City\nGlobex,Bergen\n', { object: 'accounts', match: [['billing_city']] })
    await longshore.apply(planned.job, () => undefined)
    expect(await outcomes('Account Name,Billing City\nOther,Oslo\nThird,Bergen\n', { object: 'accounts', match: [['billing_city']] })).toBe('skipped skipped')
  })
})
