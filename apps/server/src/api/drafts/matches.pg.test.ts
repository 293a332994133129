import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { Answer, Credentials, TestApi } from '../../testing/open-test-api.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let ann: Credentials
let job: number
let url: string
const criteriaOf = ({ json }: Answer): unknown => (json['criteria'] as { criterion: string; known: boolean; filled: number; one: number; several: number }[]).map((one) => Object.values(one))

beforeAll(async () => {
  api = await openTestApi('matches-api')
  ann = await api.person('ann@example.com', 'admin')
  await api.longshore.importText('First Name,Last Name,E-mail\nAda,King,ada@example.com\nBob,Lee,twice@example.com\nBo,Lee,twice@example.com\nCy,Gone,gone@example.com\n', { object: 'contacts' })
  const [gone] = await api.longshore.rows<{ id: string }>(`SELECT id::text FROM org.contacts WHERE last_name = 'Gone'`)
  await api.longshore.binRecords({ object: 'contacts', records: [gone?.id ?? ''] })
  const list = 'First Name,Last Name,E-mail\nA,King,ADA@example.com\nX,New,new@example.com\nX,Again,new@example.com\nX,Lee,twice@example.com\nX,Back,gone@example.com\nAda,King,\nX,Bad,bad@\n'
  const upload = await api.longshore.uploads.take('list.csv', (async function* () { yield Buffer.from(list) })())
  const { json } = await api.ask(ann, 'POST', '/v1/drafts', { body: { file: { upload: upload.id, name: 'list.csv' }, definition: { object: 'contacts', match: [['email']] } } })
  job = Number(json['job'])
  url = `/v1/jobs/${job}/draft/matches`
})
afterAll(() => api.close())

const byMail = { looked: 7, failing: 1, none: 4, one: 1, several: 1, binned: 1, repeated: 1, withoutKey: 1 }

it('says what rows of a file meet before they are checked, and changes nothing', async () => {
  const before = await api.longshore.rows('SELECT count(*) FROM org._staged')
  const answer = await api.ask(ann, 'GET', url)
  expect(answer.json).toMatchObject({ sample: false, ...byMail, examples: [{ row: 5, criterion: 'email', records: [expect.any(String), expect.any(String)] }, { row: 2, criterion: 'email', records: [expect.any(String)] }] })
  expect(await api.longshore.rows('SELECT count(*) FROM org._staged')).toEqual(before)
})

it('tells of other criteria than the draft has, those among them whose keys nobody keeps', async () => {
  const keysBefore = (await api.longshore.catalog()).objects.find(({ name }) => name === 'contacts')?.matchKeys.length
  const answer = await api.ask(ann, 'GET', `${url}?match=${encodeURIComponent('email,first_name+last_name')}`)
  expect(answer.json).toMatchObject({ none: 3, one: 2, several: 1, withoutKey: 0 })
  expect(criteriaOf(answer)).toEqual([['email', true, 5, 1, 1], ['first_name+last_name', true, 6, 1, 0]])
  expect((await api.longshore.catalog()).objects.find(({ name }) => name === 'contacts')?.matchKeys.length).toBe(keysBefore)
})

it('tells of all rows once they are checked, without those that were left out', async () => {
  await api.longshore.drafts.check(job, () => undefined)
  expect((await api.ask(ann, 'GET', url)).json).toMatchObject({ sample: false, ...byMail })
  await api.longshore.fixes.add(job, { fix: { kind: 'leave-out' }, rows: [2] })
  expect((await api.ask(ann, 'GET', url)).json).toMatchObject({ looked: 6, one: 0 })
})

it('is one at a time for each draft, and ends when nobody waits for it', async () => {
  const waiting = async (): Promise<number> => Number((await api.longshore.rows<{ n: string }>(`SELECT count(*) AS n FROM pg_catalog.pg_locks WHERE NOT granted AND relation = 'org.contacts'::regclass`))[0]?.n)
  const [left, right] = [new AbortController(), new AbortController()]
  const gone = new Error('gone')
  let ended: PromiseSettledResult<unknown>[] = []
  await api.longshore.database.transaction(null, async (tx) => {
    await tx.query('LOCK TABLE org_1.contacts IN ACCESS EXCLUSIVE MODE')
    const asked = [left, right].map(({ signal }) => api.longshore.drafts.matches(job, [['first_name', 'last_name']], signal)) // by other criteria: what was met by the draft's own is kept
    const settled = Promise.allSettled(asked)
    await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 10_000 })
    right.abort(gone)
    left.abort(gone)
    ended = await settled
    expect(await waiting()).toBe(0)
  })
  expect(ended).toEqual([{ status: 'rejected', reason: gone }, { status: 'rejected', reason: gone }])
  expect((await api.ask(ann, 'GET', url)).json).toMatchObject({ looked: 6 })
})

it('is made again once a record is another', async () => {
  const none = async (): Promise<unknown> => (await api.ask(ann, 'GET', url)).json['none']
  const before = await none()
  expect((await api.ask(ann, 'POST', '/v1/objects/contacts/records', { body: { values: { last_name: 'New', email: 'new@example.com' } } })).status).toBe(201)
  expect(await none()).toBe(Number(before) - 2) // two rows bring it
})

it('names the criterion that no column fills', async () => {
  const answers = [await api.ask(ann, 'GET', `${url}?match=phone`), await api.ask(ann, 'GET', `${url}?match=email,,`)]
  expect(answers.map(({ status, json }) => [status, json['code']])).toEqual([[400, 'match-field-not-mapped'], [400, 'request.invalid']])
})

it('counts what rows refer to that is not there, also where nothing is looked for by criteria, before and after the check', async () => {
  await api.longshore.importText('Name\nEngines\n', { object: 'accounts' })
  const list = 'Last Name,E-mail,Account\nA,a1@example.com,Acme\nB,b1@example.com,acme\nC,c1@example.com,Bolt\nD,d1@example.com,ENGINES\nE,e1@example.com,\nF,bad@,Lost\n'
  const upload = await api.longshore.uploads.take('companies.csv', (async function* () { yield Buffer.from(list) })())
  for (const match of [[], [['email']]]) {
    const { json } = await api.ask(ann, 'POST', '/v1/drafts', { body: { file: { upload: upload.id, name: 'companies.csv' }, definition: { object: 'contacts', match } } })
    const matches = async (): Promise<unknown> => (await api.ask(ann, 'GET', `/v1/jobs/${Number(json['job'])}/draft/matches`)).json
    const expected = { looked: 6, failing: 1, none: 5, references: [{ path: 'account', object: 'accounts', missing: 2, rows: 3 }] }
    expect(await matches()).toMatchObject(expected)
    await api.longshore.drafts.check(Number(json['job']), () => undefined)
    expect(await matches()).toMatchObject(expected)
  }
})
