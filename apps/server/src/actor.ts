import { Fault, mayOn, standardRoles } from '@longshore/core'
import type { ObjectRight, Role } from '@longshore/core'
import type { Doer, Member, Organization } from '@longshore/store'

/** On whose behalf something happens, and what they may do. */
export interface Actor {
  /** operator: whoever runs Longshore on this machine, by the command line or before anybody has an account. */
  kind: 'operator' | 'person' | 'key'
  organization: Organization
  /** null: the operator. Of a key: whoever made it. */
  member: Member | null
  /** Id of the API key; null: none was used. */
  key: number | null
  /** Of a key: no more than its member's role allows. */
  role: Role
}

/** Whoever runs Longshore on this machine may do everything. */
export function operatorOf(organization: Organization): Actor {
  const [admin] = standardRoles
  if (!admin) throw new Error('there is no role for the operator')
  return { kind: 'operator', organization, member: null, key: null, role: admin }
}

/** Who did it, for the audit log. */
export function doer({ member, key }: Actor): Doer {
  return { member: member?.id ?? null, apiKey: key }
}

/** Refuses what the actor has no right to do with records of an object, where no address names the object. */
export function demandRight(actor: Actor, right: ObjectRight, object: string): void {
  if (!mayOn(actor.role, right, object)) throw new Fault('access.denied', `This needs the right to ${right} ${object}, ${lacking(actor)}`)
}

/** Whose lack of a right it is, and the remedy: a key may have less than the role of whoever made it. */
export function lacking({ kind, role, organization }: Actor): string {
  return kind === 'key' ? `which this API key does not have. Make a key that has it; where the role "${role.name}" of whoever made it lacks it too, ask an admin of ${organization.name}.`
    : `which the role "${role.name}" does not have. Ask an admin of ${organization.name} for it.`
}

/** Who did it, for people: what others see beside an edit. Nothing of the operator, who has no address. */
export function namedBy({ member }: Actor): { by?: string } {
  return member === null ? {} : { by: member.email }
}
