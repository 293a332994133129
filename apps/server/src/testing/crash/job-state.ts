import type { JobState } from '@longshore/core'
import type { Place } from './place.ts'

/** How the job of a scenario stands, seen past the product. */
export interface JobLook { state: JobState; attempt: number; dryRun: boolean; /** An attempt is open: nobody has said that it ended. */ open: boolean }

/** null: the database is away; undefined: there is no such job yet. */
export async function lookAtJob(place: Place, job: number): Promise<JobLook | null | undefined> {
  const rows = await place.look<JobLook>(
    `SELECT j.state, j.attempt, j.dry_run AS "dryRun", a.attempt IS NOT NULL AND a.ended_at IS NULL AS open
     FROM longshore.job j LEFT JOIN longshore.attempt a ON a.organization = j.organization AND a.job = j.number AND a.attempt = j.attempt WHERE j.number = $1`, [job])
  return rows === null ? null : rows[0]
}

/** What the job has written so far: told in one text, so that two looks can be compared. */
export async function writtenBy(place: Place, job: number): Promise<string> {
  const rows = await place.look<{ told: string }>(
    `SELECT jsonb_build_object('job', (SELECT to_jsonb(j) - 'worked_ms' FROM longshore.job j WHERE j.number = $1), 'chunks', (SELECT count(*) FROM org_1._chunk WHERE job = $1),
       'outcomes', (SELECT count(*) FROM org_1._outcome WHERE job = $1), 'staged', (SELECT count(*) FROM org_1._staged WHERE job = $1), 'plan', (SELECT count(*) FROM org_1._plan WHERE job = $1),
       'issues', (SELECT count(*) FROM org_1._issue WHERE job = $1), 'changes', (SELECT count(*) FROM org_1._change WHERE job = $1),
       'contacts', (SELECT count(*) FROM org_1.contacts WHERE deleted_at IS NULL), 'accounts', (SELECT count(*) FROM org_1.accounts WHERE deleted_at IS NULL))::text AS told`, [job])
  return rows?.[0]?.told ?? 'the database is away'
}

/** The last state of the job: nothing is left to do. A dry run that stands as planned is at its end, unless it is to be carried out. */
export function isAtEnd(look: JobLook, carryOut: boolean): boolean {
  return look.state === 'done' || look.state === 'cancelled' || (look.state === 'planned' && look.dryRun && !carryOut)
}
