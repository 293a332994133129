import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import Fastify from 'fastify'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { buildServer } from '../start.ts'
import { openTestLongshore } from '../testing/open-test-longshore.ts'
import type { TestLongshore } from '../testing/open-test-longshore.ts'
import { demandPermissions } from './register-routes.ts'
import { apiRoutes } from './routes.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let longshore: TestLongshore
let app: FastifyInstance
beforeAll(async () => {
  longshore = await openTestLongshore('api-frame')
  app = buildServer(longshore, { webFolder: '/nowhere' })
  await longshore.importText('First Name,Last Name,E-mail\nAda,King,ada@example.com\nBob,,bob@\n', { object: 'contacts' })
})
afterAll(async () => { await app.close(); await longshore.close() })

const ask = async (url: string, options: InjectOptions = {}) => {
  const { statusCode, headers, body } = await app.inject({ url, ...options, headers: { host: 'localhost:4000', ...options.headers } })
  const json: unknown = /json/.test(String(headers['content-type'])) ? JSON.parse(body) : null
  return { statusCode, headers, body, json }
}

describe('the frame', () => {
  it('lets no route be added that states no permission', async () => {
    const bare = Fastify()
    demandPermissions(bare)
    expect(() => bare.get('/v1/anything', () => 'x')).toThrow(/states no permission/)
    await bare.close()
  })

  it('describes every route in one OpenAPI document without a reference that leads nowhere', async () => {
    const { json } = await ask('/v1/openapi.json')
    const document = json as { paths: Record<string, Record<string, unknown>>; components: { schemas: Record<string, unknown> } }
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    expect(described).toEqual(expect.arrayContaining(apiRoutes.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)))
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, to = '']) => to)
    expect(references.length).toBeGreaterThan(5)
    expect(references.filter((to) => !Object.hasOwn(document.components.schemas, to.replace('#/components/schemas/', '')))).toEqual([])
  })

  it('describes what files, streams and starts answer with and which headers they read', async () => {
    const { paths } = (await ask('/v1/openapi.json')).json as { paths: Record<string, Record<string, { parameters: { name: string; in: string }[]; requestBody?: { required: boolean; content: Record<string, unknown> }; responses: Record<string, { content?: Record<string, unknown> }> }>> }
    const of = (method: string, path: string) => {
      const operation = paths[path]?.[method]
      return [Object.entries(operation?.responses ?? {}).filter(([status]) => status !== 'default').map(([status, { content }]) => [status, ...Object.keys(content ?? {})].join(' ')), operation?.parameters.filter((one) => one.in === 'header').map(({ name }) => name)]
    }
    expect(of('post', '/v1/uploads')).toEqual([['201 application/json'], []])
    expect(of('patch', '/v1/uploads/parts/{partial}')).toEqual([['204'], ['Tus-Resumable', 'Upload-Offset']])
    expect(of('post', '/v1/bulk-import')).toEqual([['200 application/json', '202 application/json'], ['Idempotency-Key']])
    expect(of('get', '/v1/events')).toEqual([['200 text/event-stream'], ['Last-Event-ID']])
    expect(of('get', '/health')).toEqual([['200 application/json'], []])
    expect(paths['/v1/jobs/{job}/apply']?.['post']?.requestBody).toMatchObject({ required: false })
    expect(paths['/v1/drafts']?.['post']?.requestBody).toMatchObject({ required: true })
    for (const path of ['/v1/imports', '/v1/jobs/{job}/apply', '/v1/jobs/{job}/trial', '/v1/jobs/{job}/resume', '/v1/jobs/{job}/undo', '/v1/objects/{object}/records', '/v1/objects/{object}/records/change']) expect([path, of('post', path)[1]]).toEqual([path, ['Idempotency-Key']])
  })

  it('describes the definition of an import, wherever a route takes one, by the schema that it is read by', async () => {
    const document = (await ask('/v1/openapi.json')).json as { paths: Record<string, Record<string, { requestBody: { content: Record<string, { schema: { $ref?: string; properties: Record<string, unknown> } }> } }>>; components: { schemas: Record<string, { required?: string[]; properties: Record<string, Record<string, unknown>>; additionalProperties: unknown }> } }
    const { schemas } = document.components
    for (const [method, path] of [['post', '/v1/imports'], ['post', '/v1/drafts'], ['put', '/v1/jobs/{job}/draft']] as const) {
      const body = document.paths[path]?.[method]?.requestBody.content['application/json']?.schema
      const properties = body?.$ref === undefined ? body?.properties : schemas[body.$ref.replace('#/components/schemas/', '')]?.properties
      expect([path, properties?.['definition']]).toEqual([path, { $ref: '#/components/schemas/ImportDefinition' }])
    }
    expect(schemas['ImportDefinition']).toMatchObject({ required: ['object'], additionalProperties: false, properties: { operation: { enum: ['insert', 'update', 'upsert', 'delete', 'hard-delete'] }, columns: { items: { $ref: '#/components/schemas/ColumnMapping' } } } })
    expect(schemas['ColumnMapping']?.properties).toMatchObject({ merge: { enum: expect.arrayContaining(['if-empty']) as unknown }, transforms: { items: { $ref: '#/components/schemas/Transform' } } })
  })

  it('refuses a file that comes as JSON', async () => {
    expect((await ask('/v1/uploads?name=a.json', { method: 'POST', headers: { 'content-type': 'application/json' }, payload: '[]' })).json).toMatchObject({ status: 415, code: 'request.type', detail: expect.stringContaining('octet-stream') as unknown })
  })

  it('shows the reference as a page that loads nothing from elsewhere', async () => {
    const { statusCode, body } = await ask('/docs')
    expect([statusCode, body.includes('/v1/jobs/{job}'), /(src|href)="(https?:)?\/\//.test(body), body.includes('<script')]).toEqual([200, true, false, false])
  })

  it('names everything that is off about a request at once', async () => {
    const { statusCode, headers, json } = await ask('/v1/jobs?limit=0&colour=red')
    expect([statusCode, headers['content-type']]).toEqual([400, 'application/problem+json; charset=utf-8'])
    expect(json).toMatchObject({ code: 'request.invalid', status: 400, errors: expect.arrayContaining([expect.objectContaining({ path: 'query.limit' }), expect.objectContaining({ path: 'query.colour' })]), request: headers['x-request-id'] })
  })

  it('takes no body as one that says nothing, and JSON in UTF-8 alone', async () => {
    const json = { 'content-type': 'application/json' }
    expect((await ask('/v1/jobs/1/pause', { method: 'POST' })).json).toMatchObject({ code: 'job.state' })
    const settings = (payload: Buffer) => ask('/v1/settings', { method: 'PATCH', headers: json, payload })
    expect((await settings(Buffer.from('{"country":"\u00ff"}', 'latin1'))).json).toMatchObject({ status: 400, code: 'request.unreadable', detail: expect.stringContaining('UTF-8') as unknown })
    expect((await settings(Buffer.from('{"country":"DE\\u0000"}'))).json).toMatchObject({ status: 400, errors: [{ path: 'body.country', message: expect.stringContaining('NUL') as unknown }] })
    expect((await ask('/v1/saved-mappings/Mon%00thly', { method: 'PUT', headers: json, payload: '{"job":1}' })).json).toMatchObject({ status: 400, errors: [{ path: 'params.mapping', message: expect.stringContaining('NUL') as unknown }] })
  })

  it('answers what does not exist with a problem', async () => {
    const answers = await Promise.all(['/v1/nothing', '/v1/jobs/999', '/v1/objects/unicorns', '/v1/jobs/1/artifacts/..%2Fsecret'].map((url) => ask(url)))
    expect(answers.map(({ statusCode, json }) => [statusCode, (json as { code: string }).code])).toEqual([[404, 'route.unknown'], [404, 'job.unknown'], [404, 'object.unknown'], [404, 'file.missing']])
  })

  it('keeps the figures of requests by route', async () => {
    await ask('/v1/jobs/1')
    const { statusCode, body } = await ask('/metrics')
    expect(statusCode).toBe(200)
    expect(body).toMatch(/longshore_http_request_duration_seconds_count\{method="GET",route="\/v1\/jobs\/:job",status="200"\} \d/)
    expect(body).toContain('longshore_jobs{state="done"} 1')
  })
})

describe('reading', () => {
  it('says who asks', async () => {
    expect((await ask('/v1/me')).json).toMatchObject({ kind: 'operator', member: null, access: { role: 'admin', scope: 'all' } })
  })

  it('gives an object by its singular name, with its fields', async () => {
    const { json } = await ask('/v1/objects/contact')
    expect(json).toMatchObject({ name: 'contacts', fields: expect.arrayContaining([expect.objectContaining({ name: 'email', kind: 'email', editable: true })]) })
  })

  it('gives jobs a page at a time, and one with its files', async () => {
    await longshore.importText('Last Name\nLovelace\n', { object: 'contacts' })
    const first = (await ask('/v1/jobs?limit=1')).json as { items: { job: number }[]; next: string }
    const second = (await ask(`/v1/jobs?limit=1&cursor=${first.next}`)).json as typeof first
    expect([first.items.map(({ job }) => job), second.items.map(({ job }) => job), second.next]).toEqual([[2], [1], null])
    const { json } = await ask('/v1/jobs/1')
    const { artifacts } = json as { artifacts: { name: string; href: string }[] }
    expect(JSON.stringify(json)).not.toContain(longshore.folder)
    const report = await ask(artifacts.find(({ name }) => name.endsWith('errors.csv'))?.href ?? '')
    expect([report.statusCode, report.headers['content-disposition'], report.body.includes('bob@')]).toEqual([200, expect.stringMatching(/^attachment/), true])
  })
})
