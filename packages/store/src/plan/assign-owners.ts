import type { Transaction } from '../postgres/database.ts'
import { stagedCells } from '../stage/copy-text.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { plannedEndings } from './plain-rows.ts'
import { triedRows } from './tried-rows.ts'
import { names, outcomeNumber, type PlanContext } from './plan-context.ts'

/**
 * Hands the records that rows will create and that bring no owner out to the owners in turn, by the row's position among those rows, behind
 * those that trials of the import have handed out. Stored with the plan, so that it does not depend on chunks. A row that is applied keeps whom it was given.
 */
export async function assignOwners(tx: Transaction, plan: PlanContext): Promise<void> {
  if (plan.owners.length < 2) return
  const { table } = names(plan.attempt)
  const applied = `EXISTS (SELECT 1 FROM ${table('_outcome')} o WHERE o.job = a.job AND o.row_number = a.row_number)`
  await tx.query(`DELETE FROM ${table('_assigned')} a WHERE a.job = $1 AND NOT ${applied}`, [plan.attempt.job])
  const { rows: [handed] } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM ${table('_assigned')} a JOIN ${triedRows(plan.attempt.organization)} t ON t.trial = a.job AND t.row_number = a.row_number
    WHERE t.job = (SELECT coalesce(j.trial_of, j.number) FROM longshore.job j WHERE j.organization = $2 AND j.number = $1)`, [plan.attempt.job, plan.attempt.organization.id])
  const column = plan.mapping.targets.findIndex((target) => target.path === 'owner') + 1
  const ownerless = column === 0 ? '' : ` AND (${stagedCells('s.cells')})[${column}] IS NULL`
  await tx.query(`
    INSERT INTO ${table('_assigned')} (job, row_number, owner)
    SELECT $1, s.row_number, ($2::integer[])[(row_number() OVER (ORDER BY s.row_number) - 1 + $3::bigint) % ${plan.owners.length} + 1]
    FROM ${table('_staged')} s JOIN ${plannedEndings(quoteIdentifier(plan.attempt.organization.schema))} p ON p.job = s.job AND p.row_number = s.row_number
    WHERE s.job = $1 AND p.outcome IN (${outcomeNumber('created')}, ${outcomeNumber('flagged')})${ownerless}
    ON CONFLICT DO NOTHING`, [plan.attempt.job, plan.owners, handed?.n ?? '0'])
}
