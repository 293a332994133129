import type { Database, Transaction } from '../postgres/database.ts'
import { migrationSeries, outstanding } from './migration-series.ts'

/** Any number that nothing else locks: migrations run one after the other, also from two processes. */
export const migrationLock = 7_234_801_126

/** Brings the schema `longshore` to this program's version; quick when it is. Throws `db.newer` when a newer program was here. */
export async function prepareSystem(db: Database): Promise<void> {
  const series = migrationSeries('system')
  const version = await db.transaction(null, systemVersion, { readOnly: true })
  if (outstanding(series, version, 'The database').length === 0) return
  await db.transaction(null, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
    for (const { number, name, sql } of outstanding(series, await systemVersion(tx), 'The database')) {
      await tx.query(sql)
      await tx.query('INSERT INTO longshore.migration (number, name) VALUES ($1, $2)', [number, name])
    }
  })
}

async function systemVersion(tx: Transaction): Promise<number> {
  // Not to_regclass: it answers from a cache that waiting for an advisory lock does not refresh, and misses what another process just made.
  const { rows: [there] } = await tx.query(`SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = 'longshore' AND tablename = 'migration'`)
  if (!there) return 0
  const { rows: [last] } = await tx.query<{ number: number | null }>('SELECT max(number) AS number FROM longshore.migration')
  return last?.number ?? 0
}
