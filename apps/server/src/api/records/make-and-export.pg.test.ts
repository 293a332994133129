import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../../testing/open-test-api.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let admin: Credentials
let writer: Credentials
beforeAll(async () => {
  api = await openTestApi('make-export')
  admin = await api.person('admin@example.com', 'admin')
  await api.longshore.people.putRole({ name: 'writer', label: 'Writer', rights: [], objects: { '*': ['read', 'write', 'export'] }, hiddenFields: { contacts: ['phone'] }, scope: 'own' })
  writer = await api.person('writer@example.com', 'writer')
})
afterAll(() => api.close())

const make = (who: Credentials, values: Record<string, string | null>, headers = {}) => api.ask(who, 'POST', '/v1/objects/contacts/records', { body: { values }, headers })

describe('a record made by hand', () => {
  it('is checked like a row, belongs to whoever makes it, and is made once under one key', async () => {
    const made = await make(writer, { last_name: 'King', email: 'KING@example.com' }, { 'idempotency-key': 'k' })
    expect([made.status, made.json['values']]).toEqual([201, expect.objectContaining({ last_name: 'King', email: 'KING@example.com', owner: 'writer@example.com' })])
    expect((await make(writer, { last_name: 'King', email: 'KING@example.com' }, { 'idempotency-key': 'k' })).json['id']).toBe(made.json['id'])
    const { status, json } = await make(writer, { first_name: 'Ada', email: 'no address' })
    expect([status, json['errors']]).toEqual([400, [expect.objectContaining({ path: 'values.email' }), { path: 'values.last_name', message: 'Required value missing in "Last name": Last name is empty. Give it a value.' }]])
    expect((await api.longshore.rows('SELECT 1 FROM org.contacts')).length).toBe(1)
  })

  it.each([['id', '7'], ['created_at', '2020-01-01'], ['owner', 'admin@example.com'], ['organization', '2'], ['phone', '+1 212 555 0100'], ['__proto__', 'x'], ['constructor', 'x']])('cannot set %s by somebody without the right to', async (field, value) => {
    const { status } = await api.ask(writer, 'POST', '/v1/objects/contacts/records', { body: JSON.parse(`{"values":{"last_name":"X","${field}":"${value}"}}`) as unknown })
    expect([400, 403]).toContain(status)
    expect(await api.longshore.rows(`SELECT 1 FROM org.contacts WHERE last_name = 'X'`)).toEqual([])
  })
})

it('a record made by hand is linked by the id of the record that it leads to', async () => {
  await api.longshore.importText('Name\nEngines\nEngines\n', { object: 'accounts', onDuplicate: 'create' })
  const [, second] = await api.longshore.rows<{ id: string }>('SELECT id::text FROM org.accounts ORDER BY id')
  const linked = await make(admin, { last_name: 'Linked', 'account.id': second?.id ?? '' })
  expect(linked.json).toMatchObject({ links: [{ field: 'account', id: second?.id, name: 'Engines' }] })
  expect((await make(admin, { last_name: 'Lost', 'account.id': '7' })).json).toMatchObject({ status: 400, errors: [{ path: 'values.account.id', message: 'Referenced record not found in "Account": there is no account with Record ID "7". Name one that is there.' }] })
  await api.longshore.binRecords({ object: 'contacts', records: [String(linked.json['id'])] })
})

it.each([['yes', 'true'], ['no', 'false']])('a field that was given %s is %s in the record, in lists and in files', async (typed, kept) => {
  const { json } = await make(admin, { last_name: `Said ${typed}`, email_opt_out: typed })
  const where = `where=${encodeURIComponent(`last_name = "Said ${typed}"`)}&fields=email_opt_out`
  const list = await api.ask(admin, 'GET', `/v1/objects/contacts/records?${where}`)
  const file = await api.ask(admin, 'GET', `/v1/objects/contacts/export?${where}&format=ndjson`)
  expect([json['values'], list.json['items'], file.text.trim()]).toEqual([expect.objectContaining({ email_opt_out: kept }), [expect.objectContaining({ values: { email_opt_out: kept } })], expect.stringContaining(kept)])
  await api.longshore.binRecords({ object: 'contacts', records: [String(json['id'])] })
})

describe('records as a file', () => {
  it('are those of the filters, with the fields asked for, as far as the one who asks reaches', async () => {
    await make(admin, { last_name: '=1+1', email: 'lee@example.com', phone: '+1 212 555 0100' })
    const file = (who: Credentials, query: string) => api.ask(who, 'GET', `/v1/objects/contacts/export${query}`)
    const all = await file(admin, '?fields=last_name,email')
    expect([all.status, all.headers['content-disposition'], all.text.trim().split(/\r?\n/).sort()]).toEqual([200, expect.stringContaining('contacts.csv'), ['"\'=1+1","lee@example.com"', '"King","KING@example.com"', '"last_name","email"'].map((line) => expect.stringMatching(line.replaceAll('"', '"?').replaceAll('+', '\\+')) as unknown)])
    expect((await file(admin, `?fields=last_name&format=ndjson&guard=false&where=${encodeURIComponent('email = lee@example.com')}`)).text.trim()).toBe('{"last_name":"=1+1"}')
    expect((await file(writer, '?fields=last_name')).text).not.toContain('1+1')
    expect((await file(writer, '?fields=phone')).json).toMatchObject({ code: 'unknown-field' })
    expect((await file(admin, '?where=nonsense')).status).toBe(400)
    expect((await file(admin, '?format=xlsx')).text.startsWith('PK')).toBe(true)
    const reader = await api.person('reader@example.com', 'read-only')
    expect((await file(reader, '')).json['code']).toBe('access.denied')
  })
})

it('a plan is carried out once, however often the request comes under one key', async () => {
  const { job } = await api.longshore.importText('Last Name\nOnce\n', { object: 'contacts' }, { dryRun: true })
  const apply = (key: string, body = {}) => api.ask(admin, 'POST', `/v1/jobs/${job}/apply`, { body, headers: { 'idempotency-key': key } })
  expect((await apply('a')).status).toBe(202)
  await expect.poll(async () => (await api.longshore.job(job)).state, { timeout: 30_000 }).toBe('done')
  expect((await apply('a')).json).toMatchObject({ job, state: 'done' })
  expect((await apply('a', { startAt: '2030-01-01T00:00:00Z' })).json['code']).toBe('request.key-reused')
  expect((await apply('b')).json['code']).toBe('job.state')
  expect((await api.longshore.rows(`SELECT 1 FROM org.contacts WHERE last_name = 'Once'`)).length).toBe(1)
})

it('saving and forgetting a mapping, and settling a pair, stand in the audit log', async () => {
  await api.longshore.importText('Last Name,E-mail\nTwin,twin@example.com\n', { object: 'contacts' })
  const { job } = await api.longshore.importText('Last Name,E-mail\nTwin,twin@example.com\n', { object: 'contacts', match: [['email']], onDuplicate: 'flag' })
  expect((await api.ask(admin, 'PUT', '/v1/saved-mappings/mine', { body: { job } })).json).toMatchObject({ name: 'mine' })
  expect((await api.ask(admin, 'DELETE', '/v1/saved-mappings/mine')).status).toBe(204)
  const [pair] = await api.longshore.reviews({ limit: 1 })
  expect((await api.ask(admin, 'POST', `/v1/reviews/${pair?.id ?? ''}/dismiss`)).status).toBe(204)
  const { items } = (await api.ask(admin, 'GET', '/v1/audit-log')).json as { items: { act: string; target: string }[] }
  expect(items.slice(0, 3).map(({ act, target }) => [act, target])).toEqual([['review.dismiss', `review/${pair?.id ?? ''}`], ['mapping.forget', 'mapping/mine'], ['mapping.save', 'mapping/mine']])
})
