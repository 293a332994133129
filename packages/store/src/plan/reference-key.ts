import type { ObjectType, RowKey } from '@longshore/core'
import { keyAt } from './narrow-rows.ts'
import { keyColumn } from '../match/key-columns.ts'
import { names, type PlanContext, type PlannedReference } from './plan-context.ts'

/**
 * SQL for the key by which a row `s` of `narrowRows` names the record of a reference: that of the first finder whose cells are filled. Keys of
 * different rules must not meet, since "x1" may be one account's name and another's external id: all but the usual rule are salted.
 */
export function referenceKey(plan: Pick<PlanContext, 'keys'>, { finders, target }: PlannedReference): string {
  const keys = finders.map((finder) => salted(target, plan.keys[finder], keyAt(finder)))
  return keys.length === 1 ? keys[0] ?? 'NULL' : `coalesce(${keys.join(', ')})`
}

/** SQL: the block of a row number, as kept references are divided. */
export function blockOf(row: string): string {
  return `(${row} >> 10)::integer`
}

/**
 * SQL: joins each staged row `row` with what the kept plan says of its references: `record` and whether the row `makes` it, as `to_<slot>`.
 * `$1` is the job. `range`: only rows from the first of these parameters (inclusive) to the second (exclusive).
 */
export function referenceJoins(plan: Pick<PlanContext, 'references' | 'attempt'>, row: string, range?: readonly [first: string, last: string]): string {
  const table = names(plan.attempt).table('_reference')
  const blocks = range === undefined ? '' : ` AND l.block >= ${blockOf(range[0])} AND l.block <= ${blockOf(range[1])}`
  return plan.references.map(({ slot }) => `LEFT JOIN (SELECT u.row_number, abs(u.record) AS record, u.record < 0 AS makes
    FROM ${table} l CROSS JOIN LATERAL unnest(l.rows, l.records) u (row_number, record) WHERE l.job = $1 AND l.slot = ${slot}${blocks}) to_${slot} ON to_${slot}.row_number = ${row}.row_number`).join('\n')
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

/** SQL: the live records of the references' object that have one of `keys` (SQL that gives keys as references compare them), once by each rule: key, id. */
export function recordsByKey(plan: Pick<PlanContext, 'keys'> & { attempt: Pick<PlanContext['attempt'], 'organization'> }, references: readonly PlannedReference[], keys: string): string {
  const [first] = references
  if (first === undefined) return 'SELECT NULL::bigint AS key, NULL::bigint AS id WHERE false'
  return findingRules(plan, references).map((key) => {
    const stored = `r.${keyColumn({ id: key.rule })}`
    const compared = salted(first.target, key, stored)
    return `SELECT ${compared} AS key, r.id FROM ${names(plan.attempt).table(first.target.name)} r WHERE ${stored} IS NOT NULL AND r.deleted_at IS NULL AND ${compared} IN (${keys})`
  }).join(' UNION ALL ')
}

/** A key as references compare it. */
export function salted(target: ObjectType, key: RowKey | undefined, sql: string): string {
  if (key === undefined || key.criterion === (target.referenceKey ?? key.criterion)) return sql
  return `${sql} # (${BigInt.asIntN(64, BigInt(key.rule) * 0x9e3779b97f4a7c15n)})::bigint`
}
