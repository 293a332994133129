import type { Me } from '@longshore/contract'
import type { Actor } from '../../actor.ts'

export function presentMe({ kind, member, organization, role }: Actor): Me {
  const { id, name, settings } = organization
  return {
    kind, member, organization: { id, name, country: settings.country, currency: settings.currency, timeZone: settings.timeZone ?? 'UTC' },
    access: { role: role.name, rights: [...role.rights], objects: Object.fromEntries(Object.entries(role.objects).map(([object, rights]) => [object, [...rights]])), scope: role.scope },
  }
}
