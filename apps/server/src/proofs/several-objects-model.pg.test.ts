import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ImportDefinitionInput } from '@longshore/core'
import { openTestLongshore, type TestLongshore } from '../testing/open-test-longshore.ts'
import { resultRows } from '../testing/result-rows.ts'
import { accountFields, SeveralObjects, type AccountRule, type AccountValue, type Description, type LinkRow, type PersonRow, type PersonWay } from '../testing/several-objects-model.ts'

vi.mock('../tasks/parser/run-parser.ts', async () => ({ runParser: (await import('../testing/parser-in-process.ts')).runParserHere }))

/** Sequences of two to five imports. `npm run test:rows` asks for more. */
const cases = Number(process.env['LONGSHORE_PROOF_CASES'] ?? 6)

const companies = ['Acme', 'Globex', 'Initech', null]
const emails = ['ada@example.com', 'bob@example.com', 'cy@example.com', null]
const person: fc.Arbitrary<PersonRow> = fc.record({
  email: fc.constantFrom(...emails), lastName: fc.constantFrom('Lovelace', 'Byron', 'Babbage', null), company: fc.constantFrom(...companies),
  describes: fc.record({ billing_city: fc.constantFrom('Oslo', 'Rome', null), billing_street: fc.constantFrom('Main 1', 'Side 2', null), tags: fc.constantFrom<AccountValue[]>(['a'], ['b'], ['a', 'c'], null) }),
}).map((row) => (row.company === null ? { ...row, describes: { billing_city: null, billing_street: null, tags: null } } : row))
const rule = fc.constantFrom<AccountRule[]>('always', 'if-empty', 'never')
const way: fc.Arbitrary<PersonWay> = fc.record({
  missing: fc.constantFrom<PersonWay['missing'][]>('error', 'create', 'create', 'blank'), existing: fc.constantFrom<PersonWay['existing'][]>('leave', 'update', 'update'),
  rules: fc.record({ billing_city: rule, billing_street: rule, tags: fc.oneof(rule, fc.constant<AccountRule>('append'), fc.constant<AccountRule>('append')) }),
}).map((one) => (one.existing === 'leave' ? { ...one, rules: {} } : one))
const link: fc.Arbitrary<LinkRow> = fc.record({ email: fc.constantFrom(...emails, emails[0] ?? null), account: fc.constantFrom(...companies, 'Acme'), role: fc.constantFrom('Buyer', 'Champion', null) })
const after = { undone: fc.boolean(), chunkRows: fc.constantFrom(1, 2, 10_000) }
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('people' as const), rows: fc.array(person, { minLength: 2, maxLength: 8, size: 'max' }), way, ...after }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('links' as const), rows: fc.array(link, { minLength: 1, maxLength: 8, size: 'max' }), operation: fc.constantFrom('insert' as const, 'insert' as const, 'delete' as const), ...after }) },
)
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never

/** Somebody to link. */
const beginning: Step = {
  kind: 'people', undone: false, chunkRows: 10_000, way: { missing: 'create', existing: 'leave', rules: {} },
  rows: [['ada@example.com', 'Lovelace', 'Acme'], ['bob@example.com', 'Byron', 'Globex']].map(([email = null, lastName = null, company = null]) => ({ email, lastName, company, describes: { billing_city: 'Oslo', billing_street: null, tags: ['a'] } })),
}

let longshore: TestLongshore

describe('random imports of contacts with their accounts, and of links between both', () => {
  beforeAll(async () => { longshore = await openTestLongshore('several-objects') })
  afterAll(async () => {
    delete process.env['LONGSHORE_CHUNK_ROWS']
    await longshore.close()
  })

  it(`${cases} sequences of them leave what a plain model leaves, and go back when they are undone`, { timeout: 60_000 + cases * 20_000 }, async () => {
    const seen: Record<string, number> = {}
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5, size: 'max' }), async (steps) => {
      await longshore.rows('TRUNCATE org.associations, org.contacts, org.accounts, org._change, org._review')
      let model = new SeveralObjects()
      for (const one of [beginning, ...steps]) {
        const before = model.copy()
        process.env['LONGSHORE_CHUNK_ROWS'] = String(one.chunkRows)
        const planned = await longshore.importText(fileOf(one), definitionOf(one), { dryRun: true })
        const job = await longshore.apply(planned.job, () => undefined)
        expect([job.state, job.counts, job.related, job.relatedChanged, job.replanned], 'the plan is the preview').toEqual(['done', planned.counts, planned.related, planned.relatedChanged, 0])
        const meant = one.kind === 'people' ? model.importPeople(job.job, one.rows.filter(isRow), one.way) : model.importLinks(job.job, one.rows.filter(isLink), one.operation)
        expect(resultRows({ ...job, results: await longshore.results(job.job, { formats: ['csv'] }) }).map(({ row, outcome }) => ({ row, outcome }))).toEqual(meant)
        await compare(model)
        for (const { outcome } of meant) seen[`${one.kind} ${outcome}`] = (seen[`${one.kind} ${outcome}`] ?? 0) + 1
        seen['accounts made'] = (seen['accounts made'] ?? 0) + (job.related['accounts'] ?? 0)
        seen['accounts changed'] = (seen['accounts changed'] ?? 0) + (job.relatedChanged?.['accounts'] ?? 0)
        if (!one.undone) continue
        expect((await longshore.undo(job.job, { everything: false }, () => undefined)).kept).toBe(0)
        model = before
        await compare(model)
      }
    }), { numRuns: cases, endOnFailure: process.env['LONGSHORE_PROOF_SHRINK'] === undefined })
    for (const what of ['people created', 'people updated', 'people skipped', 'people failed', 'links created', 'links skipped', 'links failed', 'accounts made', 'accounts changed', ...(cases > 100 ? ['links deleted'] : [])]) expect(seen[what] ?? 0, what).toBeGreaterThan(cases / 100)
  })
})

/** Rows without any cell are no rows. */
function isRow({ email, lastName, company }: PersonRow): boolean {
  return email !== null || lastName !== null || company !== null
}

function isLink({ email, account, role }: LinkRow): boolean {
  return email !== null || account !== null || role !== null
}

function definitionOf(one: Step): ImportDefinitionInput {
  const source = { delimiter: ',', headerRow: 1 }
  if (one.kind === 'links') {
    return { object: 'associations', operation: one.operation, source, columns: [{ header: 'Person', field: 'from.contacts.email' }, { header: 'Account', field: 'to.accounts.name' }, { header: 'Role', field: 'role' }] }
  }
  return {
    object: 'contacts', operation: 'upsert', match: [['email']], missingReference: one.way.missing, existingReference: one.way.existing, source,
    columns: accountFields.map((name) => ({ header: name, field: `account.${name}`, ...(one.way.rules[name] === undefined ? {} : { merge: one.way.rules[name] }) })),
  }
}

function fileOf(one: Step): string {
  const text = (value: AccountValue): string => (value === null ? '' : typeof value === 'string' ? value : value.join(';'))
  const lines = one.kind === 'links' ? ['Person,Account,Role', ...one.rows.filter(isLink).map(({ email, account, role }) => [email, account, role].map(text).join(','))]
    : [`Email,Last Name,Company,${accountFields.join(',')}`, ...one.rows.filter(isRow).map(({ email, lastName, company, describes }) => [email, lastName, company, ...accountFields.map((name) => describes[name])].map(text).join(','))]
  return `${lines.join('\n')}\n`
}

/** All live records, field by field. */
async function compare(model: SeveralObjects): Promise<void> {
  const live = (columns: string, table: string) => longshore.rows<Record<string, unknown>>(`SELECT id::text, ${columns} FROM org.${table} WHERE deleted_at IS NULL ORDER BY ${table}.id`)
  const byId = <One extends { id: bigint }>(all: Iterable<One>): One[] => [...all].sort((a, b) => (a.id < b.id ? -1 : 1))
  expect(await live('name, billing_city, billing_street, tags', 'accounts')).toEqual(byId(model.accounts.values()).map(({ id, name, fields }: { id: bigint; name: string; fields: Description }) => ({ id: String(id), name, ...fields })))
  expect(await live('email, last_name AS "lastName", account::text', 'contacts')).toEqual(byId(model.contacts).map(({ id, email, lastName, account }) => ({ id: String(id), email, lastName, account: account === null ? null : String(account) })))
  expect(await live('"from"::text, "to"::text, role', 'associations')).toEqual(byId(model.links).map(({ id, from, to, role }) => ({ id: String(id), from: String(from), to: String(to), role })))
}
