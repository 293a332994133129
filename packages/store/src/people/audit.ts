import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** Who did something: a member (perhaps by an API key), or with null the operator. */
export interface Doer { member: number | null; apiKey: number | null }

export interface Act {
  /** `member.role`, `record.edit`: what was done. */
  act: string
  /** What it was done to, by our own id: `contacts/35`, `job/7`. */
  target?: string
  /** Names and counts of our own, never a value of a record. */
  details?: Readonly<Record<string, string | number | boolean | null | readonly string[]>>
}

export interface AuditEntry { id: string; at: string; member: number | null; apiKey: number | null; act: string; target: string | null; details: Record<string, unknown> }

/** Writes a line of the audit log in the transaction of the act: both stand, or neither. */
export async function audit(tx: Transaction, organization: Organization, by: Doer, { act, target, details = {} }: Act): Promise<void> {
  await tx.query('INSERT INTO longshore.audit (organization, member, api_key, act, target, details) VALUES ($1, $2, $3, $4, $5, $6)',
    [organization.id, by.member, by.apiKey, act, target ?? null, JSON.stringify(details)])
}

/** Newest first; those before entry `before`, when it is given. */
export async function listAudit(tx: Transaction, organization: Organization, { limit, before }: { limit: number; before: string | null }): Promise<AuditEntry[]> {
  const { rows } = await tx.query<AuditEntry>(
    `SELECT id::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, member, api_key AS "apiKey", act, target, details
     FROM longshore.audit a WHERE organization = $1 AND ($3::bigint IS NULL OR a.id < $3) ORDER BY a.id DESC LIMIT $2`, [organization.id, limit, before])
  return rows
}
