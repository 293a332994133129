import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import type { JobSummary, Longshore } from '../longshore.ts'
import { openTestApi } from '../testing/open-test-api.ts'
import type { TestApi } from '../testing/open-test-api.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

let api: TestApi
let folder = ''
const people: Record<string, Longshore> = {}
beforeAll(async () => {
  api = await openTestApi('record-scope')
  folder = mkdtempSync(join(tmpdir(), 'longshore-scope-'))
  await api.person('admin@example.com', 'admin')
  for (const scope of ['own', 'team'] as const) {
    await api.longshore.people.putRole({ name: scope, label: scope, rights: [], objects: { '*': ['read', 'write', 'import', 'export'] }, hiddenFields: {}, scope })
  }
  for (const [name, role] of [['ann', 'own'], ['ben', 'own'], ['cat', 'team'], ['dan', 'team']] as const) {
    const { cookie = '' } = await api.person(`${name}@example.com`, role)
    cookies[name] = cookie
    const { id } = (await api.longshore.people.members()).at(-1) ?? { id: 0 }
    if (name !== 'dan') await api.longshore.people.changeMember(id, { teams: name === 'ann' || name === 'cat' ? ['north'] : ['south'] })
    const identified = await api.longshore.door.identify(new Headers({ cookie }))
    if (identified) people[name] = api.longshore.as(identified.actor)
  }
})
afterAll(async () => { await api.close(); rmSync(folder, { recursive: true, force: true }) })

const cookies: Record<string, string> = {}
/** As their role is now. */
async function relogged(name: string): Promise<Longshore> {
  const identified = await api.longshore.door.identify(new Headers({ cookie: cookies[name] ?? '' }))
  if (!identified) throw new Error(`${name} is not signed in`)
  return api.longshore.as(identified.actor)
}
const as = (name: string): Longshore => people[name] ?? api.longshore
const watch = () => undefined
function load(who: Longshore, text: string, definition: Partial<ImportDefinitionInput> = {}, dryRun = false): Promise<JobSummary> {
  const file = join(folder, 'list.csv')
  writeFileSync(file, text)
  return who.import({ file, definition: { object: 'contacts', match: [['email']], ...definition }, dryRun }, watch)
}
async function seen(who: Longshore): Promise<string[]> {
  const out = join(folder, 'out.csv')
  rmSync(out, { force: true }) // an export replaces no file
  await who.export({ object: 'contacts', fields: ['email'], where: [], format: 'csv', out, formulaGuard: false }, watch)
  return readFileSync(out, 'utf8').trim().split(/\r?\n/).slice(1).sort()
}

describe('members from whom a first name is hidden', () => {
  it('read it in no full name, of a record, a list or a link', async () => {
    await api.longshore.people.putRole({ name: 'surname', label: 'Surname', rights: [], objects: { '*': ['read'] }, hiddenFields: { contacts: ['first_name'] }, scope: 'all' })
    const eve = await api.person('eve@example.com', 'surname')
    await api.longshore.importText('First Name,Last Name,Company\nHidden,Seen,Firm\n', { object: 'contacts', missingReference: 'create' })
    const [firm] = await api.longshore.rows<{ id: string }>(`SELECT id::text FROM org.accounts WHERE name = 'Firm'`)
    const answers = [await api.ask(eve, 'GET', `/v1/objects/accounts/records/${firm?.id}/related`), await api.ask(eve, 'GET', '/v1/objects/contacts/records'), await api.ask(eve, 'GET', '/v1/objects/contacts/records?fields=full_name')]
    expect(answers.map(({ status, text }) => [status, text.includes('Seen'), text.includes('Hidden')])).toEqual([[200, true, false], [200, true, false], [400, false, false]])
    await api.longshore.rows('TRUNCATE org.contacts, org.accounts')
  })
})

describe('members from whom a field is hidden', () => {
  it('lose nothing of it when they merge, and leave pairs that differ in it to others', async () => {
    await api.longshore.people.putRole({ name: 'clerk', label: 'Clerk', rights: [], objects: { contacts: ['read', 'write', 'delete'] }, hiddenFields: { contacts: ['title'] }, scope: 'all' })
    const clerk = await api.person('clerk@example.com', 'clerk')
    const list = (rows: string, definition: Partial<ImportDefinitionInput> = {}) => load(api.longshore, `Last Name,Email,Job Title\n${rows}\n`, definition)
    await list('King,king@example.com,\nLee,lee@example.com,Cook')
    await list('King,king@example.com,Clerk\nLee,lee@example.com,Chef', { onDuplicate: 'flag' })
    const pairOf = new Map((await api.longshore.reviews({ limit: 10 })).map((pair) => [pair.other.values['last_name'], pair]))
    const merge = (name: string, values = {}) => api.ask(clerk, 'POST', `/v1/reviews/${pairOf.get(name)?.id}/merge`, { body: { keep: 'other', values } })
    // of an object that the clerk does not see at all
    await api.longshore.rows(`INSERT INTO org.activities (id, created_at, updated_at, subject, related_contact) VALUES (1, now(), now(), 'Call', $1)`, [pairOf.get('King')?.record.id])
    expect((await merge('King', { title: 'record' })).json).toMatchObject({ code: 'unknown-field' })
    expect((await merge('King')).status).toBe(200)
    expect(await api.longshore.rows(`SELECT title FROM org.contacts WHERE last_name = 'King' AND deleted_at IS NULL`)).toEqual([{ title: 'Clerk' }])
    expect(await api.longshore.rows('SELECT related_contact::text AS to FROM org.activities')).toEqual([{ to: pairOf.get('King')?.other.id }])
    const refused = await merge('Lee')
    expect([refused.status, refused.json['code'], refused.text.includes('Chef') || refused.text.includes('Cook')]).toEqual([403, 'review.hidden', false])
    expect(await api.longshore.rows(`SELECT title FROM org.contacts WHERE last_name = 'Lee' AND deleted_at IS NULL ORDER BY title`)).toEqual([{ title: 'Chef' }, { title: 'Cook' }])
    await api.longshore.rows('TRUNCATE org.contacts, org.accounts, org.activities, org._review')
  })
})

describe('members who reach their own records alone', () => {
  it('put none below itself by hand, through others\' records either', async () => {
    const ids: Record<string, string> = {}
    for (const [who, name] of [['ann', 'Ca'], ['ben', 'Cc'], ['ann', 'Cb']] as const) {
      const { job } = await load(as(who), `Account Name\n${name}\n`, { object: 'accounts', match: [['name']] })
      ids[name] = (await api.longshore.rows<{ id: string }>('SELECT id::text FROM org.accounts WHERE id >> 35 = $1', [job]))[0]?.id ?? ''
    }
    await api.longshore.rows('UPDATE org.accounts SET parent_account = CASE name WHEN $1 THEN $2::bigint ELSE $3::bigint END WHERE name IN ($1, $4)', ['Cc', ids['Ca'], ids['Cc'], 'Cb'])
    await expect(as('ann').editRecord({ object: 'accounts', record: ids['Ca'] ?? '', values: { parent_account: ids['Cb'] ?? '' } })).rejects.toMatchObject({ code: 'value-invalid' })
    await api.longshore.rows(`DELETE FROM org.accounts`)
  })

  it('see nobody else\'s in an export, and those of a team see the team\'s', async () => {
    await load(as('ann'), 'Last Name,Email\nKing,shared@example.com\nLee,lee@example.com\n')
    await load(as('dan'), 'Last Name,Email\nMoss,moss@example.com\n')
    expect([await seen(as('ann')), await seen(as('ben')), await seen(as('cat')), await seen(as('dan')), await seen(api.longshore)])
      .toEqual([['lee@example.com', 'shared@example.com'], [], ['lee@example.com', 'shared@example.com'], ['moss@example.com'], ['lee@example.com', 'moss@example.com', 'shared@example.com']])
  })

  it('learn by matching that a key of theirs is taken, and nothing of the record that has it, in the plan or after it', async () => {
    const planned = await load(as('ben'), 'Last Name,Email\nKing,shared@example.com\n', { operation: 'update' }, true)
    expect(planned.counts).toMatchObject({ failed: 1, updated: 0 })
    const [there] = await api.longshore.rows<{ id: string }>(`SELECT id::text FROM org.contacts WHERE email = 'shared@example.com'`)
    const text = 'Last Name,Email\nKing,shared@example.com\nKing,shared@example.com\nFree,free@example.com\n'
    const previewed = await load(as('ben'), text, { operation: 'upsert' }, true)
    const written = await load(as('ben'), text, { operation: 'upsert' })
    for (const { counts } of [previewed, written]) expect(counts).toMatchObject({ created: 1, flagged: 1, updated: 0, skipped: 1 })
    expect(await seen(as('ben'))).toEqual(['free@example.com', 'shared@example.com'])
    // of the record itself ben is told nothing, nor does the pair wait for him: he sees one side of it
    const { rows } = await as('ben').stagedRows.window(previewed.job, { filter: { status: 'all' }, start: { position: 0 }, limit: 200 })
    expect(rows.map(({ row, plan, issues }) => [row, plan.outcome, issues.map(({ code }) => code)])).toEqual([[2, 'flagged', ['match.outside']], [3, 'skipped', []], [4, 'created', []]])
    const told = JSON.stringify([rows, await as('ben').stagedRows.issueGroups(previewed.job), await as('ben').job(written.job)])
    expect(told).not.toMatch(new RegExp(`\\b${there?.id}\\b|\\bann\\b`))
    expect([(await as('ben').reviews({ limit: 9 })).length, (await as('ann').reviews({ limit: 9 })).length]).toEqual([0, 0])
    const pairs = await api.longshore.reviews({ limit: 9 })
    expect(pairs.map(({ other, criterion }) => [other.id, criterion])).toEqual([[there?.id, 'email']])
    await expect(as('ben').dismissReview(pairs[0]?.id ?? '')).rejects.toMatchObject({ code: 'review.unknown' })
    expect((await load(as('ben'), 'Last Name,Email\nKing,shared@example.com\n')).counts).toMatchObject({ skipped: 1, flagged: 0 })
  })

  it('cannot change another\'s record by its id', async () => {
    const [row] = await api.longshore.rows<{ id: string }>(`SELECT id::text FROM org.contacts WHERE email = 'lee@example.com'`)
    await expect(as('ben').editRecord({ object: 'contacts', record: row?.id ?? '', values: { title: 'Taken' } })).rejects.toMatchObject({ code: 'record.missing' })
    await as('cat').editRecord({ object: 'contacts', record: row?.id ?? '', values: { title: 'Seen by the team' } })
    const [after] = await api.longshore.rows<{ title: string }>(`SELECT title FROM org.contacts WHERE email = 'lee@example.com'`)
    expect(after?.title).toBe('Seen by the team')
  })

  it('give no record to an owner outside of their reach, by hand or by an import, and are told so in words', async () => {
    const { job } = await load(as('ann'), 'Last Name,Email\nGift,gift@example.com\n')
    const [gift] = await api.longshore.rows<{ id: string }>(`SELECT id::text FROM org.contacts WHERE email = 'gift@example.com'`)
    const give = (values: Record<string, string | null>) => as('ann').editRecord({ object: 'contacts', record: gift?.id ?? '', values })
    for (const owner of ['ben@example.com', null]) await expect(give({ owner })).rejects.toMatchObject({ code: 'owner.outside', remedy: 'refuse', path: 'values.owner' })
    await give({ owner: 'ann@example.com', title: 'Kept' })
    const hand = (owner: string[]) => load(as('ann'), 'Last Name,Email\nAway,away@example.com\nToo,too@example.com\n', { owner })
    await expect(hand(['ann@example.com', 'ben@example.com'])).rejects.toMatchObject({ code: 'owner.outside', remedy: 'refuse', path: 'owner[1]' })
    expect((await hand(['ann@example.com'])).counts).toMatchObject({ created: 2 })
    const team = await load(as('cat'), 'Last Name,Email\nTeam,team@example.com\n', { owner: ['ann@example.com'] })
    expect(team.counts).toMatchObject({ created: 1 })
    await api.longshore.rows(`DELETE FROM org.contacts WHERE email IN ('away@example.com', 'too@example.com', 'team@example.com')`)
    await as('ann').undo(job, { everything: true }, watch)
  })

  it('give no row of a file to an owner outside of their reach, where a column may name owners', async () => {
    await api.longshore.people.putRole({ name: 'own', label: 'own', rights: ['set-audit-fields'], objects: { '*': ['read', 'write', 'import', 'export'] }, hiddenFields: {}, scope: 'own' })
    const ann = await relogged('ann')
    const { job, counts } = await load(ann, 'Last Name,Email,Owner\nMine,mine@example.com,ann@example.com\nTheirs,theirs@example.com,ben@example.com\nNobody,nobody@example.com,\n', { missingReference: 'create' })
    expect(counts).toMatchObject({ created: 2, failed: 1 })
    expect(await api.longshore.rows('SELECT row_number::integer AS row, field, code FROM org._issue WHERE job = $1', [job])).toEqual([{ row: 3, field: 'owner', code: 'owner.outside' }])
    const given = await load(ann, 'Email,Owner\nmine@example.com,ben@example.com\n', { operation: 'update' })
    expect(given.counts).toMatchObject({ failed: 1 })
    await expect(load(ann, 'Email,Owner\nmine@example.com,\n', { operation: 'update', columns: [{ header: 'Owner', field: 'owner', blankClears: true }] })).rejects.toMatchObject({ code: 'field-not-clearable' })
    const [mine] = await api.longshore.rows<{ id: string }>(`SELECT id::text FROM org.contacts WHERE email = 'mine@example.com'`)
    await expect(ann.changeChosen({ object: 'contacts', operation: 'update', values: { owner: null }, where: [], records: [mine?.id ?? ''], except: [] }, null)).rejects.toMatchObject({ code: 'owner.outside', path: 'values.owner' })
    await api.longshore.people.putRole({ name: 'own', label: 'own', rights: [], objects: { '*': ['read', 'write', 'import', 'export'] }, hiddenFields: {}, scope: 'own' })
    await api.longshore.undo(job, { everything: true }, watch)
  })

  it('see no job of others, and their undo reaches their own records alone, whoever runs it', async () => {
    const text = 'Last Name,Email\nNew,new@example.com\n'
    const job = await load(as('ann'), text)
    expect([job, (await api.longshore.jobs())[0]]).toEqual([1, 2].map(() => expect.objectContaining({ job: job.job, startedByName: 'ann', source: expect.stringContaining('list.csv') as string, sourceBytes: text.length })))
    await expect(as('ben').job(job.job)).rejects.toMatchObject({ code: 'job.unknown' })
    await expect(as('ben').undoPreview(job.job, { everything: true })).rejects.toMatchObject({ code: 'job.unknown' })
    await expect(as('ben').undo(job.job, { everything: true }, watch)).rejects.toMatchObject({ code: 'job.unknown' })
    expect((await as('ben').jobs()).some((one) => one.job === job.job)).toBe(false)
    expect((await as('ann').undo(job.job, { everything: false }, watch)).counts).toMatchObject({ deleted: 1 })
  })

  it('cost those who see all nothing: no plan of theirs has a condition for it', async () => {
    const plan = async (role: string): Promise<string> => {
      const organization = { id: 1, name: 'default', schema: 'org_1', role: 'longshore_org_1', settings: { country: 'US', currency: 'USD' }, scope: role === 'all' ? null : [1] }
      const { rows } = await api.longshore.database.transaction(organization, (tx) => tx.query<{ 'QUERY PLAN': string }>('EXPLAIN (COSTS OFF, VERBOSE) SELECT id FROM org_1.contacts'))
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    }
    expect([/Filter|longshore\.scope/.test(await plan('all')), /longshore\.scope/.test(await plan('some'))]).toEqual([false, true])
  })

  it('are held to it by PostgreSQL, whatever is asked', async () => {
    const ben = (await api.longshore.people.members()).find(({ email }) => email.startsWith('ben'))?.id
    const count = async (scope: string): Promise<string> => {
      const said = await api.longshore.rows(`DO $$ BEGIN SET LOCAL ROLE longshore_org_1_scoped; SET LOCAL longshore.scope = '${scope}'; RAISE EXCEPTION 'seen: %', (SELECT count(*) FROM org.contacts); END $$`).catch((error: unknown) => error)
      return /seen: \d+/.exec(said instanceof Error ? `${said.message} ${String(said.cause)}` : '')?.[0] ?? 'nothing'
    }
    expect([await count(`{${ben}}`), await count('{}')]).toEqual(['seen: 2', 'seen: 0'])
    await expect(api.longshore.rows(`SET LOCAL ROLE longshore_org_1_scoped; UPDATE org.contacts SET owner = 1`)).rejects.toThrow(/longshore.scope|PostgreSQL/) // no scope at all: an error, never everything
  })

  it('have the keys of a criterion that they use first filled for everybody\'s records', async () => {
    const phones = { match: [['mobile_phone']], columns: [{ header: 'Mobile Phone', field: 'mobile_phone' }] }
    await load(as('dan'), 'Last Name,Email,Mobile Phone\nDoe,doe@example.com,+1 212 555 0188\n', { columns: phones.columns })
    expect((await load(as('ben'), 'Last Name,Mobile Phone\nRoe,+1 212 555 0199\n', phones)).counts.created).toBe(1)
    expect((await load(api.longshore, 'Last Name,Mobile Phone\nDoe,+1 212 555 0188\n', phones, true)).counts).toMatchObject({ skipped: 1, created: 0 })
  })
})
