import type { Definition, OnDuplicate, Operation } from '../definition.ts'

/** What a person may want to happen to rows that meet a record, in the order in which it is offered: what changes nothing comes first. */
export const strategies = ['skip', 'flag', 'add-or-update', 'update-if-newer', 'update-only', 'create', 'delete'] as const
export type Strategy = (typeof strategies)[number]

const meaning: Record<Strategy, { operation: Operation; onDuplicate: OnDuplicate }> = {
  skip: { operation: 'insert', onDuplicate: 'skip' }, flag: { operation: 'insert', onDuplicate: 'flag' }, create: { operation: 'insert', onDuplicate: 'create' },
  'update-if-newer': { operation: 'insert', onDuplicate: 'update-if-newer' }, 'add-or-update': { operation: 'upsert', onDuplicate: 'update' },
  'update-only': { operation: 'update', onDuplicate: 'update' }, delete: { operation: 'delete', onDuplicate: 'skip' },
}

export function strategyOf({ operation, onDuplicate }: Pick<Definition, 'operation' | 'onDuplicate'>): Strategy {
  return strategies.find((name) => meaning[name].operation === operation && (operation !== 'insert' || meaning[name].onDuplicate === onDuplicate)) ?? 'skip'
}

export function changeOf(strategy: Strategy): Pick<Definition, 'operation' | 'onDuplicate'> {
  return meaning[strategy]
}

/** Whether records that are there may get other values, so that merge rules mean something. */
export function updates(strategy: Strategy): boolean {
  return strategy === 'add-or-update' || strategy === 'update-only' || strategy === 'update-if-newer'
}

/** Whether the strategy can do nothing without a way to find records. */
export function needsMatch(strategy: Strategy): boolean {
  return strategy !== 'skip' && strategy !== 'create' && strategy !== 'flag'
}

/** Criteria that the object suggests and the mapping can serve, e-mail and external id before all others. */
export function suggestedCriteria(matchKeys: readonly string[], mapped: ReadonlySet<string>): string[][] {
  const served = matchKeys.map((key) => key.split('+')).filter((parts) => parts.every((part) => [...mapped].some((path) => path === part || path.startsWith(`${part}.`))))
  const rank = (parts: string[]): number => parts.join('+') === 'external_id' ? 0 : parts.join('+') === 'email' ? 1 : 2
  return served.filter((parts) => rank(parts) < 2).sort((a, b) => rank(a) - rank(b))
}
