import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createJob, patchJob, readJob } from '../jobs/job.ts'
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import { openTestDatabase } from '../postgres/testing.ts'
import type { TestDatabase } from '../postgres/testing.ts'
import { migrationSeries, outstanding } from './migration-series.ts'
import { prepareSystem } from './prepare-system.ts'

let db: TestDatabase
beforeAll(async () => { db = await openTestDatabase('prepare-system') })
afterAll(() => db.close())

describe('migrations', () => {
  test.each(['system', 'organization'] as const)('of the %s series are numbered from 1 without gaps', (series) => {
    const numbers = migrationSeries(series).map((migration) => migration.number)
    expect(numbers.length).toBeGreaterThan(0)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  })

  test('run once each, also when several processes start at once', async () => {
    await Promise.all([prepareSystem(db), prepareSystem(db), prepareSystem(db)])
    await prepareSystem(db)
    const { rows } = await db.transaction(null, (tx) => tx.query('SELECT number, name FROM longshore.migration ORDER BY number'))
    expect(rows).toEqual(migrationSeries('system').map(({ number, name }) => ({ number, name })))
  })

  test('that a newer program ran are refused by this one, which changes nothing', async () => {
    await ensureOrganization(db)
    await db.transaction(null, (tx) => tx.query('UPDATE longshore.organization SET schema_version = 9999'))
    await expect(ensureOrganization(db)).rejects.toMatchObject({ code: 'db.newer', remedy: 'stop', message: expect.stringContaining('newer Longshore') as string })
    await db.transaction(null, (tx) => tx.query(`INSERT INTO longshore.migration (number, name) VALUES (9999, 'from-the-future')`))
    await expect(prepareSystem(db)).rejects.toMatchObject({ code: 'db.newer' })
  })

  test('that are outstanding come after the last that was applied', () => {
    const all = [1, 2, 3].map((number) => ({ number, name: 'x', sql: '' }))
    expect(outstanding(all, 1, 'It').map((migration) => migration.number)).toEqual([2, 3])
    expect(outstanding(all, 3, 'It')).toEqual([])
  })

  test('bring an older organization up to date when it is opened', async () => {
    const older = await openTestDatabase('older')
    const organization = await ensureOrganization(older)
    const { number } = await createJob(older, organization, { kind: 'import', object: 'contacts', operation: 'insert', definition: {}, metadataVersion: 1, effectiveAt: '2026-01-01T00:00:00Z' })
    const { rows: [last] } = await older.transaction(null, (tx) => tx.query<{ version: number }>('SELECT schema_version AS version FROM longshore.organization'))
    await older.transaction(null, async (tx) => {
      // As it was before the first migration of its series.
      await patchJob(tx, organization, number, { replanned: 3 })
      await tx.query('DROP SCHEMA org_1 CASCADE; CREATE SCHEMA org_1; UPDATE longshore.organization SET schema_version = 0')
    })
    expect(await ensureOrganization(older)).toEqual(organization)
    const { rows } = await older.transaction(organization, (tx) => tx.query('SELECT count(*) AS n FROM org_1._change'))
    expect(rows).toEqual([{ n: '0' }])
    const { rows: [now] } = await older.transaction(null, (tx) => tx.query('SELECT schema_version AS version FROM longshore.organization'))
    expect(now).toEqual(last)
    const job = await older.transaction(null, (tx) => readJob(tx, organization, number))
    expect(job.replanned, 'no more than there are rows to show').toBe(0)
    await older.close()
  })
})
