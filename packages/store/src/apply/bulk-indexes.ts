import { setTimeout as sleep } from 'node:timers/promises'
import { Fault, failpoint } from '@longshore/core'
import type { ObjectType } from '@longshore/core'
import { fencedSystem, type Attempt } from '../jobs/attempt.ts'
import { keyColumn } from '../match/key-columns.ts'
import { tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/**
 * Building an index over a million rows at once costs a seventh of entering them row by row (0.55 s against 4 s, measured). So a job
 * that brings far more records than an object holds drops the object's key and reference indexes before it applies and builds them
 * when it has. That of the bin stays, new records are not in it. Nothing depends on them but speed: a crash in between leaves look-ups slower until `buildMissingIndexes` is called again,
 * which planning, resuming and the end of a job do. The primary key stays.
 */
const worthFrom = 20_000
/** The object may hold this share of the records that are to come. */
const worthUpTo = 0.5

/** Drops the indexes of the objects that a job is about to fill, where that pays. Gives way at once when somebody reads them. */
export async function dropIndexesForBulk(db: Database, attempt: Attempt, coming: readonly { object: ObjectType; records: number }[]): Promise<void> {
  for (const { object, records } of coming) {
    if (records < worthFrom) continue
    await failpoint('indexes.before-drop')
    await fencedSystem(db, attempt, async (tx) => {
      const { rows: [held] } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${tableOf(attempt.organization, object)} LIMIT ${Math.ceil(records * worthUpTo) + 1}) r`)
      if (Number(held?.n ?? 0) > records * worthUpTo) return
      const { rows } = await tx.query<{ name: string }>(
        `SELECT x.indexrelid::regclass::text AS name FROM pg_catalog.pg_index x WHERE x.indrelid = $1::regclass AND NOT x.indisprimary AND NOT x.indisunique
           AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a WHERE a.attrelid = x.indrelid AND a.attnum = x.indkey[0] AND a.attname = 'deleted_at')`, [tableOf(attempt.organization, object)])
      if (rows.length > 0) await tx.query(`DROP INDEX ${rows.map(({ name }) => name).join(', ')}`)
    }, { settings: { lock_timeout: '500ms' } }).catch((error: unknown) => {
      if (!(error instanceof Fault && error.code === 'db.lock-timeout')) throw error
    })
    await failpoint('indexes.after-drop')
  }
}

/** Columns of an object that have an index, with its condition. */
export function indexedColumns(object: ObjectType): { column: string; condition: string }[] {
  const references = object.fields.filter((field) => field.kind === 'reference').map((field) => quoteIdentifier(field.name))
  const keys = object.matchKeys.map((rule) => quoteIdentifier(keyColumn(rule)))
  return [
    ...references.map((column) => ({ column, condition: `${column} IS NOT NULL` })),
    ...keys.map((column) => ({ column, condition: `${column} IS NOT NULL AND deleted_at IS NULL` })),
  ]
}

/** Builds the indexes of `objects` that are missing, two at a time; at once when none is. */
export async function buildMissingIndexes(db: Database, organization: Organization, objects: readonly ObjectType[]): Promise<void> {
  const missing = await db.transaction(null, (tx) => missingIndexes(tx, organization, objects), { readOnly: true })
  let next = 0
  const build = async (): Promise<void> => {
    for (let statement = missing[next++]; statement !== undefined; statement = missing[next++]) {
      await buildOne(db, statement)
      await failpoint('indexes.after-build')
    }
  }
  await Promise.all([build(), build()])
}

async function buildOne(db: Database, statement: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await db.transaction(null, (tx) => tx.query(statement), { settings: { maintenance_work_mem: '256MB', lock_timeout: '2s' } })
      return
    } catch (error) {
      // whoever holds the table is writing it, and builds them at its own end
      if (!(error instanceof Fault && error.code === 'db.lock-timeout')) throw error
      if (tries === 3) return
      await sleep(200)
    }
  }
}

async function missingIndexes(tx: Transaction, organization: Organization, objects: readonly ObjectType[]): Promise<string[]> {
  const { rows } = await tx.query<{ object: string; column: string }>(
    `SELECT t.relname AS object, quote_ident(a.attname) AS column FROM pg_catalog.pg_index x
     JOIN pg_catalog.pg_class t ON t.oid = x.indrelid JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
     WHERE n.nspname = $1 AND NOT x.indisprimary AND x.indisvalid`, [organization.schema])
  const there = new Set(rows.map(({ object, column }) => `${object}.${column.replaceAll('"', '')}`))
  return objects.flatMap((object) => indexedColumns(object)
    .filter(({ column }) => !there.has(`${object.name}.${column.replaceAll('"', '')}`))
    .map(({ column, condition }) => `CREATE INDEX ON ${tableOf(organization, object)} (${column}) WHERE ${condition}`))
}
