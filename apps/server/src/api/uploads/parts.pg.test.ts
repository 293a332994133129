import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Upload } from 'tus-js-client'
import { openTestApi } from '../../testing/open-test-api.ts'
import type { TestApi } from '../../testing/open-test-api.ts'

let api: TestApi
let origin = ''
beforeAll(async () => {
  api = await openTestApi('parts')
  await api.app.listen({ host: '127.0.0.1', port: 0 })
  origin = `http://127.0.0.1:${(api.app.server.address() as AddressInfo).port}`
})
afterAll(() => api.close())

const tus = { 'tus-resumable': '1.0.0' }
const begin = async (length: number, headers: Record<string, string> = {}) => {
  const { statusCode, headers: answered, body } = await api.app.inject({ method: 'POST', url: '/v1/uploads/parts', headers: { host: 'localhost:4000', ...tus, 'upload-length': String(length), 'upload-metadata': `filename ${Buffer.from('list.csv').toString('base64')}`, ...headers } })
  return { status: statusCode, at: String(answered.location), json: body === '' ? {} : JSON.parse(body) as Record<string, unknown> }
}
const part = async (at: string, offset: number, content: Buffer, headers: Record<string, string> = {}) => {
  const { statusCode, headers: answered, body } = await api.app.inject({ method: 'PATCH', url: at, payload: content, headers: { host: 'localhost:4000', ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset), ...headers } })
  return { status: statusCode, headers: answered, json: body === '' ? {} : JSON.parse(body) as Record<string, unknown> }
}

describe('a file that is sent in parts', () => {
  it('by an ordinary client of tus arrives whole, and is an upload like any other', async () => {
    const content = Buffer.concat([Buffer.from('Last Name\n'), Buffer.from(Array.from({ length: 30_000 }, (_, i) => `Person ${i}\n`).join(''))])
    let id = ''
    await new Promise<void>((resolve, reject) => {
      new Upload(content, {
        endpoint: `${origin}/v1/uploads/parts`, chunkSize: 100_000, metadata: { filename: 'people.csv' }, retryDelays: null,
        onAfterResponse: (_request, response) => { id = response.getHeader('upload-id') ?? id }, onSuccess: () => resolve(), onError: reject,
      }).start()
    })
    const { json } = await api.ask({}, 'POST', `/v1/uploads/${id}/reading`, { body: { name: 'people.csv' } })
    expect(json).toMatchObject({ format: 'csv', columns: ['Last Name'], rows: expect.arrayContaining([['Person 0']]) as unknown })
  })

  it('goes on after a break where it was, however it broke', async () => {
    const content = randomBytes(300_000)
    const { at } = await begin(content.length)
    expect((await part(at, 0, content.subarray(0, 100_000))).headers).toMatchObject({ 'upload-offset': '100000', 'tus-resumable': '1.0.0' })
    // a connection that ends within a part
    const broken = new AbortController()
    const body = new ReadableStream({
      async pull(controller) {
        controller.enqueue(content.subarray(100_000, 200_000))
        await new Promise((resolve) => setTimeout(resolve, 300))
        broken.abort()
      },
    })
    await fetch(`${origin}${at}`, { method: 'PATCH', body, duplex: 'half', signal: broken.signal, headers: { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '100000' } } as RequestInit).catch(() => undefined)
    const offset = Number((await fetch(`${origin}${at}`, { method: 'HEAD', headers: tus })).headers.get('upload-offset'))
    expect(offset).toBeGreaterThanOrEqual(100_000)
    const last = await part(at, offset, content.subarray(offset))
    expect([last.status, last.headers['upload-offset']]).toEqual([204, '300000'])
    expect((await part(at, 300_000, Buffer.alloc(0))).headers).toMatchObject({ 'upload-offset': '300000', 'upload-id': last.headers['upload-id'] })
    // whoever missed the answer asks again
    expect((await api.ask({}, 'GET', at)).json).toMatchObject({ offset: 300_000, sizeBytes: 300_000, name: 'list.csv', upload: last.headers['upload-id'] })
    expect(String(last.headers['upload-id'])).toContain('300000')
  })

  it('is refused where a part does not fit, and what was there stays', async () => {
    const { at } = await begin(10)
    await part(at, 0, Buffer.from('12345'))
    expect((await part(at, 0, Buffer.from('12345'))).json).toMatchObject({ status: 409, code: 'upload.offset' })
    expect((await part(at, 5, Buffer.from('123456'))).json).toMatchObject({ status: 413, code: 'upload.too-long' })
    expect((await part(at, 5, Buffer.from('1'), { 'tus-resumable': '0.2.2' })).json).toMatchObject({ status: 412, code: 'upload.protocol' })
    expect((await part(at, 5, Buffer.from('{}'), { 'content-type': 'application/json' })).json).toMatchObject({ status: 415 })
    expect((await api.ask({}, 'GET', at)).json).toMatchObject({ offset: 5, upload: null })
    expect((await begin(Number.NaN)).json).toMatchObject({ code: 'request.invalid', path: 'headers.upload-length' })
    expect((await begin(1, { 'upload-metadata': 'filename' })).json).toMatchObject({ code: 'request.invalid', path: 'headers.upload-metadata' })
    expect((await api.app.inject({ method: 'DELETE', url: at, headers: { host: 'localhost:4000', ...tus } })).statusCode).toBe(204)
    expect((await part(at, 5, Buffer.from('12345'))).json).toMatchObject({ status: 404, code: 'upload.unknown' })
  })

  it('is refused before a byte is sent where it says itself that it is too large', async () => {
    await api.ask({}, 'PATCH', '/v1/settings', { body: { preset: 'standard' } })
    expect((await begin(60 * 1024 * 1024)).json).toMatchObject({ status: 413, code: 'limit.file-size' })
    await api.ask({}, 'PATCH', '/v1/settings', { body: { preset: 'none' } })
  })

  it('belongs to whoever sends it', async () => {
    const ann = await api.person('ann@example.com', 'admin')
    const ben = await api.person('ben@example.com', 'admin')
    const made = await api.app.inject({ method: 'POST', url: '/v1/uploads/parts', headers: { host: 'localhost:4000', origin: 'http://localhost:4000', ...ann, ...tus, 'upload-length': '5', 'upload-metadata': 'filename YS5jc3Y=' } })
    const at = String(made.headers.location)
    expect([(await api.ask(ben, 'GET', at)).status, (await api.ask(ann, 'GET', at)).status]).toEqual([404, 200])
  })
})
