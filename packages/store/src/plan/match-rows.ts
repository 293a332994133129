import { keyColumn } from '../match/key-columns.ts'
import type { Transaction } from '../postgres/database.ts'
import { keyAt, source } from './narrow-rows.ts'
import { names, type PlanContext } from './plan-context.ts'
import { namesIds } from './unknown-ids.ts'

/** Whether planning can find rows that fail by what they name: a record that is not there. Such rows are in `pg_temp.bad`. */
export function mayBeBad(plan: Pick<PlanContext, 'references' | 'rules'>): boolean {
  return plan.references.length > 0 || namesIds(plan)
}

/** SQL: whether a row `s` of `narrowRows` has nothing wrong with it. */
export function isGood(plan: PlanContext): string {
  return `s.errors = 0${mayBeBad(plan) ? ' AND NOT EXISTS (SELECT 1 FROM pg_temp.bad b WHERE b.row_number = s.row_number)' : ''}`
}

/**
 * Joins the keys of good rows with each other and with records, criterion by criterion: `pg_temp.shared` (row_number, criterion, key, first) has
 * the rows whose key others have, too, and says which of them is the first; `pg_temp.hit` (row_number, criterion, key, record) the records that
 * have a row's key. Of rows with one key only the first is there, for all of them reach the same: a key of a hundred thousand rows and ten
 * thousand records is ten thousand hits and not a milliard.
 */
export async function matchRows(tx: Transaction, plan: PlanContext): Promise<void> {
  await tx.query('DROP TABLE IF EXISTS pg_temp.shared, pg_temp.hit') // of an earlier look
  await tx.query('CREATE TEMPORARY TABLE shared (row_number bigint NOT NULL, criterion smallint NOT NULL, key bigint NOT NULL, first boolean NOT NULL) ON COMMIT DROP')
  await tx.query('CREATE TEMPORARY TABLE hit (row_number bigint NOT NULL, criterion smallint NOT NULL, key bigint NOT NULL, record bigint NOT NULL) ON COMMIT DROP')
  if (!looksForMatches(plan)) return
  for (let c = 0; c < plan.rules.criteria; c++) {
    await matchStore(tx, plan, c, await matchFile(tx, plan, c))
  }
  await tx.query('ANALYZE pg_temp.hit')
}

/** Whether it matters what rows meet: an insert that creates in any case asks for nothing. */
export function looksForMatches({ rules }: Pick<PlanContext, 'rules'>): boolean {
  return rules.operation !== 'insert' || rules.onDuplicate !== 'create'
}

/** Returns whether any key is shared. */
async function matchFile(tx: Transaction, plan: PlanContext, c: number): Promise<boolean> {
  const key = keyAt(c)
  // few keys repeat in most files: finding those first takes two thirds of the time that sorting all keys does
  await tx.query('DROP TABLE IF EXISTS pg_temp.repeated')
  await tx.query(`CREATE TEMPORARY TABLE repeated ON COMMIT DROP AS SELECT ${key} AS key, min(s.row_number) AS first FROM ${source}
    WHERE ${isGood(plan)} AND ${key} IS NOT NULL GROUP BY 1 HAVING count(*) > 1`, [plan.attempt.job])
  await tx.query('ANALYZE pg_temp.repeated')
  const { rowCount } = await tx.query(`INSERT INTO pg_temp.shared SELECT s.row_number, ${c}, d.key, s.row_number = d.first
    FROM pg_temp.repeated d JOIN ${source} ON ${key} = d.key WHERE ${isGood(plan)}`, [plan.attempt.job])
  if (rowCount > 0) await tx.query('ANALYZE pg_temp.shared')
  return rowCount > 0
}

async function matchStore(tx: Transaction, plan: PlanContext, c: number, shared: boolean): Promise<void> {
  const column = keyColumn({ id: plan.rules.keys[c]?.rule ?? 0 })
  const object = names(plan.attempt).table(plan.mapping.object.name)
  // records that may come back are met in the bin, too
  const meant = (prefix: string): string => (plan.definition.restoreBinned ? 'true' : `${prefix}deleted_at IS NULL`)
  const { rows: [any] } = await tx.query(`SELECT 1 FROM ${object} WHERE ${column} IS NOT NULL AND ${meant('')} LIMIT 1`)
  if (!any) return
  const firsts = shared ? ` AND NOT EXISTS (SELECT 1 FROM pg_temp.shared z WHERE z.row_number = s.row_number AND z.criterion = ${c} AND NOT z.first)` : ''
  // a merge would read every record by its index, one by one in no order of theirs: a million rows took 46 s with ten million records, and 6 to 12 in other ways
  await tx.query('SET LOCAL enable_mergejoin = off')
  // materialized: joined first, a key that many share would make all pairs before those of its first row were picked
  await tx.query(`WITH finding AS ${shared ? 'MATERIALIZED' : 'NOT MATERIALIZED'} (SELECT s.row_number, ${keyAt(c)} AS key FROM ${source} WHERE ${isGood(plan)} AND ${keyAt(c)} IS NOT NULL${firsts})
    INSERT INTO pg_temp.hit SELECT f.row_number, ${c}, f.key, o.id FROM finding f JOIN ${object} o ON o.${column} = f.key AND ${meant('o.')}`, [plan.attempt.job])
  await tx.query('SET LOCAL enable_mergejoin = DEFAULT')
}

/** SQL: the rows `s` of `narrowRows` that met a live record, each once. */
export function rowsThatHit(plan: PlanContext): string {
  const met = Array.from({ length: plan.rules.criteria }, (_, c) => `EXISTS (SELECT 1 FROM pg_temp.hit h WHERE h.criterion = ${c} AND h.key = ${keyAt(c)})`)
  return `SELECT s.row_number FROM pg_temp.rows s WHERE ${met.length === 0 ? 'false' : met.join(' OR ')}`
}
