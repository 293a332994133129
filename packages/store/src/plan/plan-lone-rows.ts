import { pipeline } from 'node:stream/promises'
import { decide } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { loneMerge } from './lone-rows.ts'
import { mayMakeNewKeys } from './new-keys.ts'
import { names, outcomeNumber, reasonNumber, temporary, type PlanContext } from './plan-context.ts'

/**
 * Plans the rows that meet exactly one record which no other row meets, by one statement: core's decision for such a row, and its merge
 * steps in SQL. All others that met a record are left in `pg_temp.crowded` (row_number), and are planned in their groups, by core; false: that is all
 * rows, and there is no such table. Nearly all rows of an update are lone, and planning them one by one took four fifths of its time (docs/decisions/0035).
 */
export async function planLoneRows(tx: Transaction, plan: PlanContext, beside: Beside | null): Promise<boolean> {
  await tx.query('DROP TABLE IF EXISTS pg_temp.crowded') // of an earlier look
  const statement = loneStatement(plan)
  if (statement === null) return false
  await temporary(tx, 'crowded', crowdedRows(plan))
  await tx.query('ANALYZE pg_temp.crowded')
  const lone = loneRows(plan)
  const { rows: [found] } = await tx.query<{ n: string; middle: string | null }>(`SELECT count(*) AS n, (min(row_number) + max(row_number)) / 2 AS middle FROM ${lone} l`)
  const rows = Number(found?.n ?? 0)
  const planned = await (beside !== null && rows >= beside.worthFrom ? planHalves(tx, plan, beside, statement, Number(found?.middle)) : null) ?? await planThem(tx, plan, statement(lone))
  if (planned === rows) return true
  await tx.query(`INSERT INTO pg_temp.crowded SELECT l.row_number FROM ${lone} l WHERE NOT EXISTS (SELECT 1 FROM ${names(plan.attempt).table('_plan')} p WHERE p.job = $1 AND p.row_number = l.row_number)`, [plan.attempt.job])
  return true
}

/**
 * A second transaction in which a part of a plan is made beside the first. What it writes stands before the rest does, and outlasts it where that fails:
 * only for a job that has no plan, and whose next planning clears what it finds.
 */
export interface Beside {
  /** Lone rows from which on two connections are sooner through than one. */
  worthFrom: number
  /** Null: there is no connection for it now, and one that is waited for may be held by another plan that waits for one. */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> | null
}

/** One processor core merges the one half while another merges the other. Returns how many rows were planned; null: nothing was begun. */
function planHalves(tx: Transaction, plan: PlanContext, beside: Beside, statement: LoneStatement, middle: number): Promise<number> | null {
  return beside.transaction(async (other) => {
    await other.query('CREATE TEMPORARY TABLE lone (row_number bigint NOT NULL, record bigint NOT NULL) ON COMMIT DROP')
    const half = (which: string): string => `(SELECT * FROM ${loneRows(plan)} l WHERE l.row_number ${which})`
    const [here, there] = [`<= ${middle}`, `> ${middle}`]
    await pipeline(tx.copyTo(`COPY ${half(there)} TO STDOUT (FORMAT binary)`), other.copyFrom('COPY pg_temp.lone FROM STDIN (FORMAT binary)'))
    const planned = await Promise.all([planThem(tx, plan, statement(half(here), here)), planThem(other, plan, statement('pg_temp.lone', there))])
    return planned[0] + planned[1]
  })
}

async function planThem(tx: Transaction, plan: PlanContext, statement: string): Promise<number> {
  await tx.query('SET LOCAL enable_memoize = off') // keeping what two texts joined to costs more than joining them
  return (await tx.query(statement, [plan.attempt.job])).rowCount
}

/**
 * SQL: rows that share a key, that meet several records, or whose record other rows meet: few, where all the others are many, and so looked for first.
 * Two rows that meet one record by one criterion share its key.
 */
function crowdedRows(plan: PlanContext): string {
  const several = 'SELECT row_number FROM pg_temp.hit GROUP BY 1 HAVING min(record) < max(record)'
  const sameRecord = 'SELECT h.row_number FROM pg_temp.hit h JOIN (SELECT record FROM pg_temp.hit GROUP BY 1 HAVING min(row_number) < max(row_number)) m ON m.record = h.record'
  return ['SELECT row_number FROM pg_temp.shared', several, ...(plan.rules.criteria > 1 ? [sameRecord] : [])].join(' UNION ')
}

/** SQL, in parentheses: row_number and record of lone rows, each once, as far as `pg_temp.crowded` tells them apart. */
function loneRows(plan: PlanContext): string {
  return `(SELECT${plan.rules.criteria > 1 ? ' DISTINCT' : ''} h.row_number, h.record FROM pg_temp.hit h WHERE NOT EXISTS (SELECT 1 FROM pg_temp.crowded c WHERE c.row_number = h.row_number))`
}

/** `lone`: SQL of row_number and record. `which`: what PostgreSQL does not conclude of staged rows, `<= n` or `> n`; absent: all of them. */
type LoneStatement = (lone: string, which?: string) => string

/** `$1` is the job. It leaves out those that only core can plan. Null: that is all of them. */
export function loneStatement(plan: PlanContext): LoneStatement | null {
  if ((plan.pendingFields?.size ?? 0) > 0) return null // it reads the records' columns, and those of fields that the import makes are not there yet
  if (plan.definition.restoreBinned) return null // the one record that a row meets may lie in the bin
  if (plan.rules.links.length > 0) return null // who makes a record for a reference is chosen among the rows of `grouped`
  const decision = decide(plan.rules, { kind: 'one', where: 'store' })
  const into = `INSERT INTO ${names(plan.attempt).table('_plan')} (job, row_number, action, reason`
  switch (decision.kind) {
    case 'skip': return (lone) => `${into}, record, refs) SELECT $1, row_number, ${outcomeNumber('skipped')}, ${reasonNumber(decision.reason)}, record, '{}'::bigint[] FROM ${lone} l`
    case 'delete': return (lone) => `${into}, record, refs) SELECT $1, row_number, ${outcomeNumber('deleted')}, ${reasonNumber('none')}, record, '{}'::bigint[] FROM ${lone} l`
    case 'update': return plan.rules.checks.length > 0 || plan.rules.modifiedAt >= 0 || mayMakeNewKeys(plan) ? null : updateStatement(plan, into)
    default: return null
  }
}

/** Of the record and what it will hold the plan keeps a mark; the values are merged when the row is applied. In the order of rows, in which they are applied: else each row would lie on a page of its own. */
function updateStatement(plan: PlanContext, into: string): LoneStatement | null {
  const merge = loneMerge(plan.rules)
  if (!merge) return null
  const { table } = names(plan.attempt)
  const either = (updated: string, unchanged: string): string => `CASE WHEN ${merge.changes} THEN ${updated} ELSE ${unchanged} END`
  return (lone, which) => `${into}, record, refs, mark)
    SELECT $1, l.row_number, ${either(`${outcomeNumber('updated')}`, `${outcomeNumber('skipped')}`)}, ${either(`${reasonNumber('none')}`, `${reasonNumber('nothing-to-change')}`)}, l.record, '{}'::bigint[], ${either(merge.mark, 'NULL')}
    FROM ${lone} l JOIN ${table('_staged')} s ON s.job = $1 AND s.row_number = l.row_number${which === undefined ? '' : ` AND s.row_number ${which}`} JOIN ${table(plan.mapping.object.name)} o ON o.id = l.record
    ${merge.layers}
    WHERE NOT (${merge.forCore}) ORDER BY l.row_number`
}
