import { hostname } from 'node:os'
import type { Organization } from '../organizations/organization.ts'
import type { FieldUse } from '../objects/change-schema.ts'
import type { Transaction } from '../postgres/database.ts'
import { staleAfterMs } from './attempt.ts'

/**
 * Jobs that somebody should run and nobody does, oldest first: queued ones, and those whose last attempt was cut off: its heartbeat
 * is stale, or its process on this machine is gone.
 */
export async function jobsToRun(tx: Transaction, organization: Organization): Promise<number[]> {
  const { rows } = await tx.query<{ number: number; state: string; host: string | null; pid: number | null; ended: boolean; stale: boolean | null }>(
    `SELECT j.number, j.state, a.host, a.pid, a.ended_at IS NOT NULL AS ended, a.heartbeat_at < clock_timestamp() - make_interval(secs => $2) AS stale
     FROM longshore.job j LEFT JOIN longshore.attempt a ON a.organization = j.organization AND a.job = j.number AND a.attempt = j.attempt
     WHERE j.organization = $1 AND j.state IN ('queued', 'checking', 'running', 'undoing') ORDER BY j.number`, [organization.id, staleAfterMs / 1000])
  return rows.filter((job) => job.state === 'queued' || (job.pid !== null && !job.ended && (job.stale || isGone(job.host, job.pid)))).map((job) => job.number)
}

function isGone(host: string | null, pid: number): boolean {
  if (host !== hostname()) return false
  try { process.kill(pid, 0); return false } catch (error) { return (error as NodeJS.ErrnoException).code === 'ESRCH' }
}

/** Fields that jobs work with which are not at rest, are planned, or can still be undone: they must not be dropped. */
export async function fieldsInUse(tx: Transaction, organization: Organization): Promise<FieldUse[]> {
  const { rows } = await tx.query<FieldUse>(
    `SELECT DISTINCT ON (1, 2) t ->> 'object' AS object, t -> 'field' ->> 'name' AS field, j.number AS job
     FROM longshore.job j, jsonb_array_elements(j.compiled -> 'mapping' -> 'targets') t
     WHERE j.organization = $1 AND j.kind = 'import' AND j.state NOT IN ('undone') ORDER BY 1, 2, 3 DESC`, [organization.id])
  return rows
}
