import { compileMapping, encodeList, keysOf, mergeRules, parseImportDefinition, planKeys } from '@longshore/core'
import type { Catalog, MergeRule } from '@longshore/core'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginAttempt, type Attempt } from '../jobs/attempt.ts'
import { createJob } from '../jobs/job.ts'
import { keyColumn } from '../match/key-columns.ts'
import { loadCatalog } from '../objects/catalog-rows.ts'
import { columnOf, sqlType } from '../objects/column.ts'
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { openTestDatabase, type TestDatabase } from '../postgres/testing.ts'
import { stagedLine } from '../stage/copy-text.ts'
import { findGroups } from './find-groups.ts'
import { matchRows } from './match-rows.ts'
import { narrowRows, takeTried } from './narrow-rows.ts'
import { names, type PlanContext } from './plan-context.ts'
import { keptMark } from './change-mark.ts'
import { loneMerge, plannedValues } from './lone-rows.ts'
import { planGroups } from './plan-groups.ts'
import { loneStatement } from './plan-lone-rows.ts'

const cases = Number(process.env['LONGSHORE_CASES'] ?? 25)
const seed = Number(process.env['LONGSHORE_PROOF_SEED'] ?? (cases <= 25 ? 7 : Date.now() % 1_000_000))
const moment = '2026-03-01T10:00:00.5Z'

/** Canonical values of each kind that a row or a record may hold; few, so that both often hold the same. */
const texts = ['Ada', 'ada', ' x', 'two\nlines', 'back\\slash', '"quoted", {1}', 'NULL', '\\N', 'Ω😀', '{}', 'tab\there']
const pools: Record<string, readonly string[]> = {
  first_name: texts, title: texts, lead_source: ['Web', 'Trade Show'], lead_score: ['0', '-0', '12.5', '12.50', '12', '120', '-3.000001'], birthdate: ['1999-12-24', '2000-01-31', '0999-01-01'],
  email_opt_out: ['true', 'false'], description: ['one', 'two', 'one\ntwo', 'one\n', 'eno', 'x\none', 'Ω', 'ΩΩ', ...texts], tags: [encodeList(['a']), encodeList(['a', 'B "q" \\']), encodeList([''])],
  phone: ['+14155550123', '+4930123456'], email: ['a@example.com', 'b@example.com', 'A@example.com'], amount: ['1', '1.0', '2.50'], currency: ['EUR', 'USD'], name: texts, stage: ['Won', 'Lost'], next_step: texts,
}
const sources: Record<string, readonly string[]> = { phone_source: ['(415) 555-0123', '030 123456'] }
const objects: Record<string, readonly string[]> = {
  contacts: ['first_name', 'title', 'lead_source', 'lead_score', 'birthdate', 'email_opt_out', 'description', 'tags', 'phone', 'email'],
  deals: ['name', 'stage', 'amount', 'next_step', 'description'],
}

interface Case {
  object: string
  columns: { field: string; merge: MergeRule; blankClears: boolean; byDefault: boolean }[]
  match: string[]
  /** Picks from the pools by position: of the record and of the row that finds it; null: empty. */
  rows: { key: number; record: (number | null)[]; row: (number | null)[]; defaulted: boolean[] }[]
  operation: 'update' | 'upsert' | 'insert' | 'delete'
}

const oneCase: fc.Arbitrary<Case> = fc.constantFrom('contacts', 'deals').chain((object) => {
  const fields = objects[object] ?? []
  return fc.record({
    object: fc.constant(object),
    columns: fc.subarray([...fields], { minLength: 1 }).chain((chosen) => fc.tuple(...chosen.map((field) => fc.record({
      field: fc.constant(field), blankClears: fc.boolean(), byDefault: fc.boolean(),
      merge: fc.constantFrom(...mergeRules.filter((rule) => rule !== 'if-newer' && (rule !== 'append' || field === 'description'))),
    })))),
    match: fc.constantFrom(['external_id'], object === 'contacts' ? ['external_id', 'email'] : ['external_id']),
    operation: fc.constantFrom('update', 'update', 'upsert', 'insert', 'delete'),
    rows: fc.array(fc.record({
      key: fc.integer({ min: 0, max: 40 }), record: picks(20), row: picks(20), defaulted: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    }), { minLength: 10, maxLength: 30 }),
  })
})

function picks(length: number): fc.Arbitrary<(number | null)[]> {
  return fc.array(fc.option(fc.nat(11), { freq: 4 }), { minLength: length, maxLength: length })
}

let db: TestDatabase
let attempt: Attempt
let catalog: Catalog

beforeAll(async () => {
  db = await openTestDatabase('lone_rows', { prepared: true })
  const organization = await ensureOrganization(db)
  catalog = await db.transaction(null, (tx) => loadCatalog(tx, organization))
  const { number } = await createJob(db, organization, { kind: 'import', object: 'contacts', operation: 'update', definition: {}, metadataVersion: catalog.version, effectiveAt: moment })
  attempt = await beginAttempt(db, organization, number)
})
afterAll(() => db.close())

test(`rows that meet one record are planned by one statement as core plans them (seed ${seed})`, async () => {
  let planned = 0
  await fc.assert(fc.asyncProperty(oneCase, async (one) => {
    const plan = contextOf(one)
    const [inOneStatement, byCore] = [await look(plan, one, bySql), await look(plan, one, byGroups)]
    const own = new Map(byCore.map((row) => [row['row_number'], row]))
    for (const row of inOneStatement) expect(row).toEqual(own.get(row['row_number']))
    planned += inOneStatement.length
  }), { numRuns: cases, seed, endOnFailure: true })
  expect(planned, 'rows were planned that way at all').toBeGreaterThan(cases)
}, 600_000)

test('leaves to core what its statement cannot decide', () => {
  const plan = contextOf({ object: 'contacts', columns: [{ field: 'title', merge: 'always', blankClears: false, byDefault: false }], match: ['external_id'], rows: [], operation: 'update' })
  expect(loneStatement(plan)).not.toBeNull()
  const ruled = (merge: MergeRule): PlanContext => ({ ...plan, rules: { ...plan.rules, targets: plan.rules.targets.map((target) => (target.path === 'title' ? { ...target, merge } : target)) } })
  expect(loneStatement(ruled('if-newer'))).toBeNull()
  expect(loneStatement({ ...plan, rules: { ...plan.rules, modifiedAt: 0 } })).toBeNull()
})

type Row = Record<string, unknown>

/** Sets the scene, looks, and takes everything back. */
async function look(plan: PlanContext, one: Case, how: (tx: Transaction, plan: PlanContext) => Promise<Row[]>): Promise<Row[]> {
  let seen: Row[] = []
  const done = new Error('seen')
  await db.transaction(null, async (tx) => {
    await setScene(tx, plan, one)
    await takeTried(tx, plan)
    await narrowRows(tx, plan)
    seen = await how(tx, plan)
    throw done
  }).catch((error: unknown) => { if (error !== done && (error as { cause?: unknown }).cause !== done) throw error })
  return seen
}

/** What the plan keeps, and what whoever looks at it is shown; keys are written with the records and kept by no lone row. */
async function bySql(tx: Transaction, plan: PlanContext): Promise<Row[]> {
  await findGroups(tx, plan)
  const { table } = names(attempt)
  const schema = quoteIdentifier(attempt.organization.schema)
  const values = await plannedValues(tx, schema, { job: attempt.job, object: plan.mapping.object.name, targets: plan.rules.targets, effectiveAt: moment })
  const merge = loneMerge(plan.rules)
  const keys = merge === null ? 'NULL' : `(SELECT ARRAY[${merge.keys.join(', ')}]::bigint[] FROM ${table('_staged')} s JOIN ${table(plan.mapping.object.name)} o ON o.id = p.record ${merge.layers} WHERE s.job = p.job AND s.row_number = p.row_number AND p.mark IS NOT NULL)`
  return (await tx.query<Row>(`SELECT row_number, action, reason, turn, record, refs, w.merged, ${keys} AS keys, w.before, w.after, coalesce(mark, ${markOf(plan, 'w')}) AS mark
    FROM ${table('_plan')} p ${values} WHERE job = $1 ORDER BY row_number`, [attempt.job])).rows
}

/** SQL: the mark of a plan that core made. */
function markOf(plan: PlanContext, row: string): string {
  return `CASE WHEN ${row}.before IS NOT NULL THEN ${keptMark(plan.rules, row)} END`
}

async function byGroups(tx: Transaction, plan: PlanContext): Promise<Row[]> {
  await matchRows(tx, plan)
  await tx.query('CREATE TEMPORARY TABLE grp ON COMMIT DROP AS SELECT DISTINCT row_number, row_number AS anchor FROM pg_temp.hit')
  await planGroups(tx, plan)
  return (await tx.query<Row>(`SELECT row_number, action, reason, turn, record, refs, merged, keys, before, after, ${markOf(plan, 'g')} AS mark FROM pg_temp.grouped g ORDER BY row_number`)).rows
}

function contextOf({ object: name, columns, match, operation, rows }: Case): PlanContext {
  const extra = match.filter((field) => !columns.some((column) => column.field === field))
  const companions = columns.some(({ field }) => field === 'amount') ? ['currency'] : []
  const all = [...columns.map(({ field, merge, blankClears, byDefault }) => ({ header: field, field, merge, blankClears, ...(byDefault ? { default: pools[field]?.[0] ?? '' } : {}) })), ...[...extra, ...companions].map((field) => ({ header: field, field }))]
  // mapped as for an update: that needs no column for each required field
  const definition = parseImportDefinition({ object: name, operation: 'update', autoMap: false, match: match.map((field) => [field]), columns: all })
  const mapping = compileMapping({ catalog, definition, columns: all.map(({ header }) => header) })
  const keys = planKeys({ catalog, mapping, definition })
  return {
    attempt, catalog, definition, mapping, keys, references: [], lastRow: 200, effectiveAt: moment, owners: ['1'], onlyUnapplied: false,
    rules: { operation, onDuplicate: rows.length % 3 === 0 ? 'skip' : 'update', onSeveral: 'fail', job: attempt.job, targets: mapping.targets, keys, criteria: match.length, links: [], effectiveAt: moment, modifiedAt: -1, createdAt: -1, checks: [] },
  }
}

async function setScene(tx: Transaction, plan: PlanContext, { rows }: Case): Promise<void> {
  const { targets, object } = plan.mapping
  const value = (path: string, pick: number | null, key: number): string | null => {
    if (path === 'external_id') return `X-${key}`
    const pool = pools[path] ?? sources[path] ?? ['x']
    return pick === null ? null : pool[pick % pool.length] ?? null
  }
  const lines: string[] = []
  for (const [i, { key, record, row, defaulted }] of rows.entries()) {
    const held = targets.map((target, at) => value(target.path, record[at] ?? null, i))
    const stored = targets.flatMap((target, at) => { const column = columnOf(target.field); return column === null ? [] : [{ column, type: sqlType(target.field), text: held[at] ?? null }] })
    const ruled = plan.keys.map((one, k) => ({ column: keyColumn({ id: one.rule }), type: 'bigint', text: keysOf(held, plan.keys)[k]?.toString() ?? null })).filter((_, k) => (plan.keys[k]?.rule ?? 0) > 0)
    const needed = object.fields.filter((field) => field.required && !targets.some((target) => target.path === field.name) && columnOf(field) !== null && sqlType(field) === 'text').map((field) => ({ column: field.name, type: 'text', text: 'needed' }))
    const columns = [...stored, ...ruled, ...needed]
    await tx.query(`INSERT INTO ${names(attempt).table(object.name)} (id, created_at, updated_at, owner, ${columns.map(({ column }) => quoteIdentifier(column)).join(', ')})
      VALUES ($1, $2, $3, 1, ${columns.map(({ type }, c) => `$${c + 4}::text::${type}`).join(', ')})`, [i + 1, moment, i % 3 === 0 ? moment : '2026-01-01T00:00:00.120Z', ...columns.map(({ text }) => text)])
    const cells = targets.map((target, at) => value(target.path, row[at] ?? null, key))
    const byDefault = targets.flatMap((target, at) => (target.default !== null && defaulted[at] ? [at] : []))
    for (const at of byDefault) cells[at] = targets[at]?.default ?? null
    lines.push(stagedLine(attempt.job, { row: i + 2, cells, keys: keysOf(cells, plan.keys), issues: [], errors: 0, createErrors: 0, defaulted: byDefault }, { raw: { row: i + 2, cells: [] }, keep: false }))
  }
  await copyLines(tx, `COPY ${names(attempt).table('_staged')} FROM STDIN`, lines)
}
