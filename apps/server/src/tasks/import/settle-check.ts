import { Fault, closest, plainInstant } from '@longshore/core'
import type { CheckSettings, ImportDefinition, SourceLayout } from '@longshore/core'
import type { Member } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import { demandOwnerInReach } from '../records/owner-in-reach.ts'
import { isExport, isReport } from './own-files.ts'
import type { Wanted } from './settle-mapping.ts'

/** What a check is told beside the definition: habits of the organization, its members, the moment; and who owns what brings no owner, as member ids. */
export async function settleCheck(workspace: Workspace, { catalog, object, definition }: Wanted, layout: SourceLayout, moment: string): Promise<{ settings: Omit<CheckSettings, 'decodeFormula'>; owners: string[] }> {
  const members = await workspace.members()
  const { country, currency, dateOrder, decimal, timeZone } = await workspace.settings()
  const owners = ownersOf(definition, members, workspace)
  return {
    owners,
    settings: {
      country, currency, ...(dateOrder === undefined ? {} : { dateOrder }), ...(decimal === undefined ? {} : { decimal }), ...(timeZone === undefined ? {} : { timeZone }),
      members: members.map(({ id, email, name }) => ({ id: String(id), email, name })), ...(workspace.organization.scope ? { reach: workspace.organization.scope.map(String) } : {}), now: plainInstant(moment), ...ownerOf(owners),
      // no other format bears such marks
      formulaGuard: definition.source.formulaGuard ?? (layout.format === 'csv' && (isReport(layout.columns) || isExport(catalog, object, layout.columns))),
      // an export of ours has a point before its decimals, always; columns that say otherwise are believed
      ...(isExport(catalog, object, layout.columns) ? { decimal: '.' } : {}),
    },
  }
}

/** Who owns what brings no owner, as rules see it. */
function ownerOf([owner]: readonly string[]): Pick<CheckSettings, 'owner'> {
  return owner === undefined ? {} : { owner }
}

/** Those who own what no row gives an owner; else who imports: the actor, or for the operator the first member. */
function ownersOf({ owner }: ImportDefinition, members: Member[], { organization, actor: { member: actor } }: Workspace): string[] {
  if (owner === undefined) return (actor ? [actor] : members.slice(0, 1)).map(({ id }) => String(id))
  return [owner].flat().map((address, i) => {
    const path = Array.isArray(owner) ? `owner[${i}]` : 'owner'
    const member = members.find(({ email }) => email.toLowerCase() === address.trim().toLowerCase())
    if (member) {
      demandOwnerInReach(organization, String(member.id), path)
      return String(member.id)
    }
    const nearest = closest(address, members.map(({ email }) => email))
    throw new Fault('owner.unknown', `There is no user ${address}.${nearest ? ` Did you mean ${nearest}?` : ` There are: ${members.map(({ email }) => email).join(', ')}.`}`, { path })
  })
}
