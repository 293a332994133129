import type { Transaction } from '../postgres/database.ts'
import type { Organization } from './organization.ts'

/** A person who may own records. */
export interface Member { id: number; email: string; name: string }

/** Everybody who is in the organization, oldest first. */
export async function loadMembers(tx: Transaction, organization: Organization): Promise<Member[]> {
  const { rows } = await tx.query<Member>('SELECT id, email, name FROM longshore.member WHERE organization = $1 AND left_at IS NULL ORDER BY id', [organization.id])
  return rows
}
