import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

export interface Invitation { id: number; email: string | null; role: string; createdAt: string; expiresAt: string }

const columns = `i.id, i.email, i.role, to_char(i.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "createdAt", to_char(i.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "expiresAt"`
const open = 'i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()'

/** `hash`: SHA-256 of the link's secret. A new invitation for the same person ends the one before. */
export async function createInvitation(tx: Transaction, organization: Organization, { email, role, hash, by, hours }: { email: string | null; role: string; hash: Buffer; by: number | null; hours: number }): Promise<Invitation> {
  await tx.query('UPDATE longshore.invitation i SET revoked_at = now() WHERE organization = $1 AND lower(email) IS NOT DISTINCT FROM lower($2) AND accepted_at IS NULL AND revoked_at IS NULL', [organization.id, email])
  const { rows: [made] } = await tx.query<Invitation>(`INSERT INTO longshore.invitation AS i (organization, email, role, hash, by, expires_at) VALUES ($1, $2, $3, $4, $5, now() + make_interval(hours => $6)) RETURNING ${columns}`,
    [organization.id, email, role, hash, by, hours])
  if (!made) throw new Error('INSERT … RETURNING gave no row')
  return made
}

/** Those that can still be accepted, newest first. */
export async function listInvitations(tx: Transaction, organization: Organization): Promise<Invitation[]> {
  return (await tx.query<Invitation>(`SELECT ${columns} FROM longshore.invitation i WHERE i.organization = $1 AND ${open} ORDER BY i.id DESC`, [organization.id])).rows
}

/** The open invitation with that secret, and its organization. */
export async function findInvitation(tx: Transaction, hash: Buffer): Promise<(Invitation & { organization: number }) | null> {
  const { rows: [found] } = await tx.query<Invitation & { organization: number }>(
    `SELECT ${columns}, i.organization FROM longshore.invitation i WHERE i.hash = $1 AND ${open}`, [hash])
  return found ?? null
}

/** Takes the invitation for this one time; false: it was taken, withdrawn or ran out meanwhile. */
export async function takeInvitation(tx: Transaction, id: number): Promise<boolean> {
  return (await tx.query(`UPDATE longshore.invitation i SET accepted_at = now() WHERE i.id = $1 AND ${open}`, [id])).rowCount > 0
}

export async function revokeInvitation(tx: Transaction, organization: Organization, id: number): Promise<boolean> {
  return (await tx.query(`UPDATE longshore.invitation i SET revoked_at = now() WHERE i.organization = $1 AND i.id = $2 AND ${open}`, [organization.id, id])).rowCount > 0
}
