import { afterAll, beforeAll, expect, it } from 'vitest'
import { askServer, freePort, sendToServer, sharedPlaces, startServerProgram } from '../testing/crash/index.ts'
import type { Place, Places, Program } from '../testing/crash/index.ts'
import { listenToEvents } from '../testing/listen-to-events.ts'

// The whole server is killed while a browser listens, a job writes, a file is half sent and a draft is open; then it is started again at the same address.
let places: Places
let place: Place
let port = 0
let server: Program

beforeAll(async () => {
  places = await sharedPlaces()
  place = await places.make()
  port = await freePort()
  server = await start({ LONGSHORE_CHUNK_ROWS: '5', LONGSHORE_APPLY_CONNECTIONS: '1', LONGSHORE_FAILPOINT: 'import.before-admission:delay:1200,apply.after-commit:kill:2' })
}, 120_000)
afterAll(async () => {
  server.kill('SIGKILL')
  await server.ended
  await place.remove()
  await places.close()
})

it('a browser, a job, a file in parts and a draft go on after the server was killed and started again', async () => {
  const list = `Last Name,E-mail\n${Array.from({ length: 20 }, (_, i) => `P${i},p${i}@example.com\n`).join('')}`
  const half = Math.ceil(list.length / 2)
  const { at } = await tus('POST', '/v1/uploads/parts', { 'upload-length': String(list.length), 'upload-metadata': `filename ${Buffer.from('list.csv').toString('base64')}` })
  expect((await tus('PATCH', at, { 'upload-offset': '0' }, list.slice(0, half))).offset).toBe(half)
  const draft = await ask<{ job: number; revision: number; definition: object }>('POST', '/v1/drafts', { file: { upload: (await send(list)).id, name: 'draft.csv' }, definition: { object: 'contacts', match: [['email']] } })
  const edited = await ask<{ revision: number }>('PUT', `/v1/jobs/${draft.job}/draft`, { revision: draft.revision, definition: { ...draft.definition, onDuplicate: 'update' } })

  const before = listenToEvents(port, {})
  await expect.poll(before.status, { timeout: 30_000 }).toBe(200)
  const { job } = await ask<{ job: number }>('POST', '/v1/imports', { file: { upload: (await send(list)).id, name: 'list.csv' }, definition: { object: 'contacts', match: [['email']] }, dryRun: false })
  expect((await server.ended).signal).toBe('SIGKILL')
  await expect.poll(before.isOver, { timeout: 30_000 }).toBe(true)
  const heard = before.told.filter(({ id }) => id !== null)
  expect(heard.at(-1)?.data).toMatchObject({ job, state: expect.stringMatching(/checking|planned|running/) as string })
  const written = Number((await place.look<{ n: string }>('SELECT count(*) AS n FROM org_1.contacts'))?.[0]?.n)
  expect([written > 0, written < 20]).toEqual([true, true])

  server = await start({})
  const after = listenToEvents(port, {}, heard.at(-1)?.id ?? '')
  await expect.poll(() => after.told.findLast(({ event }) => event === 'job')?.data, { timeout: 60_000 }).toMatchObject({ job, state: 'done', rows: 20, counts: { created: 20 } })
  after.close()
  // what was told may come once more, each job as it was; then what is new, in its order and once
  const last = Number(heard.at(-1)?.id)
  const ids = after.told.flatMap(({ id }) => (id === null ? [] : [Number(id)]))
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b))
  expect(ids.filter((id) => id > last).length).toBeGreaterThan(0)

  expect((await tus('HEAD', at, {})).offset).toBe(half)
  const { upload } = await tus('PATCH', at, { 'upload-offset': String(half) }, list.slice(half))
  expect(await ask('POST', `/v1/uploads/${upload}/reading`, { name: 'list.csv' })).toMatchObject({ columns: ['Last Name', 'E-mail'] })
  expect(await ask('GET', `/v1/jobs/${draft.job}/draft`)).toMatchObject({ revision: edited.revision, definition: { onDuplicate: 'update' } })
}, 240_000)

const start = (env: Record<string, string>): Promise<Program> => startServerProgram(place, port, [], env)
const ask = <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => askServer<Answer>(port, method, path, body)
const send = (content: string): Promise<{ id: string }> => sendToServer(port, content)

/** A request of tus: where the file lies, how much of it is there, and the upload that it became. */
async function tus(method: string, path: string, headers: Record<string, string>, body?: string): Promise<{ at: string; offset: number; upload: string | null }> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { 'tus-resumable': '1.0.0', ...(body === undefined ? {} : { 'content-type': 'application/offset+octet-stream' }), ...headers }, ...(body === undefined ? {} : { body }) })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return { at: answer.headers.get('location') ?? '', offset: Number(answer.headers.get('upload-offset')), upload: answer.headers.get('upload-id') }
}
