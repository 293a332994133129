import { outcomes, reasons } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { names } from './plan-context.ts'
import type { Attempt } from '../jobs/attempt.ts'

// A plain row creates a record, meets no other row and no record, and has nothing wrong with it. What will become of it and what became of
// it follows from its staging, so neither is kept a second time (docs/decisions/0007): whoever asks for all rows asks here.

// A lone update (`lone-rows.ts`) has a plan, and no outcome of its own either.

const created = outcomes.indexOf('created')
const updated = outcomes.indexOf('updated')
const noReason = reasons.indexOf('none')

/** SQL: the record that a plain staged row `s` makes. */
export function plainRecord(s: string): string {
  return `((${s}.job::bigint << 35) | (${s}.row_number << 3))`
}

/**
 * SQL: whether a staged row `s` of a planned job is plain. Only planned jobs have plain rows: before, nothing says what a row is. `range`:
 * what row numbers it can have, first inclusive, last exclusive; PostgreSQL does not conclude it from what is said of `s`.
 */
export function isPlain(schema: string, s: string, range?: readonly [first: string, last: string]): string {
  const within = range === undefined ? '' : ` AND own.row_number >= ${range[0]} AND own.row_number < ${range[1]}`
  return `NOT EXISTS (SELECT 1 FROM ${schema}._plan own WHERE own.job = ${s}.job AND own.row_number = ${s}.row_number${within})`
}

/** SQL, in parentheses: job, row_number, outcome, reason and record of all planned rows, as they will end. `schema` is quoted. */
export function plannedEndings(schema: string): string {
  return `(SELECT job, row_number, action AS outcome, reason, record FROM ${schema}._plan
    UNION ALL SELECT s.job, s.row_number, ${created}::smallint, ${noReason}::smallint, ${plainRecord('s')} FROM ${schema}._staged s WHERE ${isPlain(schema, 's')})`
}

/** SQL, in parentheses: job, row_number, outcome, reason and record of all rows that have ended. */
export function outcomeRows(schema: string): string {
  const untold = (row: string): string => `NOT EXISTS (SELECT 1 FROM ${schema}._outcome told WHERE told.job = ${row}.job AND told.row_number = ${row}.row_number)`
  return `(SELECT job, row_number, outcome, reason, record FROM ${schema}._outcome
    UNION ALL SELECT s.job, s.row_number, ${created}::smallint, ${noReason}::smallint, ${plainRecord('s')}
    FROM ${schema}._chunk k JOIN ${schema}._staged s ON s.job = k.job AND s.row_number >= k.first AND s.row_number < k.last
    WHERE k.plain > 0 AND ${isPlain(schema, 's')} AND ${untold('s')}
    UNION ALL SELECT p.job, p.row_number, ${updated}::smallint, ${noReason}::smallint, p.record
    FROM ${schema}._chunk k JOIN ${schema}._plan p ON p.job = k.job AND p.row_number >= k.first AND p.row_number < k.last
    WHERE k.lone > 0 AND p.mark IS NOT NULL AND ${untold('p')})`
}

/**
 * Gives every plain row and lone update that was applied an outcome of its own. Before a plan is made again, which may end what makes it so, and
 * before the rest of a cancelled job is left out: both look for rows without an outcome.
 */
export async function writeOutcomes(tx: Transaction, attempt: Attempt): Promise<void> {
  const { table } = names(attempt)
  const { rows: [any] } = await tx.query(`SELECT 1 FROM ${table('_chunk')} WHERE job = $1 AND (plain > 0 OR lone > 0) LIMIT 1`, [attempt.job])
  if (!any) return
  const schema = quoteIdentifier(attempt.organization.schema)
  await tx.query(`INSERT INTO ${table('_outcome')} (job, row_number, outcome, reason, record)
    SELECT o.job, o.row_number, o.outcome, o.reason, o.record FROM ${outcomeRows(schema)} o
    WHERE o.job = $1 AND NOT EXISTS (SELECT 1 FROM ${table('_outcome')} told WHERE told.job = o.job AND told.row_number = o.row_number)`, [attempt.job])
  await tx.query(`UPDATE ${table('_chunk')} SET plain = 0, lone = 0 WHERE job = $1`, [attempt.job])
}
