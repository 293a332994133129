import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../../testing/open-test-api.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let ann: Credentials

beforeAll(async () => {
  api = await openTestApi('objects-api')
  ann = await api.person('ann@example.com', 'admin')
  await api.longshore.importText('Account Name,Website\nAcme,https://acme.example.com\nBolt,\n', { object: 'accounts' })
})
afterAll(() => api.close())

it('prints the schema as a document that changes nothing where it is applied', async () => {
  const { json } = await api.ask(ann, 'GET', '/v1/schema')
  expect((await api.ask(ann, 'POST', '/v1/schema', { body: json })).json).toMatchObject({ changes: [] })
})

it('asks a rule of the records that are there, and keeps nothing of it', async () => {
  const rule = { name: 'website-needed', check: { kind: 'required', field: 'website' } }
  const { status, json } = await api.ask(ann, 'POST', '/v1/objects/accounts/rules/test', { body: { rule } })
  expect([status, json['looked'], json['broken'], json['words'], (json['examples'] as { values: object }[]).map(({ values }) => values)]).toEqual([200, 2, 1, 'Website is needed', [{ website: null, name: 'Bolt' }]])
  expect(JSON.stringify((await api.ask(ann, 'GET', '/v1/schema')).json)).not.toContain('website-needed')
  const wrong = await api.ask(ann, 'POST', '/v1/objects/accounts/rules/test', { body: { rule: { name: 'x', check: { kind: 'pattern', field: 'name', pattern: '(?=a)' } } } })
  expect([wrong.status, wrong.json['code']]).toEqual([400, 'schema.document'])
})

it('gives a blank file that is read as its object', async () => {
  const { status, text, headers } = await api.ask(ann, 'GET', '/v1/objects/accounts/template')
  expect([status, headers['content-disposition'], text.split(/\r?\n/)[0]]).toEqual([200, expect.stringContaining('accounts-template.csv'), expect.stringContaining('Account name')])
  expect((await api.ask(ann, 'GET', '/v1/objects/accounts/template?format=xlsx')).text.startsWith('PK')).toBe(true)
})
