import type { Transaction } from '../postgres/database.ts'
import { names, reasonNumber, temporary, type PlanContext } from './plan-context.ts'
import { trialMarks, triedRows } from './tried-rows.ts'

/**
 * Makes `pg_temp.tried`: the row_number of rows that trials have dealt with, read once, since a trial may be taken back while planning goes on. What has
 * begun leaves out what the plan did that people agreed to. Returns the marks of the trials that were read.
 */
export async function takeTried(tx: Transaction, plan: PlanContext): Promise<string> {
  const { organization, job } = plan.attempt
  const marks = await trialMarks(tx, organization, job)
  await temporary(tx, 'tried', plan.onlyUnapplied ? `SELECT row_number FROM ${names(plan.attempt).table('_plan')} WHERE job = $1 AND reason = ${reasonNumber('tried')}`
    : `SELECT DISTINCT row_number FROM ${triedRows(organization)} t WHERE t.job = $1`, [job])
  return marks
}

/**
 * Makes `pg_temp.rows`: what planning needs of the staged rows that it is about, those that nobody left out and no trial has dealt with (`takeTried`; row_number, errors, create_errors, and each key as a column
 * k1, k2 …). Planning goes over all rows several times; these are a quarter as wide as the staged ones, and a key by itself is read in
 * half the time of one in an array.
 */
export async function narrowRows(tx: Transaction, plan: PlanContext): Promise<void> {
  const { table } = names(plan.attempt)
  const rest = plan.onlyUnapplied ? ` AND NOT EXISTS (SELECT 1 FROM ${table('_outcome')} o WHERE o.job = $1 AND o.row_number = a.row_number)` : ''
  const keys = plan.keys.map((_, k) => `, a.keys[${k + 1}] AS k${k + 1}`).join('')
  const { rows: [out] } = await tx.query(`SELECT 1 FROM ${table('_left_out')} WHERE job = $1 LIMIT 1`, [plan.attempt.job]) // joining with none took a third of the time
  const { rows: [tried] } = await tx.query('SELECT 1 FROM pg_temp.tried LIMIT 1')
  const without = (rows: string): string => ` AND NOT EXISTS (SELECT 1 FROM ${rows} l WHERE l.row_number = a.row_number)`
  const kept = `${out ? without(`(SELECT row_number FROM ${table('_left_out')} WHERE job = $1)`) : ''}${tried ? without('pg_temp.tried') : ''}`
  await temporary(tx, 'rows', `SELECT a.row_number, a.errors, a.create_errors${keys} FROM ${table('_staged')} a WHERE a.job = $1${kept}${rest}`, [plan.attempt.job])
  // a coarse look: how many rows have a key at all decides how records are found by it
  await tx.query(`SET LOCAL default_statistics_target = 10; ANALYZE pg_temp.rows; SET LOCAL default_statistics_target = DEFAULT`)
}

/** The staged rows that planning is about, as `s`: row_number, errors, create_errors and keys. `$1` is the job everywhere. */
export const source = '(SELECT * FROM pg_temp.rows r WHERE $1::integer IS NOT NULL) s'

/** The same with everything that is staged of them. */
export function wholeSource(plan: PlanContext): string {
  const keys = plan.keys.map((_, k) => `, r.k${k + 1}`).join('')
  return `(SELECT a.job, a.row_number, a.errors, r.create_errors, a.cells, a.defaulted, a.source${keys} FROM pg_temp.rows r JOIN ${names(plan.attempt).table('_staged')} a ON a.job = $1 AND a.row_number = r.row_number) s`
}

/** SQL: the key at a position (from 0) of such a row. */
export function keyAt(position: number): string {
  return `s.k${position + 1}`
}
