import type { Organization } from '../organizations/organization.ts'
import type { FieldUse } from '../objects/change-schema.ts'
import type { Transaction } from '../postgres/database.ts'
import { isGone, staleAfterMs } from './attended.ts'

/** How long a job rests after an attempt that ended without finishing it, before a worker tries again. */
const retryAfterMs = 2_000
/** Attempts after which a worker leaves a job to people: something ends it again and again. */
const maxAttempts = 100
/** Whoever makes a job usually runs it: a worker leaves it to them for so long. */
const firstTryAfterMs = 2_000

/**
 * Jobs that somebody should run and nobody does, oldest first: queued ones, and those whose last attempt was cut off: it ended without
 * bringing the job to rest, its heartbeat is stale, or its process on this machine is gone. A draft waits for its person.
 */
export async function jobsToRun(tx: Transaction, organization: Organization): Promise<number[]> {
  const { rows } = await tx.query<{ number: number; host: string | null; pid: number | null; idle: boolean }>(
    `SELECT j.number, a.host, a.pid, CASE WHEN a.attempt IS NULL THEN j.state IN ('queued', 'checking') AND j.created_at < clock_timestamp() - make_interval(secs => $4)
         WHEN a.ended_at IS NOT NULL THEN a.ended_at < clock_timestamp() - make_interval(secs => $3)
         ELSE a.heartbeat_at < clock_timestamp() - make_interval(secs => $2) END AS idle
     FROM longshore.job j LEFT JOIN longshore.attempt a ON a.organization = j.organization AND a.job = j.number AND a.attempt = j.attempt
     WHERE j.organization = $1 AND (j.state IN ('queued', 'checking', 'running') OR (a.attempt IS NOT NULL AND ((j.state = 'draft' AND NOT j.reviewed) OR (j.state = 'planned' AND NOT j.dry_run))))
       AND j.attempt < $5 ORDER BY j.number`, [organization.id, staleAfterMs / 1000, retryAfterMs / 1000, firstTryAfterMs / 1000, maxAttempts])
  return rows.filter((job) => job.idle || (job.pid !== null && isGone(job.host, job.pid))).map((job) => job.number)
}

/** Fields that jobs work with which are not at rest, are planned, or can still be undone: they must not be dropped. */
export async function fieldsInUse(tx: Transaction, organization: Organization): Promise<FieldUse[]> {
  const { rows } = await tx.query<FieldUse>(
    `SELECT DISTINCT ON (1, 2) t ->> 'object' AS object, t -> 'field' ->> 'name' AS field, j.number AS job
     FROM longshore.job j, jsonb_array_elements(j.compiled -> 'mapping' -> 'targets') t
     WHERE j.organization = $1 AND j.kind = 'import' AND j.state NOT IN ('undone') AND j.rows_let_go_at IS NULL ORDER BY 1, 2, 3 DESC`, [organization.id])
  return rows
}
