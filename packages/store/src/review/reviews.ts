import { Fault } from '@longshore/core'
import type { Catalog, ObjectType } from '@longshore/core'
import { canonicalInstant } from '../objects/canonical-value.ts'
import { tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { objectsNamed } from '../records/bin.ts'
import { referenceNames } from '../records/record-names.ts'
import { readFields } from '../records/write-fields.ts'

/** A pair of records that may be one, as people look at it. */
export interface Review {
  id: string
  object: string
  /** The criterion by which they met. */
  criterion: string | null
  /** The job and row that flagged `record`. */
  job: number | null
  row: number | null
  createdAt: string
  record: ReviewedRecord
  other: ReviewedRecord
}
export interface ReviewedRecord {
  id: string
  values: Record<string, string | null>
  /** What people call the records that its references lead to, by field; those out of sight have no name. */
  names: Record<string, string>
}

interface Pair { id: string; object: string; criterion: string | null; job: number | null; row: string | null; createdAt: string; record: string; other: string }

/** Pairs that wait for somebody, oldest first. A dismissed one waits again once either side has changed; one of which a side is in the bin does not. */
export async function listReviews(tx: Transaction, organization: Organization, catalog: Catalog, { object, limit }: { object?: string; limit: number }): Promise<Review[]> {
  const pairs: Pair[] = []
  for (const one of objectsNamed({ catalog }, object)) pairs.push(...await waitingPairs(tx, organization, one, limit))
  const reviews: Review[] = []
  for (const pair of pairs.sort((a, b) => Number(BigInt(a.id) - BigInt(b.id))).slice(0, limit)) reviews.push(await shown(tx, organization, catalog, pair))
  return reviews
}

/** The pair, whether it waits or not, unless a side is out of sight: who reaches some records alone knows of no pair with another. Throws `review.unknown`. */
export async function readReview(tx: Transaction, organization: Organization, catalog: Catalog, id: string): Promise<Review> {
  const { rows: [pair] } = await tx.query<Pair>(`SELECT ${pairColumns} FROM ${reviewTable(organization)} r WHERE r.id = $1`, [id])
  if (!pair || !await bothInSight(tx, organization, catalog, pair)) throw new Fault('review.unknown', `There is no pair ${id} in the queue for review. "longshore review list" shows those that wait.`)
  return shown(tx, organization, catalog, pair)
}

/** A scope hides records from every statement; of all others, some may be gone for good. */
async function bothInSight(tx: Transaction, organization: Organization, catalog: Catalog, { object: name, record, other }: Pair): Promise<boolean> {
  const [object] = objectsNamed({ catalog }, name)
  if (!organization.scope || !object) return !organization.scope
  return (await tx.query(`SELECT 1 FROM ${tableOf(organization, object)} o WHERE o.id IN ($1, $2)`, [record, other])).rowCount === 2
}

/** Settles a pair as two different records, until either of them changes. */
export async function dismissReview(tx: Transaction, organization: Organization, id: string, at: string): Promise<void> {
  const { rowCount } = await tx.query(`UPDATE ${reviewTable(organization)} r SET state = 'dismissed', settled_at = $2::timestamptz, seen = coalesce((${lastChange(organization)}), 0) WHERE r.id = $1`, [id, at])
  if (rowCount === 0) throw new Fault('review.unknown', `There is no pair ${id} in the queue for review. "longshore review list" shows those that wait.`)
}

export function reviewTable(organization: Organization): string {
  return `${quoteIdentifier(organization.schema)}._review`
}

const pairColumns = `r.id::text, r.object, r.reason ->> 'criterion' AS criterion, r.job, r.row_number::text AS row, ${canonicalInstant('r.created_at')} AS "createdAt", r.record::text, r.other::text`

async function waitingPairs(tx: Transaction, organization: Organization, object: ObjectType, limit: number): Promise<Pair[]> {
  const table = tableOf(organization, object)
  const live = (side: string): string => `EXISTS (SELECT 1 FROM ${table} o WHERE o.id = r.${side} AND o.deleted_at IS NULL)`
  const { rows } = await tx.query<Pair>(`SELECT ${pairColumns} FROM ${reviewTable(organization)} r
    WHERE r.object = $1 AND ${live('record')} AND ${live('other')} AND (r.state <> 'dismissed' OR coalesce((${lastChange(organization)}), 0) > r.seen) ORDER BY r.id LIMIT $2`, [object.name, limit])
  return rows
}

function lastChange(organization: Organization): string {
  return `SELECT max(h.id) FROM ${quoteIdentifier(organization.schema)}._change h WHERE h.record IN (r.record, r.other) AND h.object = r.object`
}

async function shown(tx: Transaction, organization: Organization, catalog: Catalog, { record, other, row, ...pair }: Pair): Promise<Review> {
  const [object] = objectsNamed({ catalog }, pair.object)
  const fields = object?.fields.filter((field) => !field.virtual).map(({ name }) => name) ?? []
  const values = object ? await readFields(tx, organization, object, fields, [record, other]) : new Map<string, Record<string, string | null>>()
  const names = object ? await referenceNames(tx, organization, catalog, object, [...values.values()]) : new Map<string, Map<string, string>>()
  const side = (id: string): ReviewedRecord => {
    const own = values.get(id) ?? {}
    return { id, values: own, names: Object.fromEntries([...names].flatMap(([field, called]) => { const name = called.get(own[field] ?? ''); return name === undefined ? [] : [[field, name]] })) }
  }
  return { ...pair, row: row === null ? null : Number(row), record: side(record), other: side(other) }
}
