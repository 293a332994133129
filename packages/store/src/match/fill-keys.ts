import { Fault, failpoint, findObject, isLinkKey, keysOf } from '@longshore/core'
import type { Catalog, MatchKeyRule, ObjectType } from '@longshore/core'
import { loadCatalog, saveCatalog } from '../objects/catalog-rows.ts'
import { columnOf, tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { keyColumn } from './key-columns.ts'
import { partsOf } from './rekey.ts'

/** Records per transaction, where nobody says otherwise. */
const fillBatch = 20_000
/** Batches that are written while the next ones are read. */
const writersAtOnce = 2
/** What somebody holds is waited for so long; then its batch is filled around it. */
const holdTimeout = '200ms'

/** A rule that was switched on for records that existed: their keys are filled before it is first used. */
export interface NewKey { object: ObjectType; rule: MatchKeyRule }

/** Told of records that were looked at, of how many. */
export type FillProgress = (done: number, total: number) => void

/**
 * Gives the records of an object the keys of rules that were switched on later, all rules of an object in one go. Batches of its own
 * transactions: a record that somebody writes at this moment is passed over, since waiting for it could end in a deadlock, and is filled by the
 * next call. Keys are compared and not only filled where there is none: an attempt that began before the rule was there changes records and
 * leaves their keys behind. A rule counts as complete once a call left nothing out and no such attempt was under way.
 */
export async function fillKeys(db: Database, organization: Organization, keys: readonly NewKey[], progress: FillProgress = () => undefined, batch = fillBatch): Promise<void> {
  const all = { ...organization, scope: null } // the keys of all records, also of those that a member whose import asks for them does not see
  for (const object of new Set(keys.map((key) => key.object))) {
    const rules = keys.flatMap((key) => (key.object === object && key.rule.since !== undefined ? [key.rule] : []))
    if (rules.length === 0) continue
    const unaware = await isWrittenUnaware(db, all, Math.max(...rules.map(({ since = 0 }) => since)))
    const passedOver = await fill(db, all, object, rules, progress, batch)
    await failpoint('keys.after-fill')
    if (!unaware && !passedOver) for (const { id } of rules) await markComplete(db, all, object.name, id)
  }
}

/** Whether an attempt is under way that may have begun without knowing version `since` of the catalog. */
export async function isWrittenUnaware(db: Database, organization: Organization, since: number): Promise<boolean> {
  const { rows } = await db.transaction(null, (tx) => tx.query(`SELECT 1 FROM longshore.job j JOIN longshore.attempt a ON a.organization = j.organization AND a.job = j.number AND a.attempt = j.attempt
    WHERE j.organization = $1 AND a.ended_at IS NULL AND a.catalog_version < $2 LIMIT 1`, [organization.id, since]), { readOnly: true })
  return rows.length > 0
}

/** Sets the keys of all records that are free; returns whether one still has another key than its values say, because somebody held it. */
async function fill(db: Database, organization: Organization, object: ObjectType, rules: readonly MatchKeyRule[], progress: FillProgress, batch: number): Promise<boolean> {
  const catalog = await db.transaction(organization, (tx) => loadCatalog(tx, organization), { readOnly: true })
  const ours = rules.filter(({ criterion }) => !isLinkKey(object, criterion)) // the others the database keeps
  if (ours.length === 0) return false
  const keys = storedKeys(organization, catalog, object, ours)
  const total = await db.transaction(organization, async (tx) => Number((await tx.query<{ n: string }>(`SELECT count(*) AS n FROM ${keys.table} o WHERE ${keys.wanted}`)).rows[0]?.n ?? 0), { readOnly: true })
  let passedOver = false
  let done = 0
  const writing = new Set<Promise<void>>()
  const failures: unknown[] = []
  // one that fails before anybody waits for it must neither be forgotten, nor end the process as nobody's
  const write = async (stale: readonly Held[]): Promise<void> => {
    try {
      if (!await writeFree(db, organization, keys, stale) && await writeAround(db, organization, keys, stale)) passedOver = true
    } catch (error) { failures.push(error) }
  }
  try {
    for (let after = '-1'; ;) {
      const held = await db.transaction(organization, (tx) => keys.read(tx, `o.id > $1 AND ${keys.wanted}`, `ORDER BY o.id LIMIT ${batch}`, after), { readOnly: true })
      const last = held.at(-1)
      if (!last || failures.length > 0) break
      after = last.id
      const stale = held.filter((record) => record.hashes.some((hash, k) => hash !== record.keys[k]))
      if (writing.size === writersAtOnce) await Promise.race(writing)
      if (stale.length > 0) {
        const one = write(stale).finally(() => writing.delete(one))
        writing.add(one)
      }
      done += held.length
      progress(Math.min(done, total), total)
    }
  } finally {
    await Promise.all(writing) // nothing writes on once this has ended
  }
  if (failures.length > 0) throw failures[0]
  if (total > 0) await db.transaction(null, (tx) => tx.query(`ANALYZE ${keys.table} (${keys.columns.join(', ')})`)) // it knew columns that are empty
  return passedOver
}

/** A record with its keys as they are kept, and as they should be: texts of bigints. `version`: of the record, another after each write. */
interface Held { id: string; version: string; keys: (string | null)[]; hashes: (string | null)[] }

/** The keys of some rules in the table of their object. */
interface StoredKeys {
  table: string
  columns: string[]
  /** SQL: whether a record `o` has one of the keys, or all of its own that one is made of. */
  wanted: string
  read(tx: Transaction, where: string, order: string, value: unknown): Promise<Held[]>
}

function storedKeys(organization: Organization, catalog: Catalog, object: ObjectType, rules: readonly MatchKeyRule[]): StoredKeys {
  const table = tableOf(organization, object)
  const columns = rules.map((rule) => quoteIdentifier(keyColumn(rule)))
  const { keys, columns: parts, joins } = partsOf(organization, catalog, object, rules)
  const select = `SELECT o.id, o.xmin::text AS version, ${[...columns.map((column) => `o.${column}`), ...parts].map((value, at) => `(${value})::text AS v${at}`).join(', ')} FROM ${table} o ${joins.join(' ')}`
  return {
    table, columns,
    wanted: `(${rules.map((rule, k) => `o.${columns[k]} IS NOT NULL OR (${ownParts(object, rule)})`).join(' OR ')})`,
    async read(tx, where, order, value) {
      const { rows } = await tx.query<{ id: string; version: string } & Record<`v${number}`, string | null>>(`${select} WHERE ${where} ${order}`, [value])
      return rows.map(({ id, version, ...values }) => {
        const cells = Object.values(values)
        return { id, version, keys: cells.slice(0, rules.length), hashes: keysOf(cells.slice(rules.length), keys).map((hash) => hash?.toString() ?? null) }
      })
    },
  }
}

/** Writes keys of records that are still as they were read. False: nothing was written, since somebody held one or had changed it. */
async function writeFree(db: Database, organization: Organization, keys: StoredKeys, stale: readonly Held[]): Promise<boolean> {
  try {
    return await db.transaction(organization, async (tx) => {
      const written = await setKeys(tx, keys, stale, 'o.xmin = v.version')
      if (written < stale.length) throw new Fault('db.conflict', 'A record was changed after its key was worked out.', { remedy: 'retry' })
      return true
    }, { durable: false, settings: { lock_timeout: holdTimeout, enable_hashjoin: 'off', enable_mergejoin: 'off' } })
  } catch (error) {
    if (error instanceof Fault && ['db.conflict', 'db.lock-timeout'].includes(error.code)) return false
    throw error
  }
}

/** Writes keys of the records among `stale` that nobody holds; returns whether any was left out. */
async function writeAround(db: Database, organization: Organization, keys: StoredKeys, stale: readonly Held[]): Promise<boolean> {
  return db.transaction(organization, async (tx) => {
    const { rows: free } = await tx.query<{ id: string }>(`SELECT id FROM ${keys.table} WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE SKIP LOCKED`, [stale.map(({ id }) => id)])
    // read once they are held: what they look at may have changed before
    await setKeys(tx, keys, await keys.read(tx, 'o.id = ANY($1::bigint[])', 'ORDER BY o.id', free.map(({ id }) => id)), 'true')
    return free.length < stale.length
  }, { durable: false })
}

/** Returns how many records it wrote. `where`: SQL about a record `o` and what was read of it, `v`. */
async function setKeys(tx: Transaction, { table, columns }: StoredKeys, held: readonly Held[], where: string): Promise<number> {
  const list = (values: (string | null)[]): string => `{${values.map((value) => value ?? 'NULL').join(',')}}` // numbers alone
  const { rowCount } = await tx.query(
    `UPDATE ${table} o SET ${columns.map((column, k) => `${column} = v.k${k}`).join(', ')}
     FROM unnest($1::bigint[], $2::xid[]${columns.map((_, k) => `, $${k + 3}::bigint[]`).join('')}) v (id, version${columns.map((_, k) => `, k${k}`).join('')}) WHERE o.id = v.id AND ${where}`,
    [list(held.map(({ id }) => id)), list(held.map(({ version }) => version)), ...columns.map((_, k) => list(held.map(({ hashes }) => hashes[k] ?? null)))])
  return rowCount
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
    const waiting: NewKey[] = []
    for (const rule of object.matchKeys) if (rule.since !== undefined && !await isWrittenUnaware(db, organization, rule.since)) waiting.push({ object, rule })
    await fillKeys(db, organization, waiting)
  }
}
