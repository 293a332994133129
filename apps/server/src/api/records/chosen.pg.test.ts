import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../../testing/open-test-api.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let admin: Credentials
beforeAll(async () => {
  api = await openTestApi('chosen')
  admin = await api.person('admin@example.com', 'admin')
  await api.longshore.importText(`Last Name,E-mail,Title,Account\n${Array.from({ length: 60 }, (_, i) => `P${String(i).padStart(2, '0')},p${i}@example.com,${i % 2 === 0 ? 'Clerk' : 'Cook'},Acme`).join('\n')}\n`, { object: 'contacts', missingReference: 'create' })
})
afterAll(() => api.close())

const change = (who: Credentials, body: object, headers = {}) => api.ask(who, 'POST', '/v1/objects/contacts/records/change', { body, headers })
const ended = async (job: unknown): Promise<void> => { await expect.poll(async () => (await api.longshore.job(Number(job))).state, { timeout: 30_000 }).toBe('done') }
const titles = () => api.longshore.rows<{ title: string | null; n: string }>('SELECT title, count(*) AS n FROM org.contacts WHERE deleted_at IS NULL GROUP BY 1 ORDER BY 1')
const some = async (n: number): Promise<string[]> => (await api.longshore.rows<{ id: string }>('SELECT id::text FROM org.contacts WHERE deleted_at IS NULL ORDER BY id')).slice(0, n).map(({ id }) => id)

describe('records that are chosen', () => {
  it('are given one value as a job, which undo takes back', async () => {
    const before = await titles()
    const { status, json } = await change(admin, { operation: 'update', where: ['title = Clerk'], values: { title: 'Chef' }, count: 30 })
    expect([status, json['rows'] !== undefined]).toEqual([202, true])
    await ended(json['job'])
    expect(await titles()).toEqual([{ title: 'Chef', n: '30' }, { title: 'Cook', n: '30' }])
    expect((await api.longshore.job(Number(json['job']))).counts).toMatchObject({ updated: 30 })
    await api.longshore.undo(Number(json['job']), { everything: false }, () => undefined)
    expect(await titles()).toEqual(before)
  })

  it('are those of the ids, or of the filters but for some', async () => {
    const ids = await some(4)
    await ended((await change(admin, { operation: 'update', records: ids, values: { title: 'Four' } })).json['job'])
    expect(await titles()).toEqual(expect.arrayContaining([{ title: 'Four', n: '4' }]))
    await ended((await change(admin, { operation: 'update', where: ['title = Four'], except: ids.slice(0, 1), values: { title: 'Three' } })).json['job'])
    expect(await titles()).toEqual(expect.arrayContaining([{ title: 'Four', n: '1' }, { title: 'Three', n: '3' }]))
  })

  it('lose a value or a link, and get another link', async () => {
    const records = await some(2)
    await api.longshore.importText('Name\nBolt\n', { object: 'accounts' })
    const [bolt] = await api.longshore.rows<{ id: string }>(`SELECT id::text FROM org.accounts WHERE name = 'Bolt'`)
    const links = () => api.longshore.rows<{ title: string | null; name: string | null }>(`SELECT c.title, a.name FROM org.contacts c LEFT JOIN org.accounts a ON a.id = c.account WHERE c.id IN (${records.join(',')})`)
    const linked = await change(admin, { operation: 'update', records, values: { account: bolt?.id ?? '', title: null } })
    expect(linked.json).toMatchObject({ kind: 'import' })
    await ended(linked.json['job'])
    expect(await links()).toEqual([{ title: null, name: 'Bolt' }, { title: null, name: 'Bolt' }])
    const unlinked = await change(admin, { operation: 'update', records, values: { account: null } })
    expect(unlinked.json).toMatchObject({ kind: 'import' })
    await ended(unlinked.json['job'])
    expect(await links()).toEqual([{ title: null, name: null }, { title: null, name: null }])
  })

  it('lose a value that is given as blanks, as by hand', async () => {
    const records = (await some(60)).slice(-2)
    const before = await titles()
    const { json } = await change(admin, { operation: 'update', records, values: { title: '  ' } })
    await ended(json['job'])
    expect(await api.longshore.rows(`SELECT title FROM org.contacts WHERE id IN (${records.join(',')})`)).toEqual([{ title: null }, { title: null }])
    await api.longshore.undo(Number(json['job']), { everything: false }, () => undefined)
    expect(await titles()).toEqual(before)
  })

  it('are not given a long text so often that it fills the disk', async () => {
    await api.longshore.importText(`Name\n${Array.from({ length: 2_100 }, (_, i) => `Large ${i}`).join('\n')}\n`, { object: 'accounts' })
    const jobs = (await api.longshore.jobs()).length
    const { json } = await api.ask(admin, 'POST', '/v1/objects/accounts/records/change', { body: { operation: 'update', where: ['name starts-with "Large "'], values: { description: 'x'.repeat(131_000) } } })
    expect(json).toMatchObject({ status: 413, code: 'chosen.too-large', path: 'values' })
    expect((await api.longshore.jobs()).length).toBe(jobs)
  })

  it('go to the bin as a job, once under one key, and come back by its undo', async () => {
    const records = await some(5)
    const body = { operation: 'delete', records, count: 5 }
    const { json } = await change(admin, body, { 'idempotency-key': 'k' })
    expect((await change(admin, body, { 'idempotency-key': 'k' })).json['job']).toBe(json['job'])
    await ended(json['job'])
    expect(await some(100)).toHaveLength(55)
    await api.longshore.undo(Number(json['job']), { everything: false }, () => undefined)
    expect(await some(100)).toHaveLength(60)
  })

  it.each([
    ['none that is there', { operation: 'delete', records: ['7'] }, 409, 'chosen.none'],
    ['another number than was seen', { operation: 'delete', where: ['last_name starts-with P'], count: 61 }, 409, 'chosen.changed'],
    ['a value that the field does not take', { operation: 'update', where: [], values: { birthdate: 'soon' } }, 400, 'value-invalid'],
    ['a field that is required, emptied', { operation: 'update', where: [], values: { last_name: null } }, 400, 'value-invalid'],
    ['no value', { operation: 'update', where: [], values: {} }, 400, 'value-invalid'],
    ['ids that are none', { operation: 'delete', records: ['1) or (1'] }, 400, 'request.invalid'],
  ])('are refused with %s, and nothing is done', async (_, body, status, code) => {
    const jobs = (await api.longshore.jobs()).length
    expect((await change(admin, body)).json).toMatchObject({ status, code })
    expect((await api.longshore.jobs()).length).toBe(jobs)
  })

  it('need the rights to do the same by an import', async () => {
    const member = await api.person('member@example.com', 'member')
    expect((await change(member, { operation: 'delete', records: await some(1) })).json['code']).toBe('access.denied')
    await api.longshore.people.putRole({ name: 'typist', label: 'Typist', rights: [], objects: { '*': ['read', 'write', 'delete'] }, hiddenFields: {}, scope: 'all' })
    const typist = await api.person('typist@example.com', 'typist')
    expect((await change(typist, { operation: 'update', records: await some(1), values: { title: 'x' } })).json['code']).toBe('access.denied')
  })

  it('are written into a file', async () => {
    const records = await some(3)
    const names = (await api.longshore.rows<{ name: string }>(`SELECT last_name AS name FROM org.contacts WHERE id IN (${records.join(',')}) ORDER BY id`)).map(({ name }) => name)
    const { status, text } = await api.ask(admin, 'POST', '/v1/objects/contacts/export', { body: { records, fields: 'last_name', format: 'csv' } })
    expect([status, text.trim().split(/\r?\n/)]).toEqual([200, ['last_name', ...names].map((cell) => `"${cell}"`)])
  })
})
