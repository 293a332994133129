import { findObject } from '@longshore/core'
import type { Catalog } from '@longshore/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadCatalog } from '../objects/catalog-rows.ts'
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { openTestDatabase } from '../postgres/testing.ts'
import type { TestDatabase } from '../postgres/testing.ts'
import { relatedRecords, relatedSettings } from './record-links.ts'
import type { RelatedRecords } from './record-links.ts'

let db: TestDatabase
let organization: Organization
let catalog: Catalog

/** Of 12,000 contacts the oldest belongs to account 1, 1,499 to account 2, the newest 10,500 to account 3. */
beforeAll(async () => {
  db = await openTestDatabase('record-links', { prepared: true })
  organization = await ensureOrganization(db)
  catalog = await db.transaction(organization, (tx) => loadCatalog(tx, organization), { readOnly: true })
  await db.transaction(null, async (tx) => {
    await tx.query(`INSERT INTO org_1.accounts (id, created_at, updated_at, name) SELECT i, now(), now(), 'A' || i FROM generate_series(1, 3) i`)
    await tx.query(`INSERT INTO org_1.contacts (id, created_at, updated_at, last_name, account)
      SELECT i, now(), now(), 'L' || i, CASE WHEN i = 1 THEN 1 WHEN i <= 1500 THEN 2 ELSE 3 END FROM generate_series(1, 12000) i`)
    await tx.query('ANALYZE org_1.contacts')
  })
})
afterAll(() => db.close())

const reading = (): Transaction => db.reading(organization, { settings: relatedSettings })
const related = (account: string, by = reading()): Promise<RelatedRecords[]> => {
  const object = findObject(catalog, 'accounts')
  if (!object) throw new Error('no accounts')
  return relatedRecords(by, organization, catalog, object, account, 2)
}
const contacts = (ids: number[], more: boolean): RelatedRecords[] => [{ object: 'contacts', field: 'account', records: ids.map((id) => ({ id: String(id), name: `L${id}` })), more }]

test('gives the newest of those that lead to a record, however many they are', async () => {
  expect([await related('1'), await related('2'), await related('3'), await related('4')]).toEqual([contacts([1], false), contacts([1500, 1499], true), contacts([12000, 11999], true), []])
})

test('finds a few among many without going through the others, also by a plan that was made for all', async () => {
  const by = reading()
  const asked: string[] = []
  await related('1', { ...by, query: (text, values) => { asked.push(text); return by.query(text, values) } })
  const passed = await db.transaction(organization, async (tx) => {
    await tx.query('SET LOCAL plan_cache_mode = force_generic_plan')
    await tx.query(`PREPARE asked (bigint) AS ${asked.find((text) => text.includes('contacts')) ?? ''}`)
    const { rows: [row] } = await tx.query<{ 'QUERY PLAN': [{ Plan: Node }] }>('EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked (1)')
    await tx.query('DEALLOCATE asked')
    return row && passedOver(row['QUERY PLAN'][0].Plan)
  }, { settings: relatedSettings })
  expect(passed).toBe(0)
})

interface Node { Plans?: Node[]; 'Rows Removed by Filter'?: number }

/** Rows that a plan read and did not want. */
function passedOver(node: Node): number {
  return (node['Rows Removed by Filter'] ?? 0) + (node.Plans ?? []).reduce((sum, one) => sum + passedOver(one), 0)
}
