import type { ImportDefinitionInput } from '@longshore/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestApi } from './testing/open-test-api.ts'
import type { Credentials, TestApi } from './testing/open-test-api.ts'

vi.mock('./tasks/parser/run-parser.ts', async () => ({ runParser: (await import('./testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let admin: Credentials
beforeAll(async () => {
  api = await openTestApi('kept_look')
  admin = await api.person('admin@example.com', 'admin')
})
afterAll(() => api.close())

describe('a kept preview', () => {
  const people: ImportDefinitionInput = {
    object: 'contacts', operation: 'upsert', match: [['email']], existingReference: 'update',
    columns: [{ header: 'Company', field: 'account.name', blankClears: true }, { header: 'Account City', field: 'account.billing_city' }],
  }
  const header = 'Email,Last Name,Company,Account City\n'
  let limited: Credentials
  beforeAll(async () => {
    await api.ask(admin, 'PUT', '/v1/roles/people-only', { body: { label: 'People only', rights: ['all-jobs'], objects: { contacts: ['read'] }, hiddenFields: {}, scope: 'all' } })
    limited = await api.person('limited@example.com', 'people-only')
    await api.longshore.importText(`${header}one@example.com,One,Acme,Oslo\ntwo@example.com,Two,Globex,Rome\n`, { ...people, missingReference: 'create' })
  })

  /** What both are told of one plan, the first one asking first. */
  const told = async (first: Credentials, second: Credentials): Promise<string[]> => {
    const { job } = await api.longshore.importText(`${header}one@example.com,One,,\ntwo@example.com,Two,Globex,Paris\n`, people, { dryRun: true })
    const texts: string[] = []
    for (const who of [first, second]) texts.push((await api.ask(who, 'GET', `/v1/jobs/${job}`)).text)
    return texts
  }

  it('shows nobody what another role may see, whoever asks first', async () => {
    expect((await api.ask(limited, 'GET', '/v1/objects/accounts/records')).status).toBe(404)
    for (const [seen, hidden] of [await told(admin, limited), (await told(limited, admin)).reverse()]) {
      expect(seen).toContain('"fromName":"Acme"')
      expect(seen).toContain('"from":"Rome","to":"Paris"')
      expect(hidden).toContain('"name":"One"')
      expect(hidden).not.toMatch(/Acme|Rome/)
    }
  })
})

describe('a kept count', () => {
  const list = async (where: string) => (await api.ask(admin, 'GET', `/v1/objects/contacts/records?count=true&where=${encodeURIComponent(where)}`)).json as { items: { id: string }[]; count: { records: number } }
  const count = async (where: string): Promise<number> => (await list(where)).count.records

  it('holds until an edit or a job', async () => {
    await api.longshore.importText('Last Name,Title\nRuby,red\nSky,blue\n', { object: 'contacts' })
    expect([await count('title = red'), await count('title = red')]).toEqual([1, 1])
    const { items: [sky] } = await list('title = blue')
    expect((await api.ask(admin, 'PATCH', `/v1/objects/contacts/records/${sky?.id}`, { body: { values: { title: 'red' } } })).status).toBe(200)
    expect(await count('title = red')).toBe(2)
    await api.longshore.importText('Last Name,Title\nRose,red\n', { object: 'contacts' })
    expect(await count('title = red')).toBe(3)
  })

  it('holds until a field is removed, also when another one of its name is made', async () => {
    const shade = (field: object) => api.longshore.changeSchema({ objects: [{ name: 'contacts', fields: [{ name: 'shade', ...field }] }] })
    await shade({ kind: 'text' })
    expect((await api.ask(admin, 'POST', '/v1/objects/contacts/records', { body: { values: { last_name: 'Dark' } } })).status).toBe(201)
    await api.longshore.rows(`UPDATE org.contacts SET shade = 'deep' WHERE last_name = 'Dark'`) // as by a job that can no longer be undone: another one would keep the field
    expect(await count('shade = deep')).toBe(1)
    await shade({ remove: true })
    await shade({ kind: 'text' })
    expect(await count('shade = deep')).toBe(0)
  })
})
