import type { Role } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** What a key allows at most; null: whatever its member may do. */
export type KeyAccess = Pick<Role, 'rights' | 'objects'>

export interface ApiKey { id: number; member: number; name: string; prefix: string; access: KeyAccess; createdAt: string; expiresAt: string; lastUsedAt: string | null }

const moment = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
const columns = `k.id, k.member, k.name, k.prefix, k.access, ${moment('k.created_at')} AS "createdAt", ${moment('k.expires_at')} AS "expiresAt", ${moment('k.last_used_at')} AS "lastUsedAt"`
/** Of a key `k`. */
export const keyWorks = 'k.revoked_at IS NULL AND k.expires_at > now()'

/** `hash`: SHA-256 of the key. */
export async function createApiKey(tx: Transaction, organization: Organization, key: { member: number; name: string; prefix: string; hash: Buffer; access: KeyAccess; days: number }): Promise<ApiKey> {
  const { rows: [made] } = await tx.query<ApiKey>(
    `INSERT INTO longshore.api_key AS k (organization, member, name, prefix, hash, access, expires_at) VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7)) RETURNING ${columns}`,
    [organization.id, key.member, key.name, key.prefix, key.hash, JSON.stringify(key.access), key.days])
  if (!made) throw new Error('INSERT … RETURNING gave no row')
  return made
}

/** Those that work, newest first; of one member, or of all. */
export async function listApiKeys(tx: Transaction, organization: Organization, member: number | null): Promise<ApiKey[]> {
  return (await tx.query<ApiKey>(`SELECT ${columns} FROM longshore.api_key k WHERE k.organization = $1 AND ($2::integer IS NULL OR k.member = $2) AND ${keyWorks} ORDER BY k.id DESC`, [organization.id, member])).rows
}

/** False: there is no such key, or it is not this member's. */
export async function revokeApiKey(tx: Transaction, organization: Organization, id: number, member: number | null): Promise<boolean> {
  return (await tx.query(`UPDATE longshore.api_key k SET revoked_at = now() WHERE k.organization = $1 AND k.id = $2 AND ($3::integer IS NULL OR k.member = $3) AND k.revoked_at IS NULL`, [organization.id, id, member])).rowCount > 0
}

/** Notes that a key was used. */
export async function noteKeyUse(tx: Transaction, key: number): Promise<void> {
  await tx.query('UPDATE longshore.api_key SET last_used_at = now() WHERE id = $1', [key])
}
