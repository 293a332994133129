import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { buildServer } from '../../start.ts'
import { openTestLongshore } from '../../testing/open-test-longshore.ts'
import type { TestLongshore } from '../../testing/open-test-longshore.ts'

let longshore: TestLongshore
let app: FastifyInstance
beforeAll(async () => {
  longshore = await openTestLongshore('api-uploads')
  app = buildServer(longshore, { webFolder: '/nowhere' })
})
afterAll(async () => { await app.close(); await longshore.close() })

const list = 'Vorname;Nachname;E-Mail\nJürgen;Groß;juergen@example.com\nÉva;;eva@example.com\n'
const post = async (url: string, payload: Record<string, unknown> | Buffer) => {
  const binary = Buffer.isBuffer(payload)
  const { statusCode, body } = await app.inject({ method: 'POST', url, payload, headers: { host: 'localhost:4000', ...(binary ? { 'content-type': 'application/octet-stream' } : {}) } })
  return { status: statusCode, body: JSON.parse(body) as Record<string, unknown> }
}
const sent = async (content: string | Buffer, name = 'list.csv') => (await post(`/v1/uploads?name=${encodeURIComponent(name)}`, Buffer.from(content))).body as { id: string; sizeBytes: number }

describe('a file that is sent', () => {
  it('is kept byte by byte', async () => {
    const content = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256))
    const { id, sizeBytes } = await sent(content)
    expect([sizeBytes, id.includes('300000')]).toEqual([content.length, true])
  })

  it('shows how it is read, and is read another way when told to', async () => {
    const { id } = await sent(Buffer.from(list, 'latin1'))
    const { body } = await post(`/v1/uploads/${id}/reading`, { name: 'list.csv' })
    expect(body).toMatchObject({ format: 'csv', delimiter: ';', headerRow: 1, columns: ['Vorname', 'Nachname', 'E-Mail'], rows: [['Jürgen', 'Groß', 'juergen@example.com'], ['Éva', '', 'eva@example.com']] })
    const other = await post(`/v1/uploads/${id}/reading`, { name: 'list.csv', source: { encoding: 'windows-1252', headerRow: 0 } })
    expect(other.body).toMatchObject({ encoding: 'windows-1252', headerRow: 0 })
    expect((other.body['rows'] as unknown[]).length).toBe(3)
  })

  it('shows its rows by the numbers that a spreadsheet has for them, over empty rows and cells of several lines', async () => {
    const { id } = await sent('Name,Note\nKing,"two\nlines"\n\nLee,x\n')
    expect((await post(`/v1/uploads/${id}/reading`, { name: 'list.csv' })).body).toMatchObject({ rows: [['King', 'two\nlines'], ['Lee', 'x']], rowNumbers: [2, 4] })
  })

  it('shows of each column where it goes and what it holds', async () => {
    const { id } = await sent(list)
    const { body } = await post(`/v1/uploads/${id}/mapping`, { name: 'list.csv', definition: { object: 'contacts' } })
    expect(body['columns']).toMatchObject([
      { header: 'Vorname', field: 'first_name', applied: true, samples: ['Jürgen', 'Éva'], filled: 1 }, { header: 'Nachname', field: 'last_name', filled: 0.5, samples: ['Groß'] }, { header: 'E-Mail', field: 'email' },
    ])
  })

  it('that nobody sent does not exist, whatever its id looks like', async () => {
    for (const id of ['../../etc/passwd', `0000000000000000-5-${'0'.repeat(64)}`]) {
      expect((await post(`/v1/uploads/${encodeURIComponent(id)}/reading`, { name: 'a.csv' })).status, id).toBe(404)
    }
  })
})

describe('an import that is begun', () => {
  it('is checked and planned, and nothing is written', async () => {
    const { id } = await sent(list)
    const { status, body } = await post('/v1/imports', { file: { upload: id, name: 'list.csv' }, definition: { object: 'contacts' } })
    expect([status, body['source']]).toEqual([202, 'list.csv'])
    await expect.poll(async () => (await longshore.job(Number(body['job']))).state, { timeout: 30_000 }).toBe('planned')
    expect((await longshore.job(Number(body['job']))).counts).toMatchObject({ created: 1, failed: 1 })
    expect(await longshore.rows('SELECT 1 FROM org.contacts')).toEqual([])
  })

  it('is refused before there is a job where the definition asks for what is not there', async () => {
    const { id } = await sent(list)
    const before = (await longshore.jobs()).length
    const { status, body } = await post('/v1/imports', { file: { upload: id, name: 'list.csv' }, definition: { object: 'contacts', columns: [{ header: 'Vorname', field: 'firstname' }] } })
    expect([status, body['code']]).toEqual([400, 'unknown-field'])
    expect((await longshore.jobs()).length).toBe(before)
  })
})
