import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import type { Progress } from '../longshore.ts'
import { errorRows, resultRows } from '../testing/result-rows.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const linked = () => longshore.rows('SELECT c.last_name AS person, a.name AS account FROM org.contacts c LEFT JOIN org.accounts a ON a.id = c.account ORDER BY c.id')
const accounts = () => longshore.rows('SELECT name, external_id, billing_city FROM org.accounts ORDER BY id')
const people = (...lines: string[]): string => `Last Name,Company,Account External ID,Account City\n${lines.join('\n')}\n`
const described: ImportDefinitionInput = { object: 'contacts', columns: [{ header: 'Account External ID', field: 'account.external_id' }, { header: 'Account City', field: 'account.billing_city' }] }

describe('columns that describe a referenced record', () => {
  beforeAll(async () => {
    longshore = await openTestLongshore('references')
    await longshore.changeSchema({ objects: [{ name: 'contacts', fields: [{ name: 'former_employer', kind: 'reference', targets: ['accounts'] }] }] })
  })
  afterAll(() => longshore.close())
  beforeEach(async () => {
    await longshore.rows('TRUNCATE org.contacts, org.accounts')
    await longshore.importText('Account Name,External ID\nAcme,A-1\nGlobex,G-1\nTwin,T-1\ntwin,T-2\n', { object: 'accounts' })
  })

  it('find it by its external id where a row has one, else by its name', async () => {
    const job = await longshore.importText(people('One,Acme,,', 'Two,,G-1,', 'Three,Twin,T-2,', 'Four,,,', 'Five,Twin,,', 'Six,,X-9,'), described)
    expect(errorRows(job).map(({ row, codes, fields }) => [row, codes, fields])).toEqual([[6, ['reference.ambiguous'], ['account.name']], [7, ['reference.missing'], ['account.external_id']]])
    expect(errorRows(job)[0]?.message).toMatch(/2 accounts with account.name "Twin" \(ids \d+, \d+\)/)
    expect(await linked()).toEqual([{ person: 'One', account: 'Acme' }, { person: 'Two', account: 'Globex' }, { person: 'Three', account: 'twin' }, { person: 'Four', account: null }])
  })

  it('make it with all of them, once, from the first row that names it and is itself written', async () => {
    const job = await longshore.importText(people('One,Initech,I-1,Austin', ',Hooli,H-1,Nowhere', 'Two,Initech,I-1,Dallas', 'Three,Hooli,H-1,Palo Alto'), { ...described, missingReference: 'create' })
    expect(job.counts).toMatchObject({ created: 3, failed: 1 })
    expect(job.related).toEqual({ accounts: 2 })
    expect((await accounts()).slice(4)).toEqual([{ name: 'Initech', external_id: 'I-1', billing_city: 'Austin' }, { name: 'Hooli', external_id: 'H-1', billing_city: 'Palo Alto' }])
    expect(await linked()).toEqual([{ person: 'One', account: 'Initech' }, { person: 'Two', account: 'Initech' }, { person: 'Three', account: 'Hooli' }])
  })

  it('two names for one account are one account, and another legal form is another one', async () => {
    const job = await longshore.importText('Last Name,Company\nOne,Stark Inc.\nTwo,"STARK, INC"\nThree,Stark GmbH\n', { object: 'contacts', missingReference: 'create' })
    expect(job.related).toEqual({ accounts: 2 })
    expect(await linked()).toEqual([{ person: 'One', account: 'Stark Inc.' }, { person: 'Two', account: 'Stark Inc.' }, { person: 'Three', account: 'Stark GmbH' }])
  })

  it('that are left blank on purpose say so, row by row', async () => {
    const job = await longshore.importText('Last Name,Company\nOne,Nobody\nTwo,Acme\n', { object: 'contacts', missingReference: 'blank' })
    expect([job.counts.created, job.warnings]).toEqual([2, 1])
    expect(await longshore.rows('SELECT row_number::integer AS row, code, message FROM org._issue WHERE job = $1', [job.job]))
      .toEqual([{ row: 2, code: 'reference.blanked', message: expect.stringContaining('there is no account with account.name "Nobody". The reference was left empty.') }])
    expect(resultRows(job).map(({ outcome }) => outcome)).toEqual(['created', 'created'])
  })

  it('that find nothing name the nearest existing key', async () => {
    const job = await longshore.importText(people('One,Acmee,,', 'Two,,G-2,', 'Three,Umbrella,,'), described)
    expect(errorRows(job).map(({ message }) => message)).toEqual([
      expect.stringContaining('there is no account with account.name "Acmee", the nearest is "Acme".'),
      expect.stringContaining('there is no account with account.external_id "G-2", the nearest is "G-1".'),
      expect.stringContaining('there is no account with account.name "Umbrella".'),
    ])
  })

  it('two references of one row to the same new account are one account', async () => {
    const definition: ImportDefinitionInput = { object: 'contacts', missingReference: 'create', columns: [{ header: 'Before', field: 'former_employer.name' }] }
    const job = await longshore.importText('Last Name,Company,Before\nOne,Wayne,Umbrella\nTwo,Umbrella,Wayne\nThree,Soylent,Soylent\n', definition)
    expect(job.related).toEqual({ accounts: 3 })
    expect((await accounts()).length).toBe(4 + 3)
    expect(await longshore.rows('SELECT a.name AS account, f.name AS former FROM org.contacts c JOIN org.accounts a ON a.id = c.account JOIN org.accounts f ON f.id = c.former_employer ORDER BY c.id'))
      .toEqual([{ account: 'Wayne', former: 'Umbrella' }, { account: 'Umbrella', former: 'Wayne' }, { account: 'Soylent', former: 'Soylent' }])
  })

  it('of a cancelled import are there for every link that was written', async () => {
    Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '1', LONGSHORE_APPLY_CONNECTIONS: '1' })
    try {
      const stopping = new AbortController()
      const watch = ({ phase, done }: Progress): void => { if (phase === 'applying' && done > 1) stopping.abort() }
      // the last row is written with the first: both are about ada
      const text = 'Last Name,Email,Company\nOne,ada@example.com,\nTwo,bob@example.com,Initech\nThree,ADA@example.com,Initech\n'
      const paused = await longshore.importText(text, { object: 'contacts', operation: 'upsert', match: [['email']], missingReference: 'create' }, { watch, signal: stopping.signal })
      expect(paused.state).toBe('paused')
      const job = await longshore.cancel(paused.job)
      expect(job.counts).toMatchObject({ created: 1, updated: 1, excluded: 1 })
      expect(job.related).toEqual({ accounts: 1 })
      expect(await linked()).toEqual([{ person: 'Three', account: 'Initech' }])
    } finally {
      delete process.env['LONGSHORE_CHUNK_ROWS']
      delete process.env['LONGSHORE_APPLY_CONNECTIONS']
    }
  })

  it('are not made for the object that is being imported', async () => {
    await expect(longshore.importText('Name,Parent\nSouth,North\nNorth,\n', {
      object: 'accounts', missingReference: 'create', columns: [{ header: 'Name', field: 'name' }, { header: 'Parent', field: 'parent_account.name' }],
    })).rejects.toMatchObject({ code: 'not-built-yet', path: 'missingReference', message: expect.stringContaining('parent_account.name') })
  })
})
