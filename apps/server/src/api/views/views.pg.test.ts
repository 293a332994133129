import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type * as Store from '@longshore/store'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Answer, Credentials, TestApi } from '../../testing/open-test-api.ts'

const asked = vi.hoisted(() => ({ members: 0 }))
vi.mock('@longshore/store', async (original) => {
  const store = await original<typeof Store>()
  return { ...store, loadMembers: (...of: Parameters<typeof store.loadMembers>) => { asked.members += 1; return store.loadMembers(...of) } }
})

let api: TestApi
let ann: Credentials
let ben: Credentials
let eve: Credentials
const url = '/v1/objects/contacts/views'
const german = { where: ['mailing_country = DE'], sort: '-created_at', columns: ['last_name', 'email'] }

beforeAll(async () => {
  api = await openTestApi('views')
  ann = await api.person('ann@example.com', 'admin')
  ben = await api.person('ben@example.com', 'member')
  await api.longshore.people.putRole({ name: 'narrow', label: 'Narrow', rights: [], objects: { '*': ['read'] }, hiddenFields: { contacts: ['email'] }, scope: 'all' })
  eve = await api.person('eve@example.com', 'narrow')
})
afterAll(() => api.close())

const namesOf = ({ json }: Answer): string[] => (json['views'] as { name: string }[]).map(({ name }) => name)
const keep = (who: Credentials, body: unknown): Promise<Answer> => api.ask(who, 'POST', url, { body })

it('are kept for oneself, or for everybody who may read what they show', async () => {
  expect((await keep(ben, { name: 'Mine', view: {} })).json).toMatchObject({ name: 'Mine', shared: false, mine: true, mayChange: true, view: { where: [], sort: null, columns: null } })
  expect((await keep(ben, { name: 'German', shared: true, view: german })).json).toMatchObject({ shared: true, view: german })
  expect((await keep(ben, { name: 'All', shared: true, view: {} })).status).toBe(201)
  expect([namesOf(await api.ask(ben, 'GET', url)), namesOf(await api.ask(ann, 'GET', url)), namesOf(await api.ask(eve, 'GET', url))]).toEqual([['All', 'German', 'Mine'], ['All', 'German'], ['All']])
})

it('are changed by who made them, and where they are shared by who may change settings', async () => {
  const views = (await api.ask(ben, 'GET', url)).json['views'] as { id: number; name: string }[]
  const idOf = (name: string): number => views.find((view) => view.name === name)?.id ?? 0
  const body = { name: 'All of us', shared: true, view: {} }
  expect((await api.ask(eve, 'PUT', `${url}/${idOf('All')}`, { body: { ...body, shared: false } })).status).toBe(403)
  expect((await api.ask(ann, 'PUT', `${url}/${idOf('All')}`, { body })).json).toMatchObject({ name: 'All of us', mine: false, mayChange: true })
  expect((await api.ask(ann, 'DELETE', `${url}/${idOf('Mine')}`)).json).toMatchObject({ code: 'view.unknown' })
  expect((await api.ask(ben, 'DELETE', `${url}/${idOf('Mine')}`)).status).toBe(204)
  expect(namesOf(await api.ask(ben, 'GET', url))).toEqual(['All of us', 'German'])
})

it('are refused under a name that is taken, over fields that the maker does not know, and shared by who may only read', async () => {
  const refused = [
    await keep(ann, { name: 'german', shared: true, view: {} }), await keep(ann, { name: 'x', view: { columns: ['no_such'] } }), await keep(ann, { name: 'x', view: { sort: 'no_such' } }),
    await keep(eve, { name: 'x', view: { where: ['email = king@example.com'] } }), await keep(eve, { name: 'x', shared: true, view: {} }),
  ]
  expect(refused.map(({ status }) => status)).toEqual([409, 400, 400, 400, 403])
  expect((await keep(eve, { name: 'Own', view: {} })).status).toBe(201)
})

it('are listed without asking for the members again for each that has filters', async () => {
  for (const name of ['One', 'Two', 'Three']) expect((await keep(ben, { name, shared: true, view: german })).status).toBe(201)
  asked.members = 0
  expect(namesOf(await api.ask(ann, 'GET', url))).toEqual(['All of us', 'German', 'One', 'Three', 'Two'])
  expect(asked.members).toBe(1)
})
