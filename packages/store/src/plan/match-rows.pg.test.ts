import { afterAll, beforeAll, expect, test } from 'vitest'
import { beginAttempt, type Attempt } from '../jobs/attempt.ts'
import { createJob } from '../jobs/job.ts'
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { openTestDatabase, type TestDatabase } from '../postgres/testing.ts'
import { matchRows, rowsThatHit } from './match-rows.ts'
import { names, type PlanContext } from './plan-context.ts'

let db: TestDatabase
let attempt: Attempt

beforeAll(async () => {
  db = await openTestDatabase('match_rows', { prepared: true })
  const organization = await ensureOrganization(db)
  const { number } = await createJob(db, organization, { kind: 'import', object: 'contacts', operation: 'upsert', definition: {}, metadataVersion: 1, effectiveAt: '2026-03-01T10:00:00Z' })
  attempt = await beginAttempt(db, organization, number)
})
afterAll(() => db.close())

/** Rows and records by their keys, 0: none; looks at what matching finds. */
async function matched<T>(rows: readonly number[], records: readonly number[], look: (tx: Transaction, plan: PlanContext) => Promise<T>): Promise<T> {
  const plan = { attempt, references: [], keys: [{}], mapping: { object: { name: 'contacts' } }, definition: {}, rules: { operation: 'upsert', criteria: 1, keys: [{ rule: 1 }] } } as unknown as PlanContext
  let seen: T | undefined
  await db.transaction(null, async (tx) => {
    const contacts = names(attempt).table('contacts')
    await tx.query(`DELETE FROM ${contacts}`)
    await tx.query(`INSERT INTO ${contacts} (id, created_at, updated_at, last_name, _k1) SELECT n, now(), now(), 'x', nullif(key, 0) FROM unnest($1::bigint[]) WITH ORDINALITY u (key, n)`, [records])
    await tx.query('CREATE TEMPORARY TABLE rows ON COMMIT DROP AS SELECT n + 1 AS row_number, 0 AS errors, 0 AS create_errors, nullif(key, 0) AS k1 FROM unnest($1::bigint[]) WITH ORDINALITY u (key, n)', [rows])
    await matchRows(tx, plan)
    seen = await look(tx, plan)
  })
  return seen as T
}

test('a key that many rows and many records share makes as many hits as it has records', async () => {
  const [found] = await matched(new Array<number>(3_000).fill(7), new Array<number>(1_000).fill(7), async (tx, plan) => (await tx.query<{ shared: string; first: string; hits: string; met: string }>(
    `SELECT (SELECT count(*) FROM pg_temp.shared) AS shared, (SELECT count(*) FROM pg_temp.shared WHERE first) AS first, (SELECT count(*) FROM pg_temp.hit) AS hits, (SELECT count(*) FROM (${rowsThatHit(plan)}) r) AS met`)).rows)
  expect(found).toEqual({ shared: '3000', first: '1', hits: '1000', met: '3000' })
})

test('of rows with one key the first meets the records of all', async () => {
  const { shared, hits } = await matched([5, 6, 0, 6, 5, 8], [6, 6, 9, 8, 0], async (tx) => ({
    shared: (await tx.query<{ at: string }>(`SELECT row_number || ':' || key || CASE WHEN first THEN ' first' ELSE '' END AS at FROM pg_temp.shared ORDER BY key, row_number`)).rows.map(({ at }) => at),
    hits: (await tx.query<{ at: string }>(`SELECT row_number || '-' || record AS at FROM pg_temp.hit ORDER BY row_number, record`)).rows.map(({ at }) => at),
  }))
  expect(shared).toEqual(['2:5 first', '6:5', '3:6 first', '5:6'])
  expect(hits).toEqual(['3-1', '3-2', '7-4'])
})
