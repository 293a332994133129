import { failpoint, plainInstant } from '@longshore/core'
import { fenced } from '../jobs/attempt.ts'
import { patchJob, readJob } from '../jobs/job.ts'
import { asSystem } from '../organizations/as-system.ts'
import type { Database } from '../postgres/database.ts'
import { names, type PlanContext } from './plan-context.ts'

/** The same job with another moment as its "now". */
export function atMoment<P extends Pick<PlanContext, 'effectiveAt' | 'rules'>>(plan: P, moment: string): P {
  return { ...plan, effectiveAt: moment, rules: { ...plan.rules, effectiveAt: plainInstant(moment) } }
}

/**
 * Gives the rows of a plan that was made at an earlier moment the one at which the job began to write. Only "now" is told anew: what a file says of
 * the age of its rows is another matter. Safe to call again; it does nothing once it is done.
 */
export async function stampPlan(db: Database, plan: PlanContext): Promise<void> {
  const { attempt, rules: { modifiedAt } } = plan
  const { organization, job } = attempt
  const { table } = names(attempt)
  await fenced(db, attempt, async (tx) => {
    const { plannedAt } = (await asSystem(tx, organization, () => readJob(tx, organization, job))).checkpoint
    if (!plannedAt) return
    const stamped = (side: string): string => `${side} = CASE WHEN p.${side} ->> 'updated_at' = $2 THEN jsonb_set(p.${side}, '{updated_at}', to_jsonb($3::text)) ELSE p.${side} END`
    const told = `p.before ->> 'updated_at' = $2 OR p.after ->> 'updated_at' = $2`
    const merged = `p.merged[${modifiedAt + 1}]`
    const values = [job, plainInstant(plannedAt), plan.rules.effectiveAt]
    await tx.query(`UPDATE ${table('_plan')} p SET ${stamped('before')}, ${stamped('after')}${modifiedAt < 0 ? '' : `, merged[${modifiedAt + 1}] = CASE WHEN ${merged} = $2 THEN $3 ELSE ${merged} END`}
      WHERE p.job = $1 AND (p.before IS NOT NULL OR p.merged IS NOT NULL) AND (${told}${modifiedAt < 0 ? '' : ` OR ${merged} = $2`})`, values)
    await tx.query(`UPDATE ${table('_related_change')} p SET ${stamped('before')}, ${stamped('after')} WHERE p.job = $1 AND p.applied IS NULL AND (${told})`, values)
    await asSystem(tx, organization, () => patchJob(tx, organization, job, { checkpoint: { plannedAt: null } }))
    await failpoint('stamp.before-commit')
  })
  await failpoint('stamp.after-commit')
}
