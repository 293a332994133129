import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Answer, Credentials, TestApi } from '../../testing/open-test-api.ts'
import { runParser } from '../parser/run-parser.ts'

vi.mock('../parser/run-parser.ts', async () => ({ runParser: vi.fn<typeof runParser>((await import('../../testing/parser-in-process.ts')).runParserHere) }))

interface Draft { job: number; revision: number; definition: Record<string, unknown> }

let api: TestApi
let ann: Credentials
let draft: Draft

/** What was asked of files since the test began. */
const readings = (): string[] => vi.mocked(runParser).mock.calls.map(([, { task }]) => task)
const look = (what: string, who = ann): Promise<Answer> => api.ask(who, 'GET', `/v1/jobs/${draft.job}/draft/${what}`)
const edit = async (change: Record<string, unknown>): Promise<void> => {
  draft.definition = { ...draft.definition, ...change }
  const { status, json } = await api.ask(ann, 'PUT', `/v1/jobs/${draft.job}/draft`, { body: { revision: draft.revision, definition: draft.definition } })
  expect(status).toBe(200)
  draft.revision = Number(json['revision'])
}

async function uploaded(text: string): Promise<string> {
  return (await api.longshore.uploads.take('list.csv', (async function* () { yield Buffer.from(text) })())).id
}

async function draftOf(who: Credentials, upload: string): Promise<Draft> {
  const { status, json } = await api.ask(who, 'POST', '/v1/drafts', { body: { file: { upload, name: 'list.csv' }, definition: { object: 'contacts' } } })
  expect(status).toBe(201)
  return json as unknown as Draft
}

beforeAll(async () => {
  api = await openTestApi('kept-file-looks')
  ann = await api.person('ann@example.com', 'admin')
})
beforeEach(async () => {
  draft = await draftOf(ann, await uploaded('Last Name;E-Mail;Mobile\nKing;king@example.com;0151 23456789\nLee;lee@example.com;0151 23456780\n'))
  vi.mocked(runParser).mockClear()
})
afterAll(() => api.close())

it('reads a file once for all who ask about its columns, also at the same time', async () => {
  const [one, other] = await Promise.all([look('columns'), look('columns')])
  expect([one.status, other.text]).toEqual([200, one.text])
  expect(readings().sort()).toEqual(['detect', 'read'])
  await look('columns')
  await look('columns/2/samples')
  await look('columns/1/samples')
  expect(readings().length).toBe(2)
})

it('needs no other look at its columns to begin a check, and none for what is said of columns', async () => {
  await look('columns')
  await edit({ columns: [{ position: 3, field: null }] })
  await look('columns')
  await api.longshore.drafts.check(draft.job, () => undefined)
  expect(readings().sort()).toEqual(['check', 'detect', 'read'])
})

it('reads a file once for a change of how it is read, and not for going back to what it was', async () => {
  expect((await look('reading')).json['rows']).toEqual([['King', 'king@example.com', '0151 23456789'], ['Lee', 'lee@example.com', '0151 23456780']])
  const before = draft.definition['source'] as object
  await edit({ source: { ...before, headerRow: 2 } })
  expect((await look('reading')).json['columns']).toEqual(['King', 'king@example.com', '0151 23456789'])
  expect(readings()).toEqual(['read', 'read'])
  await edit({ source: Object.fromEntries(Object.entries(before).reverse()) })
  expect((await look('reading')).json['columns']).toEqual(['Last Name', 'E-Mail', 'Mobile'])
  expect(readings()).toEqual(['read', 'read'])
})

it('looks at the columns again where the file is read another way, or is another one', async () => {
  const headers = async (): Promise<unknown> => ((await look('columns')).json['columns'] as { header: string }[]).map(({ header }) => header)
  expect(await headers()).toEqual(['Last Name', 'E-Mail', 'Mobile'])
  await edit({ source: { delimiter: ',' } })
  expect(await headers()).toEqual(['Last Name;E-Mail;Mobile'])
  expect(readings().filter((task) => task === 'detect').length).toBe(2)
  draft = await draftOf(ann, await uploaded('Last Name;City\nKing;Oslo\n'))
  expect(await headers()).toEqual(['Last Name', 'City'])
})

it('keeps the layout of a file whose rows cannot be read, and says each time why they cannot', async () => {
  draft = await draftOf(ann, await uploaded('[{"Last Name":"King"},{"Last Name":"Lee"},{"Last'))
  const [first, again] = [await look('reading'), await look('reading')]
  expect(first.status).toBe(400)
  expect([again.status, again.json['code']]).toEqual([first.status, first.json['code']])
})

it('shows nobody fields that their role hides, whoever looked at the same file first, and nothing of a draft that they may not see', async () => {
  await api.longshore.people.putRole({ name: 'mobile-hidden', label: 'Mobile hidden', rights: [], objects: { contacts: ['read', 'import'] }, hiddenFields: { contacts: ['mobile_phone'] }, scope: 'all' })
  const limited = await api.person('limited@example.com', 'mobile-hidden')
  for (const what of ['columns', 'columns/3/samples', 'reading']) expect((await look(what, limited)).status).toBe(404)
  const text = 'Last Name,Mobile\nKing,0151 23456789\n'
  const fieldsOf = async (who: Credentials, { job }: Draft): Promise<unknown> => {
    const { json } = await api.ask(who, 'GET', `/v1/jobs/${job}/draft/columns`)
    return (json['columns'] as { field: string | null }[]).map(({ field }) => field)
  }
  for (const adminFirst of [true, false]) {
    const upload = await uploaded(`${text}${String(adminFirst)},\n`)
    const [own, theirs] = [await draftOf(ann, upload), await draftOf(limited, upload)]
    vi.mocked(runParser).mockClear()
    const seen = [await (adminFirst ? fieldsOf(ann, own) : fieldsOf(limited, theirs)), await (adminFirst ? fieldsOf(limited, theirs) : fieldsOf(ann, own))]
    expect(adminFirst ? seen : seen.reverse()).toEqual([['last_name', 'mobile_phone'], ['last_name', null]])
    expect(readings().sort()).toEqual(['detect', 'read'])
    expect((await api.ask(limited, 'GET', `/v1/jobs/${theirs.job}/draft/columns`)).text).not.toContain('mobile_phone')
  }
})

it('shows nothing of a file that was removed', async () => {
  for (const what of ['columns', 'reading']) expect((await look(what)).status).toBe(200)
  const [path] = vi.mocked(runParser).mock.calls[0] ?? []
  rmSync(String(path))
  for (const what of ['columns', 'columns/1/samples', 'reading']) expect((await look(what)).status).not.toBe(200)
})
