import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { resultRows } from '../testing/result-rows.ts'
import type { Progress } from '../longshore.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
const header = 'Last Name,Email,Company,Account Phone,Account City,Account Tags,Account Modified\n'
const people = (more: Partial<ImportDefinitionInput> = {}): ImportDefinitionInput => ({
  object: 'contacts', operation: 'upsert', match: [['email']], existingReference: 'update', ...more, columns: [
    { header: 'Account Phone', field: 'account.phone' }, { header: 'Account City', field: 'account.billing_city' }, { header: 'Account Tags', field: 'account.tags', merge: 'append' }, { header: 'Account Modified', field: 'account.updated_at' },
    ...more.columns ?? [],
  ],
})
const accounts = (columns = 'name, phone, billing_city') => longshore.rows<Record<string, unknown>>(`SELECT ${columns} FROM org.accounts WHERE deleted_at IS NULL ORDER BY id`)
const everything = async () => [await accounts('*'), await longshore.rows('SELECT * FROM org.contacts WHERE deleted_at IS NULL ORDER BY id')]
const undo = (job: number) => longshore.undo(job, { everything: false }, () => undefined)

beforeAll(async () => { longshore = await openTestLongshore('related-changes') })
afterAll(() => longshore.close())
beforeEach(async () => {
  await longshore.rows('TRUNCATE org.contacts, org.accounts, org._change')
  await longshore.importText('Account Name,Phone,City,Tags,Last Modified\nAcme Inc.,+1 212 555 0100,Boston,old,2024-01-01\nGlobex,,Berlin,,2024-01-01\nInitech,,,,2024-01-01\n', { object: 'accounts', columns: [{ header: 'City', field: 'billing_city' }] })
})

describe('columns that describe an existing account', () => {
  it('leave it as it is unless the import says otherwise', async () => {
    const before = await accounts('*')
    await longshore.importText(`${header}Lovelace,ada@example.com,Acme Inc.,+1 212 555 0199,London,,\n`, people({ existingReference: 'leave' }))
    expect(await accounts('*')).toEqual(before)
  })

  it('change it, row after row, once in its history; the plan shows it, and undo gives everything back', async () => {
    const before = await everything()
    const file = `${header}Lovelace,ada@example.com,"ACME, INC",+1 212 555 0199,,new,\nHopper,grace@example.com,Acme Inc.,,London,old; newer,\nTuring,alan@example.com,Globex,,Berlin,,\nWirth,niklaus@example.com,Zurich Ltd,,Zurich,,\n`
    const planned = await longshore.importText(file, people({ missingReference: 'create' }), { dryRun: true })
    const acme = { phone: { from: '+12125550100', to: '+12125550199' }, billing_city: { from: 'Boston', to: 'London' }, tags: { from: 'old', to: 'old; new; newer' } }
    expect([planned.relatedChanged, planned.preview?.relatedDiffs.map(({ object, row, fields }) => [object, row, fields])]).toEqual([{ accounts: 1 }, [['accounts', 2, expect.objectContaining(acme)]]])
    expect(await everything()).toEqual(before)
    const job = await longshore.apply(planned.job, () => undefined)
    expect([job.counts.created, job.related, job.relatedChanged]).toEqual([4, { accounts: 1 }, { accounts: 1 }])
    expect(await accounts()).toEqual([
      { name: 'Acme Inc.', phone: '+12125550199', billing_city: 'London' }, { name: 'Globex', phone: null, billing_city: 'Berlin' }, { name: 'Initech', phone: null, billing_city: null }, { name: 'Zurich Ltd', phone: null, billing_city: 'Zurich' },
    ])
    expect(await longshore.rows(`SELECT object, row_number::integer AS row, kind FROM org._change WHERE job = $1`, [job.job])).toEqual([{ object: 'accounts', row: 2, kind: 'update' }])
    const undone = await undo(job.job)
    expect([undone.kept, await everything()]).toEqual([0, before])
  })

  it('do so for a row whose own record has nothing to change, and not for one that fails or is skipped as a duplicate', async () => {
    await longshore.importText('Last Name,Email\nLovelace,ada@example.com\n', { object: 'contacts', match: [['email']] })
    await longshore.importText(`${header}Lovelace,ada@example.com,Acme Inc.,,,,\n`, people())
    const same = await longshore.importText(`${header}Lovelace,ada@example.com,Acme Inc.,,Paris,,\n,bad@example.com,Globex,,Nowhere,,\n`, people())
    expect([resultRows(same).map(({ outcome }) => outcome), (await accounts()).map((account) => account['billing_city'])]).toEqual([['skipped', 'failed'], ['Paris', 'Berlin', null]])
    await longshore.importText(`${header}Lovelace,ada@example.com,Acme Inc.,,Rome,,\n`, people({ operation: 'insert' }))
    expect((await accounts())[0]?.['billing_city']).toBe('Paris')
  })

  it('follow the merge rule of each field: never, if-empty, and if-newer by the age of the data', async () => {
    const rules: Partial<ImportDefinitionInput> = { merge: { 'account.phone': 'if-empty', 'account.billing_city': 'if-newer' }, columns: [{ header: 'Changed', field: 'updated_at' }] }
    const file = (when: string, city: string) => `${header.trim()},Changed\nLovelace,ada@example.com,Acme Inc.,+1 212 555 0199,${city},,${when},2030-01-01\nHopper,grace@example.com,Globex,+1 212 555 0177,,,${when},2030-01-01\n`
    await longshore.importText(file('2023-01-01', 'Older'), people(rules))
    expect(await accounts()).toMatchObject([{ phone: '+12125550100', billing_city: 'Boston' }, { phone: '+12125550177' }, {}])
    await longshore.importText(file('2025-01-01', 'Newer'), people(rules))
    expect((await accounts("billing_city, extract(year FROM as_of)::integer AS as_of"))[0]).toEqual({ billing_city: 'Newer', as_of: 2025 })
    await longshore.importText(file('2024-06-01', 'Between'), people(rules))
    expect((await accounts())[0]?.['billing_city']).toBe('Newer')
  })

  it('clear a field by an empty cell where the column says so, and leave the link to the columns that name the account', async () => {
    const clearing = people({ columns: [] })
    const columns = clearing.columns?.map((column) => (column.header === 'Account City' ? { ...column, blankClears: true } : column)) ?? []
    await longshore.importText(`${header}Lovelace,ada@example.com,Acme Inc.,,,,\n`, { ...clearing, columns })
    expect((await accounts())[0]).toEqual({ name: 'Acme Inc.', phone: '+12125550100', billing_city: null })
    await longshore.importText(`${header}Lovelace,ada@example.com,,,,,\n`, { ...clearing, columns })
    expect(await longshore.rows('SELECT account IS NOT NULL AS linked FROM org.contacts')).toEqual([{ linked: true }])
  })

  it('change the name of an account that is found by another key, and its keys with it', async () => {
    await longshore.importText('Account Name,External ID\nAcme Inc.,A-1\n', { object: 'accounts', operation: 'update', match: [['name']] })
    const byId = (name: string, email: string) => longshore.importText(`Last Name,Email,Company,Account ID\nX,${email},${name},A-1\n`, { object: 'contacts', existingReference: 'update', columns: [{ header: 'Account ID', field: 'account.external_id' }] })
    await byId('Acme Worldwide', 'x@example.com')
    const job = await longshore.importText('Last Name,Email,Company\nY,y@example.com,acme worldwide\n', { object: 'contacts' })
    expect([job.counts.created, (await accounts())[0]?.['name']]).toEqual([1, 'Acme Worldwide'])
  })

  it('leave an account alone that would break a rule of its own, and the row says so', async () => {
    await longshore.changeSchema({ objects: [{ name: 'accounts', rules: [{ name: 'no-paris', when: { field: 'billing_city', equals: ['Paris'] }, check: { kind: 'required', field: 'website' } }] }] })
    const job = await longshore.importText(`${header}Lovelace,ada@example.com,Acme Inc.,+1 212 555 0199,Paris,,\nHopper,grace@example.com,Acme Inc.,+1 212 555 0188,,,\n`, people())
    expect([job.counts.created, job.warnings, job.issues?.map(({ code }) => code)]).toEqual([2, 1, ['reference.not-changed']])
    expect((await accounts())[0]).toEqual({ name: 'Acme Inc.', phone: '+12125550188', billing_city: 'Boston' })
    await longshore.changeSchema({ objects: [{ name: 'accounts', rules: [{ name: 'no-paris', remove: true }] }] })
  })

  it('are saved first where a backup is asked for', async () => {
    const job = await longshore.importText(`${header}Lovelace,ada@example.com,Acme Inc.,,Paris,,\nHopper,grace@example.com,Globex,,Berlin,,\n`, people({ backup: true }))
    const path = job.results.find((file) => file.endsWith('backup-accounts.csv')) ?? ''
    expect(readFileSync(path, 'utf8').trim().split('\n').slice(1).map((line) => /Acme Inc\.|Globex/.exec(line)?.[0])).toEqual(['Acme Inc.'])
    expect(job.artifacts.filter(({ kind }) => kind === 'backup').length, 'no contact changes').toBe(1)
  })

  it('keep what somebody edited since, when the import is undone', async () => {
    const job = await longshore.importText(`${header}Lovelace,ada@example.com,Acme Inc.,+1 212 555 0199,Paris,,\n`, people())
    const [acme] = await accounts('id::text AS id')
    await longshore.editRecord({ object: 'accounts', record: String(acme?.['id']), values: { billing_city: 'Rome' } })
    const undone = await undo(job.job)
    expect([undone.kept, (await accounts())[0]]).toEqual([1, { name: 'Acme Inc.', phone: '+12125550100', billing_city: 'Rome' }])
  })
})

describe('an import that changes accounts', () => {
  const inSmallSteps = async <T>(work: () => Promise<T>): Promise<T> => {
    Object.assign(process.env, { LONGSHORE_CHUNK_ROWS: '1', LONGSHORE_APPLY_CONNECTIONS: '1' })
    try { return await work() } finally { delete process.env['LONGSHORE_CHUNK_ROWS']; delete process.env['LONGSHORE_APPLY_CONNECTIONS'] }
  }
  const file = `${header}A,a@example.com,Acme Inc.,,Paris,,\nB,b@example.com,Globex,,Rome,,\nC,c@example.com,Acme Inc.,,Madrid,,\n`

  it('changes none when it is cancelled before its rows are done', () => inSmallSteps(async () => {
    const before = await accounts('*')
    const stopping = new AbortController()
    const paused = await longshore.importText(file, people(), { watch: ({ phase, done }: Progress) => { if (phase === 'applying' && done > 1) stopping.abort() }, signal: stopping.signal })
    const job = await longshore.cancel(paused.job)
    expect([paused.state, job.state, job.counts.created > 0, await accounts('*')]).toEqual(['paused', 'cancelled', true, before])
  }))

  it('plans it again when somebody else changed one meanwhile, with what the rows of before say', () => inSmallSteps(async () => {
    const stopping = new AbortController()
    const paused = await longshore.importText(file, people(), { watch: ({ phase, done }: Progress) => { if (phase === 'applying' && done > 1) stopping.abort() }, signal: stopping.signal })
    await longshore.importText('Account Name,Phone,City\nAcme Inc.,+1 212 555 0111,Oslo\n', { object: 'accounts', operation: 'update', match: [['name']], columns: [{ header: 'City', field: 'billing_city' }] })
    const job = await longshore.resume(paused.job, () => undefined)
    expect([job.counts.created, job.relatedChanged, (await accounts()).slice(0, 2)]).toEqual([3, { accounts: 2 }, [{ name: 'Acme Inc.', phone: '+12125550111', billing_city: 'Madrid' }, { name: 'Globex', phone: null, billing_city: 'Rome' }]])
    await undo(job.job)
    expect((await accounts()).slice(0, 2)).toEqual([{ name: 'Acme Inc.', phone: '+12125550111', billing_city: 'Oslo' }, { name: 'Globex', phone: null, billing_city: 'Berlin' }])
  }))

  it('takes nothing from a row that the database refuses', async () => {
    await longshore.rows(`CREATE UNIQUE INDEX by_hand ON org.contacts (last_name) WHERE last_name = 'Twice'`)
    try {
      const job = await longshore.importText(`${header}Twice,a@example.com,Acme Inc.,,Paris,,\nTwice,b@example.com,Acme Inc.,+1 212 555 0111,,,\nC,c@example.com,Globex,,Rome,,\n`, people())
      expect([job.counts.failed, (await accounts()).slice(0, 2)]).toEqual([1, [{ name: 'Acme Inc.', phone: '+12125550100', billing_city: 'Paris' }, { name: 'Globex', phone: null, billing_city: 'Rome' }]])
    } finally { await longshore.rows('DROP INDEX org.by_hand') }
  })

  it('says so where the database refuses an account, and changes the others', async () => {
    await longshore.rows(`CREATE UNIQUE INDEX by_hand ON org.accounts (billing_city)`)
    try {
      const job = await longshore.importText(`${header}A,a@example.com,Acme Inc.,,Berlin,,\nC,c@example.com,Initech,,Rome,,\n`, people())
      expect([job.counts.created, job.warnings, job.relatedChanged, job.issues?.map(({ code }) => code)]).toEqual([2, 1, { accounts: 1 }, ['reference.not-changed']])
      expect((await accounts()).map((account) => account['billing_city'])).toEqual(['Boston', 'Berlin', 'Rome'])
    } finally { await longshore.rows('DROP INDEX org.by_hand') }
  })

  it.each<[string, ImportDefinitionInput, RegExp]>([
    ['a delete', { object: 'contacts', operation: 'delete', match: [['email']], existingReference: 'update' }, /changes no records that rows refer to/],
    ['columns of the object that is imported', { object: 'accounts', existingReference: 'update', columns: [{ header: 'Company', field: 'name' }, { header: 'Last Name', field: 'parent_account.name' }, { header: 'Account City', field: 'parent_account.billing_city' }] }, /changed by its own row/],
  ])('is refused for %s', async (_name, definition, says) => {
    await expect(longshore.importText(file, definition)).rejects.toMatchObject({ path: 'existingReference', message: expect.stringMatching(says) })
  })
})
