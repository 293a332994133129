import { keysOf, mayCreate, mayUpdate } from '@longshore/core'
import type { RowKey } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { stagedCells } from '../stage/copy-text.ts'
import { isGood } from './match-rows.ts'
import { wholeSource } from './narrow-rows.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext } from './plan-context.ts'

/** Rows that are hashed at a time. */
const batch = 5_000

/**
 * A row that fails for what stands in its cells meets nothing, and what it would lack as a new record was said when it was checked. Where it has the
 * key of a record, or of an earlier row that makes one, it would have changed that one and lacks nothing: such rows keep the criterion in their plan (`rivals`), and `judgedAsStored` goes by it.
 */
export async function noteMetRecords(tx: Transaction, plan: PlanContext): Promise<void> {
  const criteria = plan.rules.keys.slice(0, plan.rules.criteria)
  if (!mayCreate(plan.rules) || !mayUpdate(plan.rules) || criteria.length === 0) return
  if (await keyFailedRows(tx, plan, criteria) === 0) return
  const met = criteria.flatMap((key, c) => [rowsOfRecords(plan, key, c), rowsOfEarlierRows(c)])
  await tx.query(`UPDATE ${names(plan.attempt).table('_plan')} p SET rivals = jsonb_build_object('criterion', m.criterion, 'ids', '[]'::jsonb)
    FROM (SELECT row_number, min(criterion) AS criterion FROM (${met.join(' UNION ALL ')}) every GROUP BY 1) m WHERE p.job = $1 AND p.row_number = m.row_number`, [plan.attempt.job])
}

/**
 * Makes `pg_temp.keyed`: rows that fail for their cells and would lack something as new records, with the key of each criterion (k1, k2 …); a row with errors is
 * staged without. All of them at once, so that each criterion goes over the records and the rows of the file once. Returns how many.
 */
async function keyFailedRows(tx: Transaction, plan: PlanContext, criteria: readonly RowKey[]): Promise<number> {
  await tx.query(`CREATE TEMPORARY TABLE keyed (row_number bigint NOT NULL${criteria.map((_, c) => `, k${c + 1} bigint`).join('')}) ON COMMIT DROP`)
  await tx.query(`DECLARE failed_rows NO SCROLL CURSOR FOR SELECT s.row_number AS row, ${stagedCells('s.cells')} AS cells
    FROM ${wholeSource(plan)} JOIN ${names(plan.attempt).table('_plan')} p ON p.job = $1 AND p.row_number = s.row_number
    WHERE s.create_errors > 0 AND NOT (${isGood(plan)}) AND p.action = ${outcomeNumber('failed')} AND p.reason = ${reasonNumber('invalid')}`, [plan.attempt.job])
  let keyed = 0
  for (let fetched = batch; fetched === batch; keyed += fetched) {
    const { rows } = await tx.query<{ row: string; cells: (string | null)[] }>(`FETCH ${batch} FROM failed_rows`)
    fetched = rows.length
    await copyLines(tx, 'COPY pg_temp.keyed FROM STDIN', rows.map(({ row, cells }) => `${[row, ...keysOf(cells, criteria).map((key) => key ?? '\\N')].join('\t')}\n`))
  }
  await tx.query('CLOSE failed_rows; ANALYZE pg_temp.keyed')
  return keyed
}

/** SQL: keyed rows (row_number, criterion) whose key a record has. */
function rowsOfRecords(plan: PlanContext, key: RowKey, c: number): string {
  return `SELECT k.row_number, ${c} AS criterion FROM pg_temp.keyed k WHERE EXISTS (
    SELECT 1 FROM ${names(plan.attempt).table(plan.mapping.object.name)} o WHERE o.${keyColumn({ id: key.rule })} = k.k${c + 1}${plan.definition.restoreBinned ? '' : ' AND o.deleted_at IS NULL'})`
}

/** SQL: the same of those whose key a row further up has that is fit to make a record. Only the first with a key is looked at: a hundred thousand may share it. */
function rowsOfEarlierRows(c: number): string {
  return `SELECT k.row_number, ${c} FROM pg_temp.keyed k JOIN (SELECT r.k${c + 1} AS key, min(r.row_number) AS first FROM pg_temp.rows r
    WHERE r.errors = 0 AND r.create_errors = 0 AND r.k${c + 1} IN (SELECT k${c + 1} FROM pg_temp.keyed) GROUP BY 1) f ON f.key = k.k${c + 1} AND f.first < k.row_number`
}
