import { isLinkKey, keyOf } from '@longshore/core'
import type { Catalog, ObjectType, RowKey } from '@longshore/core'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { triedRows } from '../plan/tried-rows.ts'
import { keyColumn } from './key-columns.ts'
import { finderColumns, previewReferences, type LookedReferences, type ReferencePreview } from './preview-references.ts'
import { partsOf } from './rekey.ts'

/** Objects with more records are not read for keys that nobody keeps: the check fills those. */
const mostHashed = 50_000
const hashBatch = 2_000
/** Rows and records that are named. */
const shownRows = 5
const shownRecords = 3

/** Whose rows are looked at: lines of `_staged` that a reader gives, or a job's rows that are staged. */
export type LookedRows = { kind: 'lines'; rows: () => Readable } | { kind: 'staged'; job: number }

export interface MatchPreviewWish {
  catalog: Catalog
  object: ObjectType
  /** The criteria in the order in which they are tried; position i is key i of the rows. */
  criteria: readonly RowKey[]
  /** A row that meets no live record brings one back from the bin. */
  restoreBinned: boolean
  rows: LookedRows
  looked: LookedReferences
}

/** What rows meet by one criterion alone. `known`: false where nobody keeps its keys and there are too many records to read. */
export interface CriterionPreview { criterion: string; known: boolean; filled: number; one: number; several: number }

/** Rows by what they meet before anything is written. `failing` have errors and meet nothing; the next three add up to all others. */
export interface MatchPreview {
  looked: number
  failing: number
  none: number
  one: number
  several: number
  /** Of those that meet none: a record in the bin has their key. */
  binned: number
  /** An earlier row of the file has one of their keys. */
  repeated: number
  /** No criterion is filled. */
  withoutKey: number
  criteria: CriterionPreview[]
  /** The first rows that meet several, then the first that meet one, each with the records. */
  examples: { row: number; criterion: string; records: string[] }[]
  /** What rows refer to that is not there; references that lack nothing are left out. */
  references: ReferencePreview[]
}

/**
 * Counts what rows meet by criteria that nobody has settled yet. Nothing is kept: the tables are temporary, and keys that no column holds are
 * hashed from the records themselves, where these are few. What a row repeats of the file counts apart, since the plan decides it by the order of rows.
 * What is met is what \`groupPlanner\` meets: live records by the first criterion that finds some, else one in the bin, the same way.
 */
export async function previewMatches(tx: Transaction, organization: Organization, wish: MatchPreviewWish): Promise<MatchPreview> {
  const { criteria } = wish
  await takeRows(tx, organization, wish)
  const references = await previewReferences(tx, organization, wish.object.name, wish.looked)
  const { rows: [all] } = await tx.query<{ looked: string; failing: string }>('SELECT count(*) AS looked, count(*) FILTER (WHERE errors > 0) AS failing FROM pg_temp.looked')
  const [looked, failing] = [Number(all?.looked ?? 0), Number(all?.failing ?? 0)]
  if (criteria.length === 0) return { looked, failing, none: looked - failing, one: 0, several: 0, binned: 0, repeated: 0, withoutKey: looked - failing, criteria: [], examples: [], references }
  await tx.query('CREATE TEMPORARY TABLE met (criterion smallint NOT NULL, key bigint NOT NULL, records bigint NOT NULL, ids bigint[] NOT NULL) ON COMMIT DROP')
  await tx.query('CREATE TEMPORARY TABLE met_binned (criterion smallint NOT NULL, key bigint NOT NULL, records bigint NOT NULL, ids bigint[] NOT NULL) ON COMMIT DROP')
  const known: boolean[] = []
  for (const [c, key] of criteria.entries()) known.push(await meet(tx, organization, wish, c, key))
  await tx.query('ANALYZE pg_temp.met')
  await tx.query('ANALYZE pg_temp.met_binned')

  const each = criteria.map((_, c) => c)
  const joins = each.map((c) => `LEFT JOIN pg_temp.met m${c} ON m${c}.criterion = ${c} AND m${c}.key = l.k${c} LEFT JOIN pg_temp.met_binned b${c} ON b${c}.criterion = ${c} AND b${c}.key = l.k${c}`).join(' ')
  const ways = ['m', ...(wish.restoreBinned ? ['b'] : [])]
  const of = (value: (found: string, c: number) => string, otherwise: string, tried = each): string => `CASE ${ways.flatMap((way) => tried.map((c) => `WHEN ${way}${c}.key IS NOT NULL THEN ${value(way + c, c)}`)).join(' ')} ELSE ${otherwise} END`
  await tx.query(`CREATE TEMPORARY TABLE row_met ON COMMIT DROP AS SELECT l.row_number, ${of((found) => `${found}.records`, '0')} AS records, ${of((_, c) => String(c), 'NULL')} AS by, ${of((found) => `${found}.ids`, 'NULL')} AS ids,
      (${each.map((c) => `l.k${c} IS NOT NULL AND l.row_number > min(l.row_number) OVER (PARTITION BY l.k${c})`).join(' OR ')}) AS repeats,
      (${each.map((c) => `l.k${c} IS NULL`).join(' AND ')}) AS keyless,
      (${each.map((c) => `b${c}.key IS NOT NULL`).join(' OR ')}) AS in_bin,
      ${each.map((c) => `l.k${c} IS NOT NULL AS filled${c}, ${of((found) => `${found}.records`, '0', [c])} AS records${c}`).join(', ')}
    FROM pg_temp.looked l ${joins} WHERE l.errors = 0`)
  const counted = ['records = 0', 'records = 1', 'records > 1', 'records = 0 AND in_bin', 'repeats', 'keyless', ...each.flatMap((c) => [`filled${c}`, `records${c} = 1`, `records${c} > 1`])]
  const { rows: [sums] } = await tx.query<Record<string, string>>(`SELECT ${counted.map((which, i) => `count(*) FILTER (WHERE ${which}) AS n${i}`).join(', ')} FROM pg_temp.row_met`)
  const n = (i: number): number => Number(sums?.[`n${i}`] ?? 0)
  const { rows: examples } = await tx.query<{ row: string; by: number; ids: string[] }>(`(SELECT row_number AS row, by, ids FROM pg_temp.row_met WHERE records > 1 ORDER BY 1 LIMIT ${shownRows}) UNION ALL (SELECT row_number, by, ids FROM pg_temp.row_met WHERE records = 1 ORDER BY 1 LIMIT ${shownRows})`)
  return {
    looked, failing, references, none: n(0), one: n(1), several: n(2), binned: n(3), repeated: n(4), withoutKey: n(5),
    criteria: criteria.map(({ criterion }, c) => ({ criterion, known: known[c] ?? false, filled: n(6 + 3 * c), one: n(7 + 3 * c), several: n(8 + 3 * c) })),
    examples: examples.map(({ row, by, ids }) => ({ row: Number(row), criterion: criteria[by]?.criterion ?? '', records: ids.map(String) })),
  }
}

/** Makes `pg_temp.looked`: row_number, errors, the criteria's keys as columns k0, k1 …, and those of references as f0, f1 … */
async function takeRows(tx: Transaction, organization: Organization, { criteria, rows, looked }: MatchPreviewWish): Promise<void> {
  const schema = quoteIdentifier(organization.schema)
  const columns = ['a.row_number', 'a.errors', ...criteria.map((_, c) => `a.keys[${c + 1}] AS k${c}`), ...finderColumns(looked).map((finder) => `a.keys[${finder + 1}] AS f${finder}`)].join(', ')
  if (rows.kind === 'staged') {
    await tx.query(`CREATE TEMPORARY TABLE looked ON COMMIT DROP AS SELECT ${columns} FROM ${schema}._staged a WHERE a.job = $1 AND NOT EXISTS (SELECT 1 FROM ${schema}._left_out l WHERE l.job = $1 AND l.row_number = a.row_number)
      AND NOT EXISTS (SELECT 1 FROM ${triedRows(organization)} t WHERE t.job = $1 AND t.row_number = a.row_number)`, [rows.job])
  } else {
    await tx.query(`CREATE TEMPORARY TABLE lines (LIKE ${schema}._staged) ON COMMIT DROP`)
    await pipeline(rows.rows(), tx.copyFrom('COPY pg_temp.lines FROM STDIN'))
    await tx.query(`CREATE TEMPORARY TABLE looked ON COMMIT DROP AS SELECT ${columns} FROM pg_temp.lines a`)
  }
  await tx.query('ANALYZE pg_temp.looked')
}

/** Finds the records that have a row's key by one criterion. False where that cannot be known now. */
async function meet(tx: Transaction, organization: Organization, wish: MatchPreviewWish, c: number, key: RowKey): Promise<boolean> {
  const { object } = wish
  if (isLinkKey(object, key.criterion)) return false // found by the records that a row links, which only the plan knows
  const rule = object.matchKeys.find(({ id }) => id === key.rule)
  const kept = key.rule !== 0 && rule?.since === undefined
  if (!kept && !await hashRecords(tx, organization, wish, c, key)) return false
  const from = kept ? `(SELECT o.id AS record, o.${quoteIdentifier(keyColumn({ id: key.rule }))} AS key, o.deleted_at FROM ${tableOf(organization, object)} o)` : `pg_temp.hashed_${c}`
  const wanted = `(SELECT DISTINCT l.k${c} AS key FROM pg_temp.looked l WHERE l.errors = 0 AND l.k${c} IS NOT NULL)`
  await tx.query(`INSERT INTO pg_temp.met SELECT ${c}, w.key, count(*), (array_agg(h.record ORDER BY h.record))[1:${shownRecords}] FROM ${wanted} w JOIN ${from} h ON h.key = w.key AND h.deleted_at IS NULL GROUP BY w.key`)
  // one comes back, however many are there; which one is for the plan, and the last that was deleted most of the time
  await tx.query(`INSERT INTO pg_temp.met_binned SELECT ${c}, w.key, 1, (array_agg(h.record ORDER BY h.deleted_at DESC, h.record DESC))[1:1] FROM ${wanted} w JOIN ${from} h ON h.key = w.key AND h.deleted_at IS NOT NULL GROUP BY w.key`)
  return true
}

/** Makes `pg_temp.hashed_c` (record, key, deleted_at) from the values of all records, unless there are too many. */
async function hashRecords(tx: Transaction, organization: Organization, { catalog, object }: MatchPreviewWish, c: number, { criterion }: RowKey): Promise<boolean> {
  const table = tableOf(organization, object)
  const { rows: [beyond] } = await tx.query(`SELECT 1 FROM ${table} OFFSET ${mostHashed} LIMIT 1`)
  if (beyond) return false
  const { keys: [key], columns, joins } = partsOf(organization, catalog, object, [{ id: 0, criterion }])
  if (key === undefined) return false
  await tx.query(`CREATE TEMPORARY TABLE hashed_${c} (record bigint NOT NULL, key bigint NOT NULL, deleted_at timestamptz) ON COMMIT DROP`)
  await tx.query(`DECLARE to_hash NO SCROLL CURSOR FOR SELECT o.id, o.deleted_at, ARRAY[${columns.join(', ')}]::text[] AS cells FROM ${table} o ${joins.join(' ')}`)
  for (;;) {
    const { rows } = await tx.query<{ id: string; deleted_at: string | null; cells: (string | null)[] }>(`FETCH ${hashBatch} FROM to_hash`)
    const lines = rows.flatMap(({ id, deleted_at, cells }) => { const hash = keyOf(cells, key); return hash === null ? [] : [`${id}\t${hash}\t${deleted_at ?? '\\N'}\n`] })
    await copyLines(tx, `COPY pg_temp.hashed_${c} FROM STDIN`, lines)
    if (rows.length < hashBatch) break
  }
  await tx.query('CLOSE to_hash')
  await tx.query(`ANALYZE pg_temp.hashed_${c}`)
  return true
}
