import { standardRole, standardRoles } from '@longshore/core'
import type { Role } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** The standard roles, and those of the organization's own by name. */
export async function listRoles(tx: Transaction, organization: Organization): Promise<Role[]> {
  const { rows } = await tx.query<{ definition: Role }>('SELECT definition FROM longshore.role WHERE organization = $1 ORDER BY name', [organization.id])
  return [...standardRoles, ...rows.map(({ definition }) => definition)]
}

/** Null: there is none of that name. */
export async function findRole(tx: Transaction, organization: Organization, name: string): Promise<Role | null> {
  const standard = standardRole(name)
  if (standard) return standard
  const { rows: [own] } = await tx.query<{ definition: Role }>('SELECT definition FROM longshore.role WHERE organization = $1 AND name = $2', [organization.id, name])
  return own?.definition ?? null
}

/** Makes the role, or changes it for all its members at once. */
export async function putRole(tx: Transaction, organization: Organization, role: Role): Promise<void> {
  await tx.query('INSERT INTO longshore.role (organization, name, definition) VALUES ($1, $2, $3) ON CONFLICT (organization, name) DO UPDATE SET definition = excluded.definition', [organization.id, role.name, JSON.stringify(role)])
}

/** False: a member or an open invitation has it, or it does not exist. */
export async function dropRole(tx: Transaction, organization: Organization, name: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `DELETE FROM longshore.role r WHERE organization = $1 AND name = $2
       AND NOT EXISTS (SELECT 1 FROM longshore.member m WHERE m.organization = $1 AND m.role = $2 AND m.left_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM longshore.invitation i WHERE i.organization = $1 AND i.role = $2 AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now())`, [organization.id, name])
  return rowCount > 0
}
