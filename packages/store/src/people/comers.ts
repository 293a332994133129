import { standardRole } from '@longshore/core'
import type { Role } from '@longshore/core'
import type { Member } from '../organizations/members.ts'
import { organizationOf } from '../organizations/ensure-organization.ts'
import type { Organization, OrganizationSettings } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { keyWorks } from './api-keys.ts'
import type { KeyAccess } from './api-keys.ts'

/** A member of an organization who comes in, and all that has to be known of them: by one statement, for it is asked with every request. */
export interface Comer {
  member: Member
  /** Null: their role is gone. */
  role: Role | null
  /** Without a scope: that follows from the role. */
  organization: Organization
  /** Another one after each change of the organization's catalog. */
  catalogStamp: string
}

const columns = `m.id, m.email, m.name, m.role, o.id AS organization, o.name AS "organizationName", o.settings, o.xmin::text AS stamp, r.definition`
const members = 'longshore.member m JOIN longshore.organization o ON o.id = m.organization LEFT JOIN longshore.role r ON r.organization = m.organization AND r.name = m.role'

interface Row { id: number; email: string; name: string; role: string; organization: number; organizationName: string; settings: OrganizationSettings; stamp: string; definition: Role | null }

/** Where the account of a session is a member, oldest membership first; none where the session is over. `expiresAt`: milliseconds since 1970. */
export async function comersBySession(tx: Transaction, token: string): Promise<(Comer & { session: string; account: string; expiresAt: number })[]> {
  const { rows } = await tx.query<Row & { session: string; account: string; expiresAt: number }>(
    `SELECT ${columns}, s.id AS session, s."userId" AS account, extract(epoch FROM s."expiresAt")::float8 * 1000 AS "expiresAt"
     FROM ${members} JOIN auth.session s ON s."userId" = m.account WHERE s.token = $1 AND s."expiresAt" > now() AND m.left_at IS NULL ORDER BY m.id`, [token])
  return rows.map((row) => ({ ...comerOf(row), session: row.session, account: row.account, expiresAt: row.expiresAt }))
}

/** Where an account is a member, oldest membership first. */
export async function comersByAccount(tx: Transaction, account: string): Promise<Comer[]> {
  const { rows } = await tx.query<Row>(`SELECT ${columns} FROM ${members} WHERE m.account = $1 AND m.left_at IS NULL ORDER BY m.id`, [account])
  return rows.map(comerOf)
}

/** Whose the key with that hash is; null where it does not work, or its member has left. `stale`: its use was not noted for a minute. */
export async function comerByKey(tx: Transaction, hash: Buffer): Promise<Comer & { key: number; access: KeyAccess; stale: boolean } | null> {
  const { rows: [row] } = await tx.query<Row & { key: number; access: KeyAccess; stale: boolean }>(
    `SELECT ${columns}, k.id AS key, k.access, coalesce(k.last_used_at < now() - interval '1 minute', true) AS stale
     FROM ${members} JOIN longshore.api_key k ON k.member = m.id WHERE k.hash = $1 AND ${keyWorks} AND m.left_at IS NULL`, [hash])
  return row ? { ...comerOf(row), key: row.key, access: row.access, stale: row.stale } : null
}

function comerOf({ id, email, name, role, organization, organizationName, settings, stamp, definition }: Row): Comer {
  return { member: { id, email, name }, role: standardRole(role) ?? definition, organization: organizationOf(organization, organizationName, settings), catalogStamp: stamp }
}
