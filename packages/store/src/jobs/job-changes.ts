import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { attendedJobs } from './attended.ts'
import type { AttemptProgress } from './attempt.ts'

/** A change of a job, and whose it is (null: the operator's). A job that changed several times stands here once, with its last version. */
export interface JobChange { job: number; version: string; startedBy: number | null }

/** Versions that are asked for once more: the change of a transaction that commits late has a version from when it began. */
export const lateChanges = 50
/** Changes that are told at once at most; whoever was away for longer looks at the list. */
const most = 200

/** Jobs that changed since `since`, in the order of their changes, and perhaps some that were seen before. */
export async function jobChanges(tx: Transaction, organization: Organization, since: string): Promise<JobChange[]> {
  const { rows } = await tx.query<JobChange>(
    `SELECT number AS job, version::text, "startedBy" FROM (SELECT number, version, started_by AS "startedBy" FROM longshore.job WHERE organization = $1 AND version > $2::bigint - ${lateChanges} ORDER BY version DESC LIMIT ${most}) j ORDER BY j.version`,
    [organization.id, since])
  return rows
}

/** How far a job is that some process works on. */
export type JobAtWork = AttemptProgress & { job: number; object: string; startedBy: number | null }

/** How far the jobs are that any process works on. What stalls is left out. */
export async function jobsAtWork(tx: Transaction, organization: Organization): Promise<JobAtWork[]> {
  const jobs = await attendedJobs(tx, organization, `a.progress <> 'null'`)
  return jobs.flatMap(({ job, object, startedBy, progress }) => (progress === null ? [] : [{ ...progress, job, object, startedBy }]))
}

/** The version of the last change of any job of the organization. */
export async function lastJobVersion(tx: Transaction, organization: Organization): Promise<string> {
  const { rows: [row] } = await tx.query<{ version: string }>('SELECT coalesce(max(version), 0)::text AS version FROM longshore.job WHERE organization = $1', [organization.id])
  return row?.version ?? '0'
}
