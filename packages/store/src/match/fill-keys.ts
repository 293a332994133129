import { failpoint, findObject, isLinkKey, keysOf } from '@longshore/core'
import type { Catalog, MatchKeyRule, ObjectType } from '@longshore/core'
import { loadCatalog, saveCatalog } from '../objects/catalog-rows.ts'
import { columnOf, tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { keyColumn } from './key-columns.ts'
import { partsOf } from './rekey.ts'

/** Records per transaction. */
const fillBatch = 5_000

/** A rule that was switched on for records that existed: their keys are filled before it is first used. */
export interface NewKey { object: ObjectType; rule: MatchKeyRule }

/**
 * Gives the records of an object the keys of rules that were switched on later. Batches of its own transactions: a record that somebody
 * writes at this moment is passed over, since waiting for it could end in a deadlock, and is filled by the next call. A rule counts as
 * complete once all records were gone through and no job is open that was made before it: such a job writes records without the key.
 */
export async function fillKeys(db: Database, organization: Organization, keys: readonly NewKey[]): Promise<void> {
  for (const { object, rule } of keys) {
    if (rule.since === undefined) continue
    const { since } = rule
    const olderJob = await db.transaction(null, async (tx) => {
      const { rows } = await tx.query(`SELECT 1 FROM longshore.job WHERE organization = $1 AND metadata_version < $2 AND state NOT IN ('done', 'cancelled', 'undone') LIMIT 1`, [organization.id, since])
      return rows.length > 0
    }, { readOnly: true })
    const passedOver = await fill(db, organization, { object, rule })
    await failpoint('keys.after-fill')
    if (!olderJob && !passedOver) await markComplete(db, organization, object.name, rule.id)
  }
}

/** Fills what is free; returns whether a record that has the parts of a key is still without it, because somebody held it. */
async function fill(db: Database, organization: Organization, { object, rule }: NewKey): Promise<boolean> {
  if (isLinkKey(object, rule.criterion)) return false // the database keeps it
  const catalog = await db.transaction(organization, (tx) => loadCatalog(tx, organization), { readOnly: true })
  const table = tableOf(organization, object)
  const column = `o.${quoteIdentifier(keyColumn(rule))}`
  const { keys, columns, joins } = partsOf(organization, catalog, object, [rule])
  const [key] = keys
  if (key === undefined) return false
  const filled = rule.criterion.split('+').flatMap((name) => {
    const field = object.fields.find((one) => one.name === name)
    const stored = field ? columnOf(field) : null
    return stored === null ? [] : [`o.${quoteIdentifier(stored)} IS NOT NULL`]
  })
  const wanted = [`${column} IS NULL`, ...filled].join(' AND ')
  for (let after = '-1'; ;) {
    const last = await db.transaction(organization, async (tx) => {
      const { rows } = await tx.query<{ id: string; cells: (string | null)[] }>(
        `SELECT o.id, ARRAY[${columns.join(', ')}]::text[] AS cells FROM ${table} o ${joins.join(' ')} WHERE o.id > $1 AND ${wanted}
         ORDER BY o.id LIMIT ${fillBatch} FOR UPDATE OF o SKIP LOCKED`, [after])
      const hashed = rows.flatMap(({ id, cells }) => { const [hash] = keysOf(cells, [key]); return hash === null || hash === undefined ? [] : [{ id, hash: hash.toString() }] })
      if (hashed.length > 0) {
        await tx.query(`UPDATE ${table} o SET ${quoteIdentifier(keyColumn(rule))} = v.hash FROM unnest($1::bigint[], $2::bigint[]) v (id, hash) WHERE o.id = v.id`,
          [hashed.map(({ id }) => id), hashed.map(({ hash }) => hash)])
      }
      return rows.at(-1)?.id ?? null
    }, { durable: false })
    if (last === null) break
    after = last
  }
  return db.transaction(organization, async (tx) => {
    for (let after = '-1'; ;) {
      const { rows } = await tx.query<{ id: string; cells: (string | null)[] }>(
        `SELECT o.id, ARRAY[${columns.join(', ')}]::text[] AS cells FROM ${table} o ${joins.join(' ')} WHERE o.id > $1 AND ${wanted} ORDER BY o.id LIMIT ${fillBatch}`, [after])
      if (rows.some(({ cells }) => (keysOf(cells, [key])[0] ?? null) !== null)) return true
      const last = rows.at(-1)
      if (!last) return false
      after = last.id
    }
  }, { readOnly: true })
}

async function markComplete(db: Database, organization: Organization, object: string, id: number): Promise<void> {
  await db.transaction(null, async (tx) => {
    await tx.query('SELECT 1 FROM longshore.organization WHERE id = $1 FOR UPDATE', [organization.id])
    const catalog = await loadCatalog(tx, organization)
    const rule = findObject(catalog, object)?.matchKeys.find((one) => one.id === id)
    if (!rule) return
    delete rule.since
    await saveCatalog(tx, organization, catalog)
  })
}

/** The rules among `used` that were switched on later and may not be filled yet, as the catalog knows them now. */
export function newKeys(catalog: Catalog, used: readonly { object: string; rule: number }[]): NewKey[] {
  const found = used.flatMap(({ object: name, rule: id }) => {
    const object = findObject(catalog, name)
    const rule = object?.matchKeys.find((one) => one.id === id)
    return object && rule?.since !== undefined ? [{ object, rule }] : []
  })
  return found.filter((key, i) => found.findIndex((other) => other.rule.id === key.rule.id && other.object.name === key.object.name) === i)
}
