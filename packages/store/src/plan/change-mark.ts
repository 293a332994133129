import type { MergedTarget, PlanRules } from '@longshore/core'
import { quoteLiteral } from '../postgres/quote.ts'

// What a row changes of its record, as one number. By it a plan that is made again is compared with the one that people were shown
// (docs/decisions/0092). The moment that a job writes is no part of it.

/** SQL: a hash of old and new value of whatever a row can change, both null where it stays. */
export function changeMark(changes: readonly { from: string; to: string }[]): string {
  return `hash_array_extended(ARRAY[${changes.flatMap(({ from, to }) => [from, to]).join(', ')}]::text[], 0)`
}

/** SQL: the same of a plan `row` that keeps what it changes: its `before` and `after`. */
export function keptMark({ targets, links }: { targets: readonly MergedTarget[]; links: PlanRules['links'] }, row: string): string {
  const names = [...markedTargets(targets).flatMap((at) => targets[at]?.field.name ?? []), ...linkColumns(links)]
  return changeMark(names.map(quoteLiteral).map((name) => ({ from: `${row}.before ->> ${name}`, to: `${row}.after ->> ${name}` })))
}

/** Positions of the targets that are fields of the record itself, in the order in which marks have them. */
export function markedTargets(targets: readonly MergedTarget[]): number[] {
  return targets.flatMap(({ reference, field }, at) => (reference === null && field.name !== 'updated_at' ? [at] : []))
}

/** As core's `linkValues` names them. */
function linkColumns(links: PlanRules['links']): string[] {
  return [...new Set(links.flatMap(({ field, several }) => (several ? [field, `${field}_object`] : [field])))]
}
