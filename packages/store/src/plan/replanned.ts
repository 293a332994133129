import type { Transaction } from '../postgres/database.ts'
import { keptMark } from './change-mark.ts'
import { names, outcomeNumber, temporary, type PlanContext } from './plan-context.ts'
import { plainRecord } from './plain-rows.ts'
import { referenceJoins } from './reference-key.ts'

// A plan that people agreed to is made again where others wrote since. What they want to be told is where that does something else than they were
// shown: another outcome, another record, another link, or another change of a field or link, old value or new (docs/decisions/0092).

/** Keeps what the plan of unfinished rows says, before it goes. */
export async function keepFormerPlan(tx: Transaction, plan: PlanContext): Promise<void> {
  await temporary(tx, 'former', shownPlan(plan), [plan.attempt.job])
}

/** Notes the rows whose plan does something else than the former one; returns how many rows of the job ever did. */
export async function noteReplanned(tx: Transaction, plan: PlanContext): Promise<number> {
  const replanned = names(plan.attempt).table('_replanned')
  await tx.query(`INSERT INTO ${replanned} SELECT $1, f.row_number FROM pg_temp.former f JOIN (${shownPlan(plan)}) p ON p.row_number = f.row_number
    WHERE (f.action, f.record, f.refs, f.mark) IS DISTINCT FROM (p.action, p.record, p.refs, p.mark) ON CONFLICT DO NOTHING`, [plan.attempt.job])
  const { rows: [row] } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM ${replanned} WHERE job = $1`, [plan.attempt.job])
  return Number(row?.n ?? 0)
}

/** SQL: what a person is shown of the plans of all rows of the job that have not ended, plain ones among them. */
function shownPlan(plan: PlanContext): string {
  const { table } = names(plan.attempt)
  const links = plan.references.length === 0 ? 'NULL::bigint[]' : `ARRAY[${plan.rules.links.map(({ through }, i) => (through === null ? 'NULL' : `to_${i + 1}.record`)).join(', ')}]::bigint[]`
  return `SELECT p.row_number, coalesce(own.action, ${outcomeNumber('created')}) AS action, CASE WHEN own.job IS NULL THEN ${plainRecord('p')} ELSE own.record END AS record,
      CASE WHEN own.job IS NULL THEN ${links} ELSE own.refs END AS refs, coalesce(own.mark, CASE WHEN own.before IS NOT NULL THEN ${keptMark(plan.rules, 'own')} END) AS mark
    FROM ${table('_staged')} p LEFT JOIN ${table('_plan')} own ON own.job = p.job AND own.row_number = p.row_number
    ${referenceJoins(plan, 'p')}
    WHERE p.job = $1${withoutOutcome(plan)}`
}

/** SQL: only rows `p` that have not ended. */
export function withoutOutcome(plan: PlanContext): string {
  return ` AND NOT EXISTS (SELECT 1 FROM ${names(plan.attempt).table('_outcome')} o WHERE o.job = p.job AND o.row_number = p.row_number)`
}
