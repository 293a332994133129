import type { MatchKeyRule, ObjectType } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** Ids of the newest live records that have a match key, by its index. */
export async function idsWithKey(tx: Transaction, organization: Organization, object: ObjectType, rule: MatchKeyRule, key: bigint, limit: number): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(`SELECT o.id::text AS id FROM ${tableOf(organization, object)} o WHERE o.${keyColumn(rule)} = $1::bigint AND o.deleted_at IS NULL ORDER BY o.id DESC LIMIT $2`, [String(key), limit])
  return rows.map(({ id }) => id)
}
