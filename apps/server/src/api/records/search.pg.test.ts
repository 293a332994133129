import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../../testing/open-test-api.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let admin: Credentials
beforeAll(async () => {
  api = await openTestApi('search')
  admin = await api.person('admin@example.com', 'admin')
  await api.longshore.importText('Last Name,E-mail,Phone,Account\nLovelace,ada@example.com,+49 171 1234568,Engines\nByron,byron@example.com,089 12,Engines\n', { object: 'contacts', missingReference: 'create' })
})
afterAll(() => api.close())

const search = async (who: Credentials, text: string): Promise<unknown> => (await api.ask(who, 'GET', `/v1/search?text=${encodeURIComponent(text)}`)).json

it.each(['lovelace', 'ADA@example.com', '0171 1234568', '(0171) 123-4568', '+49 171 1234568', '+49 (0) 171 1234568', '0049 171 1234568'])('%s finds the contact, and tells it apart by its address', async (text) => {
  expect(await search(admin, text)).toEqual({ records: [expect.objectContaining({ object: 'contacts', name: 'Lovelace', beside: 'ada@example.com' })], unfinished: [] })
})

it('finds records of several objects, in the order of the objects; a number that was kept as typed as it was typed', async () => {
  expect(await search(admin, 'engines')).toMatchObject({ records: [{ object: 'accounts', name: 'Engines' }, { object: 'contacts', name: 'Byron' }, { object: 'contacts', name: 'Lovelace' }] })
  expect(await search(admin, '089 12')).toMatchObject({ records: [{ name: 'Byron' }] })
  for (const nothing of ['   ', '000000', '0000001', '001234']) expect([nothing, await search(admin, nothing)]).toEqual([nothing, { records: [], unfinished: [] }])
})

it('finds an address by its key, and only the record that has the very one', async () => {
  await api.longshore.importText('Last Name,E-mail\nAnother,more.ada@example.com\n', { object: 'contacts' })
  expect(await search(admin, 'Ada@Example.com')).toMatchObject({ records: [{ name: 'Lovelace' }] })
  expect((await search(admin, 'ada@example') as { records: unknown[] }).records).toHaveLength(2)
})

it('finds whom an external id names, and first, but also others who have it in their names', async () => {
  await api.longshore.importText('Last Name,External ID\nZeppelin 4711,\nKölnisch,4711\nMore 4711,\n', { object: 'contacts' })
  expect(await search(admin, '4711')).toMatchObject({ records: [{ name: 'Kölnisch' }, { name: 'More 4711' }, { name: 'Zeppelin 4711' }], unfinished: [] })
})

it('finds nothing by what the one who asks may not see', async () => {
  await api.longshore.people.putRole({ name: 'narrow', label: 'Narrow', rights: [], objects: { contacts: ['read'] }, hiddenFields: { contacts: ['phone', 'email'] }, scope: 'all' })
  const narrow = await api.person('narrow@example.com', 'narrow')
  for (const text of ['0171 1234568', 'ada@example.com']) expect(await search(narrow, text)).toEqual({ records: [], unfinished: [] })
  expect(await search(narrow, 'lovelace')).toEqual({ records: [expect.objectContaining({ object: 'contacts', beside: null })], unfinished: [] })
  expect(await search(narrow, 'engines')).toEqual({ records: [], unfinished: [] })
})
