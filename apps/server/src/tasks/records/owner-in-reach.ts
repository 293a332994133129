import { Fault } from '@longshore/core'
import type { Organization } from '@longshore/store'

/**
 * Refuses an owner (member id; null: none) whose records the writer does not reach, before PostgreSQL does, which has no words for it.
 * Throws the Fault `owner.outside`.
 */
export function demandOwnerInReach({ scope }: Pick<Organization, 'scope'>, owner: string | null, path: string): void {
  if (!scope || (owner !== null && scope.includes(Number(owner)))) return
  throw new Fault('owner.outside', `Your role reaches the records of ${scope.length === 1 ? 'yourself' : 'your team'} alone: you can neither make records ${owner === null ? 'without an owner' : 'of somebody else'} nor give yours away. Name ${scope.length === 1 ? 'yourself' : 'somebody of your team'} as the owner, or ask somebody who sees all records. Nothing was written.`, { path })
}
