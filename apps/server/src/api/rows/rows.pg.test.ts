import type { FastifyInstance, InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildServer } from '../../start.ts'
import { openTestLongshore, type TestLongshore } from '../../testing/open-test-longshore.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

describe('rows of a dry run over HTTP', () => {
  let longshore: TestLongshore
  let app: FastifyInstance
  let job = 0
  beforeAll(async () => {
    longshore = await openTestLongshore('api-rows')
    app = buildServer(longshore, { webFolder: '/nowhere' })
    job = (await longshore.importText('First Name,Last Name,E-mail,Title\nAda,King,ada@example.com,CEO\nBob,,bob@,CEO\nCyd,Wu,cyd@example.com,cto\n', { object: 'contacts' }, { dryRun: true })).job
  })
  afterAll(async () => { await app.close(); await longshore.close() })

  const ask = async (url: string, options: InjectOptions = {}): Promise<{ status: number; json: Record<string, unknown> }> => {
    const { statusCode, body } = await app.inject({ url: `/v1/jobs/${job}/${url}`, ...options, headers: { host: 'localhost:4000', origin: 'http://localhost:4000', ...options.headers } })
    return { status: statusCode, json: JSON.parse(body) as Record<string, unknown> }
  }
  const send = (url: string, payload?: object) => ask(url, { method: 'POST', ...(payload === undefined ? {} : { payload }) })

  it('gives windows under filters, counts, groups and facets', async () => {
    expect((await ask('rows?status=errors')).json).toMatchObject({ total: 1, position: 0, planned: true, rows: [{ row: 3, cells: ['Bob', '', 'bob@', 'CEO'], plan: { outcome: 'failed' }, issues: [{ code: 'required.missing' }, { code: 'type.email' }] }] })
    expect((await ask('rows?column=4&value=CEO&limit=1&row=3')).json).toMatchObject({ total: 2, position: 1, rows: [{ row: 3 }] })
    expect((await ask('rows/overview')).json).toMatchObject({ counts: { rows: 3, ready: 2, errors: 1 }, columns: ['First Name', 'Last Name', 'E-mail', 'Title'] })
    expect((await ask('rows/issues')).json).toMatchObject({ groups: [{ code: 'required.missing', field: 'last_name', rows: 1, firstRow: 3 }, { code: 'type.email' }] })
    expect((await ask('rows/facets/4')).json).toEqual({ values: [{ value: 'CEO', rows: 2 }, { value: 'cto', rows: 1 }], more: false, about: false })
  })

  it('gives the values that have an issue, without those of other rows', async () => {
    expect((await ask('rows/facets/3?issue=type.email&field=email')).json).toEqual({ values: [{ value: 'bob@', rows: 1 }], more: false, about: false })
    expect((await ask('rows/facets/4?issue=type.email&field=email')).json).toMatchObject({ values: [{ value: 'CEO', rows: 1 }] })
    expect((await ask('rows/facets/3?issue=type.email')).json).toMatchObject({ values: [] })
  })

  it('takes corrections, lists them in words, takes them back, and plans again', async () => {
    expect(await send('fixes', { fix: { kind: 'edit', cells: [{ row: 3, column: 2, value: 'Ray', seen: '' }] } })).toEqual({ status: 201, json: { number: 1, touched: 1 } })
    expect(await send('fixes', { fix: { kind: 'leave-out' }, rows: { issue: { code: 'type.email', field: 'email' } } })).toMatchObject({ json: { number: 2, touched: 1 } })
    expect((await ask('rows?row=3&limit=1')).json).toMatchObject({ planned: false, rows: [{ leftOut: true, fixes: [1], plan: null }] })
    expect((await ask('fixes')).json).toMatchObject({ fixes: [{ number: 1, words: 'Change "Last Name" of row 3 to "Ray"', undone: false }, { number: 2, words: 'Leave 1 row out' }] })
    expect((await send('plan')).json).toMatchObject({ state: 'planned', counts: { created: 2, excluded: 1 } })
    expect(await send('fixes/2/undo')).toMatchObject({ status: 200, json: { number: 2, touched: 1 } })
    expect((await send('plan')).json).toMatchObject({ counts: { created: 2, failed: 1 } })
  })

  it.each([
    ['fixes', { fix: { kind: 'edit', cells: [{ row: 3, column: 2, value: 'x', seen: 'something else' }] } }, 409, 'fix.conflict'],
    ['fixes', { fix: { kind: 'nothing' } }, 400, 'request.invalid'], ['fixes', { fix: { kind: 'leave-out' } }, 400, 'fix.invalid'], ['fixes/77/undo', undefined, 404, 'fix.unknown'],
  ])('answers %s of %j with a problem', async (url, payload, status, code) => {
    expect(await send(url, payload)).toMatchObject({ status, json: { code } })
  })

  it('keeps a draft, tells the later editor what was changed, and checks it', async () => {
    const folder = longshore.file('later.csv', 'Email,Last Name\nada@example.com,King\n')
    const made = await longshore.drafts.create({ file: folder, definition: { object: 'contacts' } })
    job = made.job
    expect((await ask('draft')).json).toMatchObject({ revision: 1, columns: ['Email', 'Last Name'], checked: false, definition: { object: 'contacts' } })
    const put = (revision: number, change: object) => ask('draft', { method: 'PUT', payload: { revision, definition: { ...made.definition, ...change } } })
    expect(await put(1, { match: [['email']] })).toEqual({ status: 200, json: { revision: 2, changed: ['match'], again: ['check', 'run'] } })
    expect(await put(1, { onSeveral: 'oldest' })).toMatchObject({ status: 409, json: { code: 'draft.conflict', detail: expect.stringContaining('changed match') as string } })
    expect(await send('check')).toMatchObject({ status: 202 })
    await expect.poll(async () => (await longshore.job(job)).state, { timeout: 30_000 }).toBe('planned')
    expect((await ask('draft')).json).toMatchObject({ checked: true, planned: true })
  })
})
