import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../../testing/open-test-api.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let ann: Credentials
let draft: { job: number; revision: number; definition: Record<string, unknown> }

beforeAll(async () => {
  api = await openTestApi('drafts-api')
  ann = await api.person('ann@example.com', 'admin')
  const upload = await api.longshore.uploads.take('list.csv', (async function* () { yield Buffer.from('Last Name;E-Mail;Born\nKing;king@example.com;31.12.1980\nLee;lee@@example.com;\nWu;;01.02.1975\n') })())
  const { json } = await api.ask(ann, 'POST', '/v1/drafts', { body: { file: { upload: upload.id, name: 'list.csv' }, definition: { object: 'contacts' } } })
  draft = json as typeof draft
})
afterAll(() => api.close())

it('shows how its file is read, and follows a change of that', async () => {
  const reading = await api.ask(ann, 'GET', `/v1/jobs/${draft.job}/draft/reading`)
  expect(reading.json).toMatchObject({ format: 'csv', delimiter: ';', columns: ['Last Name', 'E-Mail', 'Born'], rows: [['King', 'king@example.com', '31.12.1980'], ['Lee', 'lee@@example.com', ''], ['Wu', '', '01.02.1975']] })
  const changed = await api.ask(ann, 'PUT', `/v1/jobs/${draft.job}/draft`, { body: { revision: draft.revision, definition: { ...draft.definition, source: { delimiter: ',' } } } })
  expect((await api.ask(ann, 'GET', `/v1/jobs/${draft.job}/draft/reading`)).json['columns']).toEqual(['Last Name;E-Mail;Born'])
  draft.revision = Number(changed.json['revision'])
  draft.revision = Number((await api.ask(ann, 'PUT', `/v1/jobs/${draft.job}/draft`, { body: { revision: draft.revision, definition: draft.definition } })).json['revision'])
})

it('proposes what the file says, whatever the draft says of columns', async () => {
  const { json } = await api.ask(ann, 'PUT', `/v1/jobs/${draft.job}/draft`, { body: { revision: draft.revision, definition: { ...draft.definition, columns: [{ position: 2, field: null }] } } })
  draft.revision = Number(json['revision'])
  const columns = (await api.ask(ann, 'GET', `/v1/jobs/${draft.job}/draft/columns`)).json['columns'] as { header: string; field: string | null }[]
  expect(columns.map(({ header, field }) => [header, field])).toEqual([['Last Name', 'last_name'], ['E-Mail', 'email'], ['Born', 'birthdate']])
})

it('shows what the check makes of a column, its blanks and its errors among them', async () => {
  const saved = await api.ask(ann, 'PUT', `/v1/jobs/${draft.job}/draft`, { body: { revision: draft.revision, definition: { ...draft.definition, columns: [{ position: 2, field: 'email', transforms: [{ kind: 'case', to: 'upper' }] }] } } })
  expect(saved.status).toBe(200)
  const { json } = await api.ask(ann, 'GET', `/v1/jobs/${draft.job}/draft/columns/2/samples`)
  expect(json).toMatchObject({ looked: 3, failing: 1, samples: [{ row: 2, before: 'king@example.com', after: [{ field: 'email', value: 'KING@EXAMPLE.COM' }], issues: [] }, { row: 3, before: 'lee@@example.com', issues: [expect.stringContaining('found "lee@@example.com"')] }, { row: 4, before: '', after: [{ field: 'email', value: null }] }] })
  expect((await api.ask(ann, 'GET', `/v1/jobs/${draft.job}/draft/columns/9/samples`)).status).toBe(400)
})

it('leaves a row of very long cells to the check, beside which others are answered, and shows what comes behind it', async () => {
  const upload = await api.longshore.uploads.take('long.csv', (async function* () { yield Buffer.from(`Last Name,Description,Birthdate\nLong,${'x'.repeat(600_000)},03/04/1980\nKing,short,31/12/1980\nLee,short,12/31/1980\n`) })())
  const { json } = await api.ask(ann, 'POST', '/v1/drafts', { body: { file: { upload: upload.id, name: 'long.csv' }, definition: { object: 'contacts' } } })
  expect((await api.ask(ann, 'GET', `/v1/jobs/${String(json['job'])}/draft/columns/3/samples`)).json).toMatchObject({ looked: 2, samples: [{ row: 3 }, { row: 4 }], open: expect.stringContaining('contradict each other') })
  const { columns } = (await api.ask(ann, 'GET', `/v1/jobs/${String(json['job'])}/draft/columns`)).json as { columns: { open: string | null }[] }
  expect(columns[2]?.open).toContain('in row 3')
})

it('says beside the samples of a column that the check will stop there, and why', async () => {
  const upload = await api.longshore.uploads.take('amounts.csv', (async function* () { yield Buffer.from('Deal Name;Amount;Probability;Stage\nA;1.000,00;10;New\nB;12,000.00;20;New\nC;-50,5;30;New\n') })())
  const { json } = await api.ask(ann, 'POST', '/v1/drafts', { body: { file: { upload: upload.id, name: 'amounts.csv' }, definition: { object: 'deals' } } })
  const samples = async (column: number) => (await api.ask(ann, 'GET', `/v1/jobs/${String(json['job'])}/draft/columns/${column}/samples`)).json
  expect(await samples(2)).toMatchObject({ failing: 0, open: 'The numbers in the column "Amount" contradict each other: 1 only as . ("12,000.00" in row 3), 2 only as , ("1.000,00" in rows 2, 4).' })
  expect(await samples(3)).toMatchObject({ open: null })
  const { columns } = (await api.ask(ann, 'GET', `/v1/jobs/${String(json['job'])}/draft/columns`)).json as { columns: { field: string | null; open: string | null }[] }
  expect(columns.map(({ field, open }) => [field, open?.slice(0, 58) ?? null])).toEqual([['name', null], ['amount', 'The numbers in the column "Amount" contradict each other: '], ['probability', null], ['stage', null]])
})

it('is made and changed for an object that one may import alone', async () => {
  await api.longshore.people.putRole({ name: 'contacts-alone', label: 'Contacts alone', rights: [], objects: { contacts: ['read', 'import'], deals: ['read'] }, hiddenFields: {}, scope: 'all' })
  const bea = await api.person('bea@example.com', 'contacts-alone')
  const upload = await api.longshore.uploads.take('list.csv', (async function* () { yield Buffer.from('Last Name\nKing\n') })())
  const create = (object: string) => api.ask(bea, 'POST', '/v1/drafts', { body: { file: { upload: upload.id, name: 'list.csv' }, definition: { object } } })
  expect([(await create('deals')).status, (await create('deal')).status, (await create('accounts')).status]).toEqual([403, 403, 404])
  const { json } = await create('contacts')
  const edit = (object: string) => api.ask(bea, 'PUT', `/v1/jobs/${String(json['job'])}/draft`, { body: { revision: json['revision'], definition: { ...(json['definition'] as object), object } } })
  expect([(await edit('deals')).status, (await edit('deal')).status, (await edit('accounts')).status]).toEqual([403, 403, 404])
  expect((await edit('contacts')).status).toBe(200)
})

it('that is to be checked is answered as it then is: checking, without the error of before', async () => {
  await api.longshore.rows(`UPDATE longshore.job SET error = '{"code":"columns.unknown","message":"of the last check"}' WHERE number = $1`, [draft.job])
  const { status, json } = await api.ask(ann, 'POST', `/v1/jobs/${draft.job}/check`)
  expect([status, json['error']]).toEqual([202, null])
  expect(json['state']).not.toBe('draft')
  await expect.poll(async () => (await api.longshore.job(draft.job)).state, { timeout: 30_000 }).toBe('planned')
})

it('that was stopped by an error is not checked again as it is: the answer says so, and a change makes it a draft', async () => {
  const upload = await api.longshore.uploads.take('born.csv', (async function* () { yield Buffer.from('Last Name;Born\nKing;13/04/1980\nLee;05/16/1981\n') })())
  const { json } = await api.ask(ann, 'POST', '/v1/drafts', { body: { file: { upload: upload.id, name: 'born.csv' }, definition: { object: 'contacts' } } })
  const job = Number(json['job'])
  const check = () => api.ask(ann, 'POST', `/v1/jobs/${job}/check`)
  expect((await check()).status).toBe(202)
  await expect.poll(async () => (await api.longshore.job(job)).state, { timeout: 30_000 }).toBe('failed')
  const again = await check()
  expect([again.status, again.json['code']]).toEqual([409, 'job.state'])
  expect(again.json['detail']).toContain(`POST /v1/jobs/${job}/resume`)
  const changed = await api.ask(ann, 'PUT', `/v1/jobs/${job}/draft`, { body: { revision: json['revision'], definition: { ...json['definition'] as object, columns: [{ header: 'Born', dates: 'dmy' }] } } })
  expect(changed.status).toBe(200)
  expect((await check()).status).toBe(202)
  await expect.poll(async () => (await api.longshore.job(job)).state, { timeout: 30_000 }).toBe('planned')
})
