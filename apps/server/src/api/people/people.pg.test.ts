import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cookieOf, openTestApi, testPassword } from '../../testing/open-test-api.ts'
import type { Credentials, TestApi } from '../../testing/open-test-api.ts'

vi.mock('../../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let admin: Credentials
beforeAll(async () => { api = await openTestApi('people') })
afterAll(() => api.close())

const ask: TestApi['ask'] = (...question) => api.ask(...question)

describe('the first person', () => {
  it('has whoever sits at the computer do everything before, and by a link that works once becomes the admin', async () => {
    expect((await ask(null, 'GET', '/v1/me')).json).toMatchObject({ kind: 'operator' })
    await api.longshore.importText('Last Name\nKing\n', { object: 'contacts' })
    const earlier = await api.longshore.door.firstInvitation()
    const secret = await api.longshore.door.firstInvitation()
    const accept = { secret, name: 'Ann', email: 'Ann@example.com', password: testPassword }
    expect((await ask(null, 'POST', '/v1/invitations/look', { body: { secret: earlier } })).json).toMatchObject({ code: 'invitation.unknown' })
    expect((await ask(null, 'POST', '/v1/invitations/look', { body: { secret } })).json).toMatchObject({ email: null, role: 'admin', organization: 'default' })
    expect((await ask(null, 'POST', '/v1/invitations/accept', { body: { ...accept, password: 'short' } })).json).toMatchObject({ code: 'password.weak' })
    expect((await ask(null, 'POST', '/v1/invitations/accept', { body: accept })).status).toBe(204)
    expect((await ask(null, 'POST', '/v1/invitations/accept', { body: accept })).status).toBe(404)
    expect((await ask(null, 'GET', '/v1/me')).status).toBe(401)
    expect(await api.longshore.door.firstInvitation()).toBeNull()
    const signedIn = await ask(null, 'POST', '/v1/session', { body: { email: 'ann@EXAMPLE.com', password: testPassword } })
    expect([signedIn.status, signedIn.headers['set-cookie']]).toEqual([201, expect.stringMatching(/^longshore\.session_token=.*HttpOnly; SameSite=Lax/)])
    admin = cookieOf(signedIn)
    // the member of a fresh install, who owns what was imported before, is theirs now
    expect((await ask(admin, 'GET', '/v1/me')).json).toMatchObject({ kind: 'person', member: { id: 1, email: 'ann@example.com', name: 'Ann' }, access: { role: 'admin' } })
    expect((await ask(admin, 'GET', '/')).status).toBe(200)
    expect((await ask(null, 'GET', '/jobs/1')).status).toBe(401)
  })

  it('keeps passwords as Argon2id with its cost', async () => {
    const [row] = await api.longshore.rows<{ password: string }>('SELECT password FROM auth.account')
    expect(row?.password).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  })
})

describe('signing in', () => {
  it('says nothing of what was wrong, and stops after ten tries of one person', async () => {
    await api.person('bob@example.com', 'member')
    const wrong = (email: string) => ask(null, 'POST', '/v1/session', { body: { email, password: 'not the password' } })
    const [known, unknown] = [await wrong('bob@example.com'), await wrong('nobody@example.com')]
    expect([known.status, known.json['detail']]).toEqual([401, unknown.json['detail']])
    for (let i = 0; i < 9; i++) await wrong('bob@example.com')
    const stopped = await ask(null, 'POST', '/v1/session', { body: { email: 'bob@example.com', password: testPassword } })
    expect([stopped.status, stopped.json['code'], Number(stopped.headers['retry-after']) > 600]).toEqual([429, 'rate.exceeded', true])
    const [kept] = await api.longshore.rows<{ keys: string }>(`SELECT string_agg(key, ' ') AS keys FROM longshore.rate`)
    expect(kept?.keys).not.toContain('bob')
  })

  it('ends with the session, whose cookie then opens nothing', async () => {
    const carl = await api.person('carl@example.com', 'member')
    expect((await ask(carl, 'GET', '/v1/me')).status).toBe(200)
    expect((await ask(carl, 'DELETE', '/v1/session')).status).toBe(204)
    expect((await ask(carl, 'GET', '/v1/me')).status).toBe(401)
  })

  it('takes no cookie that somebody changed', async () => {
    const dora = await api.person('dora@example.com', 'member')
    expect((await ask({ cookie: `${dora.cookie?.slice(0, -6)}AAAAAA` }, 'GET', '/v1/me')).status).toBe(401)
  })

  it('holds for a week, and is renewed once a day', async () => {
    const fred = await api.person('fred@example.com', 'member')
    const left = `extract(epoch FROM s."expiresAt" - now()) / 86400`
    const mine = `FROM auth.session s JOIN auth."user" u ON u.id = s."userId" WHERE u.email = 'fred@example.com'`
    expect((await ask(fred, 'GET', '/v1/me')).headers['set-cookie']).toBeUndefined()
    await api.longshore.rows(`UPDATE auth.session SET "expiresAt" = now() + interval '5 days' WHERE id = (SELECT s.id ${mine})`)
    expect((await ask(fred, 'GET', '/v1/me')).headers['set-cookie']).toMatch(/^longshore\.session_token=/)
    expect(await api.longshore.rows(`SELECT round(${left}) AS days ${mine}`)).toEqual([{ days: '7' }])
    await api.longshore.rows(`UPDATE auth.session SET "expiresAt" = now() - interval '1 second' WHERE id = (SELECT s.id ${mine})`)
    expect((await ask(fred, 'GET', '/v1/me')).status).toBe(401)
  })

  it('with a new password ends all other sessions', async () => {
    const one = await api.person('eve@example.com', 'member')
    const other = cookieOf(await ask(null, 'POST', '/v1/session', { body: { email: 'eve@example.com', password: testPassword } }))
    expect((await ask(one, 'PUT', '/v1/me/password', { body: { current: 'wrong wrong wrong', next: 'a wholly new pass phrase' } })).json).toMatchObject({ code: 'password.wrong' })
    expect((await ask(one, 'PUT', '/v1/me/password', { body: { current: testPassword, next: 'a wholly new pass phrase' } })).status).toBe(204)
    expect([(await ask(one, 'GET', '/v1/me')).status, (await ask(other, 'GET', '/v1/me')).status]).toEqual([200, 401])
  })
})

describe('members and roles', () => {
  it('hold from the next request on', async () => {
    const finn = await api.person('finn@example.com', 'member')
    const me = (await ask(finn, 'GET', '/v1/me')).json['member'] as { id: number }
    expect((await ask(finn, 'GET', '/v1/audit-log')).status).toBe(403)
    expect((await ask(admin, 'PATCH', `/v1/members/${me.id}`, { body: { role: 'admin' } })).json).toMatchObject({ role: 'admin' })
    expect((await ask(finn, 'GET', '/v1/audit-log')).status).toBe(200)
    await ask(admin, 'PATCH', `/v1/members/${me.id}`, { body: { role: 'read-only' } })
    expect((await ask(finn, 'GET', '/v1/audit-log')).status).toBe(403)
    expect((await ask(admin, 'DELETE', `/v1/members/${me.id}`)).status).toBe(204)
    expect((await ask(finn, 'GET', '/v1/me')).status).toBe(401)
  })

  it('leave an organization at least one admin who can sign in', async () => {
    expect((await ask(admin, 'PATCH', '/v1/members/1', { body: { role: 'member' } })).json).toMatchObject({ code: 'member.last-admin', status: 409 })
    expect((await ask(admin, 'DELETE', '/v1/members/1')).json).toMatchObject({ code: 'member.last-admin' })
  })

  it('names the roles that there are where one is unknown', async () => {
    const { json } = await ask(admin, 'POST', '/v1/invitations', { body: { email: 'x@example.com', role: 'viewer' } })
    expect(json).toMatchObject({ code: 'role.unknown', path: 'role', detail: expect.stringMatching(/^There is no role "viewer"\. There are: .*read-only/) as string })
  })

  it('cannot be given beyond one\'s own', async () => {
    const role = { label: 'Clerk', rights: ['people'], objects: { '*': ['read'] }, hiddenFields: {}, scope: 'all' }
    expect((await ask(admin, 'PUT', '/v1/roles/clerk', { body: role })).json).toMatchObject({ name: 'clerk' })
    const gus = await api.person('gus@example.com', 'clerk')
    for (const wish of ['admin', 'manager', 'member']) expect((await ask(gus, 'POST', '/v1/invitations', { body: { email: 'x@example.com', role: wish } })).json).toMatchObject({ code: 'access.beyond' })
    expect((await ask(gus, 'PUT', '/v1/roles/clerk', { body: { ...role, rights: ['people', 'settings'] } })).json).toMatchObject({ code: 'access.beyond' })
    expect((await ask(gus, 'PATCH', '/v1/members/1', { body: { role: 'read-only' } })).json).toMatchObject({ code: 'access.beyond' })
    expect((await ask(gus, 'POST', '/v1/invitations', { body: { email: 'x@example.com', role: 'read-only' } })).status).toBe(201)
    expect((await ask(admin, 'DELETE', '/v1/roles/clerk')).json).toMatchObject({ code: 'role.in-use' })
    expect((await ask(admin, 'PUT', '/v1/roles/admin', { body: role })).json).toMatchObject({ code: 'role.standard' })
  })

  it('hide objects and fields from the schema', async () => {
    await ask(admin, 'PUT', '/v1/roles/caller', { body: { label: 'Caller', rights: [], objects: { '*': ['read'], deals: [] }, hiddenFields: { contacts: ['email'] }, scope: 'all' } })
    const hal = await api.person('hal@example.com', 'caller')
    const { fields } = (await ask(hal, 'GET', '/v1/objects/contacts')).json as { fields: { name: string }[] }
    expect(fields.some(({ name }) => name === 'email')).toBe(false)
    expect((await ask(hal, 'GET', '/v1/objects/deals')).status).toBe(404)
    expect((await ask(admin, 'PUT', '/v1/roles/caller', { body: { label: 'Caller', rights: [], objects: {}, hiddenFields: { contacts: ['last_name'] }, scope: 'all' } })).json).toMatchObject({ code: 'role.hides-required' })
    expect((await ask(admin, 'PUT', '/v1/roles/caller', { body: { label: 'Caller', rights: ['all-jobs'], objects: {}, hiddenFields: { contacts: ['phone'] }, scope: 'all' } })).json).toMatchObject({ code: 'role.hidden-and-all-jobs', path: 'rights' })
  })
})

describe('API keys', () => {
  it('are made with the password, work as narrowed, and are refused once revoked', async () => {
    expect((await ask(admin, 'POST', '/v1/keys', { body: { name: 'sync', password: 'wrong wrong wrong' } })).json).toMatchObject({ code: 'password.wrong' })
    expect((await ask(admin, 'POST', '/v1/keys', { body: { name: 'sync', access: { objects: { '*': ['read'], contract: ['read'] } }, password: testPassword } })).json).toMatchObject({ code: 'object.unknown', path: 'access.objects.contract', detail: expect.stringContaining('contacts') as string })
    const made = await ask(admin, 'POST', '/v1/keys', { body: { name: 'sync', access: { rights: [], objects: { contacts: ['read'] } }, password: testPassword } })
    const { id, key } = made.json as { id: number; key: string }
    const by = { authorization: `Bearer ${key}` }
    expect((await ask(by, 'GET', '/v1/me')).json).toMatchObject({ kind: 'key', access: { rights: [], objects: { contacts: ['read'], '*': [] } } })
    expect((await ask(by, 'GET', '/v1/objects/deals')).status).toBe(404)
    expect((await ask(by, 'GET', '/v1/members', { headers: { cookie: admin.cookie } })).status).toBe(200)
    expect((await ask(by, 'DELETE', '/v1/members/2', { headers: { cookie: admin.cookie } })).status).toBe(403)
    expect((await ask(by, 'POST', '/v1/keys', { body: { name: 'more', password: testPassword } })).json).toMatchObject({ code: 'key.by-key' })
    const rows = await api.longshore.rows<{ row: string }>('SELECT row_to_json(k)::text AS row FROM longshore.api_key k')
    expect(JSON.stringify(rows)).not.toContain(key.slice(10))
    expect((await ask(admin, 'DELETE', `/v1/keys/${id}`)).status).toBe(204)
    expect((await ask(by, 'GET', '/v1/me')).status).toBe(401)
  })

  it.each(['Bearer', 'Bearer x', 'Basic YTpi', `Bearer lsk_${'a'.repeat(43)}`, 'bearer'])('%j opens nothing, not even beside a cookie', async (authorization) => {
    expect((await ask({ authorization, ...admin }, 'GET', '/v1/me')).status).toBe(401)
  })
})

describe('requests by other sites', () => {
  it.each([
    ['another origin', { origin: 'https://evil.example' }], ['no page\'s origin', { origin: 'null' }], ['another port', { origin: 'http://localhost:4001' }],
    ['a cross-site fetch', { origin: undefined, 'sec-fetch-site': 'cross-site' }], ['a sibling site', { origin: undefined, 'sec-fetch-site': 'same-site' }], ['no origin at all', { origin: undefined }],
  ])('are refused: %s', async (_, headers) => {
    expect((await ask(admin, 'POST', '/v1/invitations', { body: { email: 'm@example.com', role: 'admin' }, headers })).json).toMatchObject({ code: 'access.cross-site', status: 403 })
  })
})

describe('the audit log', () => {
  it('has what was done, newest first, and nobody of the organization can change it', async () => {
    const { items } = (await ask(admin, 'GET', '/v1/audit-log?limit=200')).json as { items: { act: string; member: number | null }[] }
    expect(new Set(items.map(({ act }) => act))).toEqual(new Set(['job.import', 'member.join', 'session.begin', 'invitation.create', 'member.role', 'member.remove', 'password.change', 'role.create', 'key.create', 'key.revoke']))
    expect(JSON.stringify(items)).not.toMatch(/example\.com|King/)
    for (const statement of ['UPDATE longshore.audit SET act = \'x\'', 'DELETE FROM longshore.audit', 'TRUNCATE longshore.audit', 'INSERT INTO longshore.audit (organization, act) VALUES (2, \'x\')']) {
      await expect(api.longshore.rows(`SET LOCAL ROLE longshore_org_1; ${statement}`)).rejects.toThrow(/audit|row-level/)
    }
  })
})

it('as many roles made at once as there are connections are all made', async () => {
  const names = Array.from({ length: 16 }, (_, i) => `many-${i}`)
  const roles = names.map((name) => ({ name, label: name, rights: [], objects: { contacts: ['read' as const] }, hiddenFields: {}, scope: 'all' as const }))
  expect((await Promise.all(roles.map((role) => api.longshore.people.putRole(role)))).map(({ name }) => name)).toEqual(names)
})
