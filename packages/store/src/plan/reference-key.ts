import type { ObjectType, RowKey } from '@longshore/core'
import { names, type PlanContext, type PlannedReference } from './plan-context.ts'

/**
 * SQL for the key by which a staged row names the record of a reference: that of the first finder whose cells are filled. Keys of
 * different rules must not meet, since "x1" may be one account's name and another's external id: all but the usual rule are salted.
 */
export function referenceKey(plan: Pick<PlanContext, 'keys'>, { finders, target }: PlannedReference, row = 's'): string {
  const keys = finders.map((finder) => salted(target, plan.keys[finder], `${row}.keys[${finder + 1}]`))
  return keys.length === 1 ? keys[0] ?? 'NULL' : `coalesce(${keys.join(', ')})`
}

/** SQL: joins each staged row `row` with what the kept plan says of its references, as `to_<slot>`. `$1` is the job. */
export function referenceJoins(plan: Pick<PlanContext, 'keys' | 'references' | 'attempt'>, row: string): string {
  const table = names(plan.attempt).table('_reference')
  return plan.references.map((reference) => `LEFT JOIN ${table} to_${reference.slot}
    ON to_${reference.slot}.job = $1 AND to_${reference.slot}.place = ${reference.place} AND to_${reference.slot}.key = ${referenceKey(plan, reference, row)}`).join('\n')
}

/** The finder that a row uses, given its cells; null when it names no record. */
export function finderOf(plan: Pick<PlanContext, 'keys'>, { finders }: PlannedReference, cells: readonly (string | null)[]): RowKey | null {
  const filled = finders.find((finder) => plan.keys[finder]?.targets.every((position) => (cells[position] ?? null) !== null))
  return filled === undefined ? null : plan.keys[filled] ?? null
}

/** The different rules by which references find records of their object, each once. */
export function findingRules(plan: Pick<PlanContext, 'keys'>, references: readonly PlannedReference[]): RowKey[] {
  const keys = references.flatMap(({ finders }) => finders.flatMap((finder) => plan.keys[finder] ?? []))
  return keys.filter((key, i) => keys.findIndex(({ rule }) => rule === key.rule) === i)
}

/** A key as references compare it. */
export function salted(target: ObjectType, key: RowKey | undefined, sql: string): string {
  if (key === undefined || key.criterion === (target.referenceKey ?? key.criterion)) return sql
  return `${sql} # (${BigInt.asIntN(64, BigInt(key.rule) * 0x9e3779b97f4a7c15n)})::bigint`
}
