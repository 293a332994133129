import { withChoice } from '../map/column-state.ts'
import { choiceAt } from '../definition.ts'
import type { Definition, MergeRule, OnDuplicate, Operation } from '../definition.ts'

/** What a person may want to happen to rows that meet a record, in the order in which it is offered: what changes nothing comes first. */
export const strategies = ['skip', 'flag', 'add-or-update', 'update-if-newer', 'update-only', 'create', 'delete'] as const
export type Strategy = (typeof strategies)[number]

const meaning: Record<Strategy, { operation: Operation; onDuplicate: OnDuplicate }> = {
  skip: { operation: 'insert', onDuplicate: 'skip' }, flag: { operation: 'insert', onDuplicate: 'flag' }, create: { operation: 'insert', onDuplicate: 'create' },
  'update-if-newer': { operation: 'insert', onDuplicate: 'update-if-newer' }, 'add-or-update': { operation: 'upsert', onDuplicate: 'skip' },
  'update-only': { operation: 'update', onDuplicate: 'skip' }, delete: { operation: 'delete', onDuplicate: 'skip' },
}

export function strategyOf({ operation, onDuplicate }: Pick<Definition, 'operation' | 'onDuplicate'>): Strategy {
  return strategies.find((name) => meaning[name].operation === operation && (operation !== 'insert' || meaning[name].onDuplicate === onDuplicate)) ?? 'skip'
}

export function changeOf(strategy: Strategy): Pick<Definition, 'operation' | 'onDuplicate'> {
  return meaning[strategy]
}

/** The settings of a strategy, and those of the strategy before that it does not know taken away. */
export function settingsFor(strategy: Strategy, { onSeveral }: Pick<Definition, 'onSeveral'>): Partial<Definition> {
  return { ...changeOf(strategy), ...(onSeveral === 'flag' && !mayFlagSeveral(strategy) ? { onSeveral: 'fail' as const } : {}), ...(updates(strategy) ? {} : { restoreBinned: undefined }), ...(strategy === 'delete' ? { existingReference: undefined } : {}) }
}

/** A row that meets several records can be flagged where rows may become records. */
export function mayFlagSeveral(strategy: Strategy): boolean {
  return strategy !== 'update-only' && strategy !== 'delete'
}

/** Place, from 0, of the file's column of record ids, as our own exports have one; -1: it has none. */
export function recordIdsAt(columns: readonly string[]): number {
  return columns.findIndex((header) => ['id', 'recordid'].includes(header.toLowerCase().replace(/[^a-z0-9]/g, '')))
}

/** Criteria, and with them the column of record ids: it feeds nothing, and is read only where records are found by it. */
export function withCriteria(match: string[][], { columns }: Pick<Definition, 'columns'>, headers: readonly string[]): Pick<Definition, 'match' | 'columns'> {
  const at = recordIdsAt(headers)
  if (at === -1) return { match, columns }
  const wanted = match.some((criterion) => criterion.includes('id')) ? 'id' : null
  const place = { position: at + 1, header: headers[at] ?? '' }
  const field = choiceAt(columns, place.position, place.header)?.field
  return { match, columns: wanted === 'id' || field === 'id' ? withChoice(columns, place, { field: wanted }) : columns }
}

/** Whether records that are there may get other values, so that merge rules mean something. */
export function updates(strategy: Strategy): boolean {
  return strategy === 'add-or-update' || strategy === 'update-only' || strategy === 'update-if-newer'
}

/** The rule of fields for which nobody has chosen one, as core has it: nothing of it is written into the definition. */
export function usualRule(strategy: Strategy): MergeRule {
  return strategy === 'update-if-newer' ? 'if-newer' : 'always'
}

/** What was chosen for fields that columns feed; a strategy that updates nothing has no rules. */
export function chosenRules(strategy: Strategy, { merge }: Pick<Definition, 'merge'>, mapped: readonly string[]): Record<string, MergeRule> {
  return updates(strategy) ? Object.fromEntries(Object.entries(merge).filter(([path]) => mapped.includes(path))) : {}
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
