import type { Transaction } from '../postgres/database.ts'
import type { Organization } from './organization.ts'

/** A person who may own records. */
export interface Member { id: number; email: string; name: string }

/** Everybody who is in the organization, oldest first. */
export async function loadMembers(tx: Transaction, organization: Organization): Promise<Member[]> {
  const { rows } = await tx.query<Member>('SELECT id, email, name FROM longshore.member WHERE organization = $1 AND left_at IS NULL ORDER BY id', [organization.id])
  return rows
}

/** Names of members by their ids, also of those who have left. */
export async function memberNames(tx: Transaction, organization: Organization, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await tx.query<{ id: number; name: string }>('SELECT id, name FROM longshore.member WHERE organization = $1 AND id = ANY($2::integer[])', [organization.id, ids])
  return new Map(rows.map(({ id, name }) => [id, name]))
}
