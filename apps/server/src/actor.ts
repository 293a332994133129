import type { Role } from '@longshore/core'
import { standardRoles } from '@longshore/core'
import type { Member, Organization } from '@longshore/store'

/** On whose behalf something happens, and what they may do. */
export interface Actor {
  /** operator: whoever runs Longshore on this machine, by the command line or before anybody has an account. */
  kind: 'operator' | 'person' | 'key'
  organization: Organization
  /** null: the operator, or a key that belongs to nobody. */
  member: Member | null
  role: Role
}

/** Whoever runs Longshore on this machine may do everything. */
export function operatorOf(organization: Organization): Actor {
  const [admin] = standardRoles
  if (!admin) throw new Error('there is no role for the operator')
  return { kind: 'operator', organization, member: null, role: admin }
}
