import { ensureOrganization } from '@longshore/store'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { operatorOf } from '../actor.ts'
import { cookieOf, openTestApi, testPassword } from '../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../testing/open-test-api.ts'
import { apiRoutes } from './routes.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

// Walks every route as those who may not: a route that is added is walked without a line here.
let api: TestApi
const who: Record<'admin' | 'low' | 'stranger' | 'revoked', Credentials> = { admin: {}, low: {}, stranger: {}, revoked: {} }
/** What stands for the parameters of an address: things of the first organization, which exist. */
const things: Record<string, string> = { object: 'contacts', job: '1', name: '1-errors.csv', mapping: 'mine', role: 'nobody', column: '1', fix: '1', view: '1', invitation: '1', session: 'unknown-session', partial: 'unknown-partial' }

beforeAll(async () => {
  api = await openTestApi('access')
  who.admin = await api.person('admin@example.com', 'admin')
  await api.longshore.people.putRole({ name: 'nobody', label: 'Nobody', rights: [], objects: {}, hiddenFields: {}, scope: 'all' })
  who.low = await api.person('low@example.com', 'nobody')
  await api.longshore.importText('Last Name,E-mail\nKing,king@example.com\nLee,bad@\n', { object: 'contacts' }, { dryRun: true })
  await api.longshore.importText('Last Name,E-mail\nKing,king@example.com\n', { object: 'contacts' })
  await api.longshore.importText('Last Name,E-mail\nKing,king@example.com\n', { object: 'contacts', match: [['email']], onDuplicate: 'flag' })
  await api.longshore.saveMapping({ name: 'mine', job: 2 })
  const [record] = await api.longshore.rows<{ id: string }>('SELECT id::text FROM org.contacts ORDER BY id LIMIT 1')
  const upload = await api.longshore.uploads.take('a.csv', (async function* () { yield Buffer.from('Last Name\nKing\n') })())
  const key = await api.ask(who.admin, 'POST', '/v1/keys', { body: { name: 'gone', password: testPassword } })
  const kept = await api.ask(who.admin, 'POST', '/v1/keys', { body: { name: 'kept', password: testPassword } })
  who.revoked = { authorization: `Bearer ${String(key.json['key'])}` }
  if ((await api.ask(who.revoked, 'GET', '/v1/me')).status !== 200) throw new Error('the key has to work before it is revoked')
  await api.ask(who.admin, 'DELETE', `/v1/keys/${String(key.json['id'])}`)
  await api.longshore.people.invite({ email: 'late@example.com', role: 'member' })
  const { id: invitation } = (await api.longshore.people.invitations())[0] ?? { id: 0 }
  const [review] = await api.longshore.reviews({ limit: 1 })
  Object.assign(things, { record: record?.id, review: review?.id, member: '2', key: String(kept.json['id']), upload: upload.id, invitation: String(invitation) })
  // an admin of another organization
  const other = api.longshore.as(operatorOf(await ensureOrganization(api.longshore.database, 'other')))
  const { secret } = await other.people.invite({ email: 'stranger@example.com', role: 'admin' })
  await api.longshore.door.accept({ secret, name: 'Stranger', password: testPassword }, 'test')
  who.stranger = cookieOf(await api.ask(null, 'POST', '/v1/session', { body: { email: 'stranger@example.com', password: testPassword } }))
})
afterAll(() => api.close())

const routes = apiRoutes.map((route) => ({ ...route, label: `${route.method} ${route.path}` }))
const guarded = routes.filter(({ permission }) => permission.kind !== 'anyone')
const limited = guarded.filter(({ permission }) => permission.kind !== 'signed-in')
const unsafe = guarded.filter(({ method }) => method !== 'GET' && method !== 'HEAD')
const named = guarded.filter(({ path }) => /:(?!object|role)/.test(path))

/** How a browser, or what pretends to be none, sends a session's cookie for a page that is not ours. */
const foreign: Record<string, string | undefined>[] = [
  { origin: 'https://evil.example' }, { origin: 'null' }, { origin: undefined }, { origin: 'http://localhost:4000.evil.example' }, { origin: 'http://localhost:4001' }, { origin: 'http://evil.example\\@localhost:4000' },
  { origin: undefined, 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: undefined, referer: 'http://localhost:4000/' },
]

const urlOf = (path: string): string => path.replace(/:(\w+)/g, (_, name: string) => {
  if (!things[name]) throw new Error(`the walk has nothing for :${name}`)
  return encodeURIComponent(things[name])
})
const bodyOf = (method: string): { body?: unknown } => (method === 'GET' || method === 'HEAD' || method === 'DELETE' ? {} : { body: {} })
/** An answer to HEAD has no words. */
const codeOf = (method: string, code: string): string | undefined => (method === 'HEAD' ? undefined : code)

describe('every route', () => {
  it('that is open to anyone is one of these', () => {
    expect(routes.filter(({ permission }) => permission.kind === 'anyone').map(({ label }) => label)).toEqual(['POST /v1/session', 'POST /v1/password-reset', 'POST /v1/password-reset/accept', 'POST /v1/invitations/look', 'POST /v1/invitations/accept'])
  })

  it.each(guarded)('$label is refused to somebody unknown and to a revoked key', async ({ method, path }) => {
    const answers = [await api.ask(null, method, urlOf(path), bodyOf(method)), await api.ask(who.revoked, method, urlOf(path), bodyOf(method))]
    expect(answers.map(({ status, json }) => [status, json['code']])).toEqual([[401, codeOf(method, 'access.signed-out')], [401, codeOf(method, 'access.signed-out')]])
  })

  it.each(limited)('$label is refused to a role without rights', async ({ method, path }) => {
    const { status, json } = await api.ask(who.low, method, urlOf(path), bodyOf(method))
    expect([status, json['code']]).toEqual([403, codeOf(method, 'access.denied')])
  })

  it.each(unsafe)('$label is refused to a page of another site', async ({ method, path }) => {
    for (const headers of foreign) {
      const { status, json } = await api.ask(who.admin, method, urlOf(path), { ...bodyOf(method), headers })
      expect([status, json['code']], JSON.stringify(headers)).toEqual([403, 'access.cross-site'])
    }
  })

  it.each(named)('$label gives an admin of another organization nothing of this one', async ({ method, path }) => {
    const { status, text } = await api.ask(who.stranger, method, urlOf(path), bodyOf(method))
    // the body may be refused first; what is named never exists for them
    expect([400, 404]).toContain(status)
    expect(text).not.toMatch(/king@example\.com|admin@example\.com|bad@/)
  })

  it.each(unsafe.filter(({ body }) => body !== null))('$label takes nothing that it does not name', async ({ method, path }) => {
    const { status, json } = await api.ask(who.admin, method, urlOf(path), { body: { id: 7, organization: 2, role: 'admin', started_by: 1, created_at: '2020-01-01', __proto: 1 } })
    expect([status, json['code']]).toEqual([400, 'request.invalid'])
  })

  it('carries the same headers, whatever it answers', async () => {
    for (const credentials of [who.admin, who.low, null]) {
      for (const { method, path } of guarded.filter(({ method, answer }) => method === 'GET' && !(answer.kind === 'raw' && answer.streams))) {
        const { headers } = await api.ask(credentials, method, urlOf(path))
        expect(headers, path).toMatchObject({
          'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin',
          'content-security-policy': expect.stringMatching(/^default-src 'none'/), 'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        })
      }
    }
  }, 240_000)
})

describe('the other organization', () => {
  it('lists nothing of this one, and its transactions reach nothing of it', async () => {
    for (const url of ['/v1/jobs', '/v1/objects/contacts/records', '/v1/bin', '/v1/reviews', '/v1/saved-mappings', '/v1/audit-log', '/v1/members', '/v1/keys?all=true']) {
      expect((await api.ask(who.stranger, 'GET', url)).text, url).not.toMatch(/king@example\.com|admin@example\.com|mine/)
    }
    for (const role of ['longshore_org_2', 'longshore_org_2_scoped']) {
      // every table of this organization, by everything that can be done with one
      await expect(api.longshore.rows(`DO $$ DECLARE t record; s text; refused integer := 0; BEGIN
        FOR t IN SELECT c.relname AS name, a.attname AS col FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1 WHERE c.relnamespace = 'org_1'::regnamespace AND c.relkind IN ('r', 'p') LOOP
          FOREACH s IN ARRAY ARRAY['SELECT 1 FROM org_1.%1$I LIMIT 1', 'INSERT INTO org_1.%1$I DEFAULT VALUES', 'UPDATE org_1.%1$I SET %2$I = NULL', 'DELETE FROM org_1.%1$I', 'TRUNCATE org_1.%1$I', 'LOCK TABLE org_1.%1$I', 'ALTER TABLE org_1.%1$I RENAME TO taken', 'DROP TABLE org_1.%1$I', 'GRANT SELECT ON org_1.%1$I TO ${role}', 'COPY org_1.%1$I TO STDOUT'] LOOP
            BEGIN
              SET LOCAL ROLE ${role};
              EXECUTE format(s, t.name, t.col);
              RAISE EXCEPTION USING ERRCODE = 'P0001', MESSAGE = 'reached by ' || format(s, t.name, t.col);
            EXCEPTION WHEN insufficient_privilege THEN refused := refused + 1; WHEN feature_not_supported THEN refused := refused + 1; -- COPY to a client has none inside of a block
            END;
          END LOOP;
        END LOOP;
        RAISE EXCEPTION 'refused all %', refused;
      END $$`)).rejects.toThrow(/refused all [1-9]\d\d/)
      for (const statement of ['PERFORM * FROM org_1.contacts', 'DELETE FROM org_1.contacts', 'PERFORM * FROM org_1._change', 'CREATE TABLE org_1.x ()', 'PERFORM password FROM auth.account', 'PERFORM hash FROM longshore.api_key']) {
        await expect(api.longshore.rows(`DO $$ BEGIN SET LOCAL ROLE ${role}; ${statement}; END $$`), statement).rejects.toThrow(/permission denied/)
      }
    }
  })
})

// What stands in requests as the name of a field is looked up in the catalog, and never becomes a part of a statement or of an object.
const names = [
  '__proto__', 'constructor', 'toString', 'hasOwnProperty', '__proto__.polluted', 'constructor.prototype.polluted', 'account.__proto__', 'account.constructor', 'valueOf',
  'ctid', 'xmin', 'tableoid', 'deleted_at', 'deleted_job', 'as_of', 'organization', 'job', '_k1', 'owner.password', 'owner.account', 'account.account.account.name',
  'last_name; DROP TABLE org_1.contacts; --', 'last_name" FROM org_1.contacts --', `x' OR '1'='1`, 'last_name) UNION SELECT password FROM auth.account --', 'pg_sleep(5)', '$1', '%s', '*', 'contacts.*', '"', "'", ';', '--', '/*',
  'last_name\u202E', 'last_n\u200Bame', '\u202Eeman_tsal', 'ｌａｓｔ＿ｎａｍｅ', 'LAST_NAME\u0000', '\u0000', '\uD800', '<script>alert(1)</script>', '../../etc/passwd', 'x'.repeat(190),
]
/** Own, whatever the name: an object literal would take __proto__ for something else. */
const withName = (name: string, value: unknown): Record<string, unknown> => JSON.parse(`{${JSON.stringify(name)}:${JSON.stringify(value)}}`) as Record<string, unknown>

/** A lone surrogate has no place in an address; bodies have it as it is. */
const inAddress = (text: string): string => encodeURIComponent(text.toWellFormed())

describe('a name that is no field\'s', () => {
  const records = '/v1/objects/contacts/records'
  it.each([
    ['a filter', (name) => ['GET', `${records}?where=${inAddress(`${name} = x`)}`]],
    ['an order', (name) => ['GET', `${records}?sort=${inAddress(name)}`]],
    ['columns', (name) => ['GET', `${records}?fields=${inAddress(name)}`]],
    ['an export', (name) => ['GET', `/v1/objects/contacts/export?fields=${inAddress(name)}`]],
    ['a view', (name) => ['POST', '/v1/objects/contacts/views', { name: 'hostile', view: { columns: [name] } }]],
    ['a change of a record', (name) => ['PATCH', `${records}/${things['record'] ?? ''}`, { values: withName(name, 'x') }]],
    ['a new field', (name) => ['POST', '/v1/schema', { objects: [{ name: 'contacts', fields: [{ name, label: 'Hostile', kind: 'text' }] }] }]],
    ['the settings', (name) => ['PATCH', '/v1/settings', withName(name, 'x')]],
    ['a mapping', (name) => ['POST', '/v1/imports', { file: { upload: things['upload'], name: 'a.csv' }, definition: { object: 'contacts', columns: [{ position: 1, field: name }] } }]],
    ['an object in an address', (name) => ['GET', `/v1/objects/${inAddress(name)}/records`]],
  ] satisfies [string, (name: string) => [string, string, unknown?]][])('is refused in %s', async (_, questionOf) => {
    const before = await api.longshore.rows('SELECT to_jsonb(c.*) AS row FROM org.contacts c ORDER BY id')
    for (const name of names) {
      const [method, url, body] = questionOf(name)
      const { status, text } = await api.ask(who.admin, method, url, body === undefined ? {} : { body })
      expect([status >= 400 && status < 500, /syntax error|relation|column "/.test(text)], `${name}: ${status} ${text.slice(0, 200)}`).toEqual([true, false])
    }
    expect([await api.longshore.rows('SELECT to_jsonb(c.*) AS row FROM org.contacts c ORDER BY id'), ({} as Record<string, unknown>)['polluted']]).toEqual([before, undefined])
  })
})
