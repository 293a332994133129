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

/** Told of records that were looked at, of how many. */
export type FillProgress = (done: number, total: number) => void

/**
 * Gives the records of an object the keys of rules that were switched on later. Batches of its own transactions: a record that somebody
 * writes at this moment is passed over, since waiting for it could end in a deadlock, and is filled by the next call. Keys are compared
 * and not only filled where there is none: an attempt that began before the rule was there changes records and leaves their keys behind.
 * A rule counts as complete once a call left nothing out and no such attempt was under way.
 */
export async function fillKeys(db: Database, organization: Organization, keys: readonly NewKey[], progress: FillProgress = () => undefined): Promise<void> {
  for (const { object, rule } of keys) {
    if (rule.since === undefined) continue
    const unaware = await isWrittenUnaware(db, organization, rule.since)
    const passedOver = await fill(db, organization, { object, rule }, progress)
    await failpoint('keys.after-fill')
    if (!unaware && !passedOver) await markComplete(db, organization, object.name, rule.id)
  }
}

/** Whether an attempt is under way that may have begun without knowing version `since` of the catalog. */
export async function isWrittenUnaware(db: Database, organization: Organization, since: number): Promise<boolean> {
  const { rows } = await db.transaction(null, (tx) => tx.query(`SELECT 1 FROM longshore.job j JOIN longshore.attempt a ON a.organization = j.organization AND a.job = j.number AND a.attempt = j.attempt
    WHERE j.organization = $1 AND a.ended_at IS NULL AND a.catalog_version < $2 LIMIT 1`, [organization.id, since]), { readOnly: true })
  return rows.length > 0
}

/** Sets the keys of all records that are free; returns whether one still has another key than its values say, because somebody held it. */
async function fill(db: Database, organization: Organization, { object, rule }: NewKey, progress: FillProgress): Promise<boolean> {
  if (isLinkKey(object, rule.criterion)) return false // the database keeps it
  const catalog = await db.transaction(organization, (tx) => loadCatalog(tx, organization), { readOnly: true })
  const table = tableOf(organization, object)
  const column = quoteIdentifier(keyColumn(rule))
  const { keys: [key], columns, joins } = partsOf(organization, catalog, object, [rule])
  if (key === undefined) return false
  interface Held { id: string; cells: (string | null)[]; key: string | null }
  const read = (where: string): string => `SELECT o.id, ARRAY[${columns.join(', ')}]::text[] AS cells, o.${column} AS key FROM ${table} o ${joins.join(' ')} WHERE ${where} ORDER BY o.id`
  const hashOf = ({ cells }: Held): string | null => keysOf(cells, [key])[0]?.toString() ?? null
  const wanted = `(o.${column} IS NOT NULL OR ${ownParts(object, rule)})`
  const total = await db.transaction(organization, async (tx) => Number((await tx.query<{ n: string }>(`SELECT count(*) AS n FROM ${table} o WHERE ${wanted}`)).rows[0]?.n ?? 0), { readOnly: true })
  let passedOver = false
  for (let [after, done] = ['-1', 0]; ;) {
    const { rows } = await db.transaction(organization, (tx) => tx.query<Held>(`${read(`o.id > $1 AND ${wanted}`)} LIMIT ${fillBatch}`, [after]), { readOnly: true })
    const stale = rows.filter((record) => hashOf(record) !== record.key).map(({ id }) => id)
    if (stale.length > 0) {
      await db.transaction(organization, async (tx) => {
        const { rows: free } = await tx.query<{ id: string }>(`SELECT id FROM ${table} WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE SKIP LOCKED`, [stale])
        passedOver ||= free.length < stale.length
        // read once they are held: what they look at may have changed before
        const { rows: held } = await tx.query<Held>(read('o.id = ANY($1::bigint[])'), [free.map(({ id }) => id)])
        await tx.query(`UPDATE ${table} o SET ${column} = v.hash FROM unnest($1::bigint[], $2::bigint[]) v (id, hash) WHERE o.id = v.id`, [held.map(({ id }) => id), held.map(hashOf)])
      }, { durable: false })
    }
    const last = rows.at(-1)
    if (!last) return passedOver
    after = last.id
    done += rows.length
    progress(Math.min(done, total), total)
  }
}

/** SQL: whether a record `o` has all parts of a key that are its own. */
function ownParts(object: ObjectType, { criterion }: MatchKeyRule): string {
  const parts = criterion.split('+').flatMap((name) => {
    const field = object.fields.find((one) => one.name === name)
    const stored = field ? columnOf(field) : null
    return stored === null ? [] : [`o.${quoteIdentifier(stored)} IS NOT NULL`]
  })
  return parts.length === 0 ? 'true' : parts.join(' AND ')
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

/** Fills what was switched on and nobody has used yet, in the background. What attempts under way would undo again waits for their end. */
export async function fillWaitingKeys(db: Database, organization: Organization): Promise<void> {
  const catalog = await db.transaction(organization, (tx) => loadCatalog(tx, organization), { readOnly: true })
  for (const object of catalog.objects) {
    for (const rule of object.matchKeys) {
      if (rule.since !== undefined && !await isWrittenUnaware(db, organization, rule.since)) await fillKeys(db, organization, [{ object, rule }])
    }
  }
}
