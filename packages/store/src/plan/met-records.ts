import { keysOf, mayCreate, mayUpdate } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import type { Transaction } from '../postgres/database.ts'
import { stagedCells } from '../stage/copy-text.ts'
import { isGood } from './match-rows.ts'
import { wholeSource } from './narrow-rows.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext } from './plan-context.ts'

/** Rows that are looked at at a time. */
const batch = 5_000

/**
 * A row that fails for what stands in its cells meets nothing, and what it would lack as a new record was said when it was checked. Where it has the
 * key of a record, or of an earlier row that makes one, it would have changed that one and lacks nothing: such rows keep the criterion in their plan (`rivals`), and `judgedAsStored` goes by it.
 */
export async function noteMetRecords(tx: Transaction, plan: PlanContext): Promise<void> {
  if (!mayCreate(plan.rules) || !mayUpdate(plan.rules)) return
  const { table } = names(plan.attempt)
  const { job } = plan.attempt
  const criteria = plan.rules.keys.slice(0, plan.rules.criteria)
  for (let after = 0; ;) {
    const { rows } = await tx.query<{ row: string; cells: (string | null)[] }>(
      `SELECT s.row_number AS row, ${stagedCells('s.cells')} AS cells FROM ${wholeSource(plan)} JOIN ${table('_plan')} p ON p.job = $1 AND p.row_number = s.row_number
       WHERE s.create_errors > 0 AND NOT (${isGood(plan)}) AND p.action = ${outcomeNumber('failed')} AND p.reason = ${reasonNumber('invalid')} AND s.row_number > $2 ORDER BY s.row_number LIMIT ${batch}`, [job, after])
    const keys = rows.map(({ cells }) => keysOf(cells, criteria))
    for (const [c, key] of criteria.entries()) {
      const column = keyColumn({ id: key.rule })
      const met = [
        `SELECT 1 FROM ${table(plan.mapping.object.name)} o WHERE o.${column} = m.key${plan.definition.restoreBinned ? '' : ' AND o.deleted_at IS NULL'}`,
        `SELECT 1 FROM pg_temp.rows r WHERE r.k${c + 1} = m.key AND r.row_number < m.row AND r.errors = 0 AND r.create_errors = 0`,
      ]
      for (const one of met) {
        await tx.query(`UPDATE ${table('_plan')} p SET rivals = jsonb_build_object('criterion', ${c}, 'ids', '[]'::jsonb) FROM unnest($2::bigint[], $3::bigint[]) m (row, key)
          WHERE p.job = $1 AND p.row_number = m.row AND p.rivals IS NULL AND EXISTS (${one})`, [job, rows.map(({ row }) => row), keys.map((own) => own[c]?.toString() ?? null)])
      }
    }
    if (rows.length < batch) return
    after = Number(rows.at(-1)?.row)
  }
}
