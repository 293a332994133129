import type { Organization } from '../organizations/organization.ts'
import type { FieldUse } from '../objects/change-schema.ts'
import type { Transaction } from '../postgres/database.ts'
import { beats, isGone } from './attended.ts'
import { importsWithPlace } from './import-queue.ts'
import { maxAttempts } from './max-attempts.ts'
import { hasOpenTrial } from './trial.ts'

/** How long a job rests after an attempt that ended without finishing it, before a worker tries again. */
const retryAfterMs = 2_000
/** Whoever makes a job usually runs it: a worker leaves it to them for so long. */
const firstTryAfterMs = 2_000

/** A job by its organization's id. */
export interface JobToRun { organization: number; job: number }

/** By these the index job_open is found. */
const openStates = `'draft', 'checking', 'planned', 'queued', 'running'`

/**
 * Jobs of all organizations that somebody should run and nobody does, oldest first: those whose last attempt was cut off (it ended without
 * bringing the job to rest, its heartbeat is stale, or its process on this machine is gone), those that nobody began, and imports whose turn in
 * the queue has come. A draft waits for its person, and an import that is checked while its trial is taken back for the end of that.
 */
export async function jobsToRun(tx: Transaction): Promise<JobToRun[]> {
  const { rows } = await tx.query<JobToRun & { host: string | null; pid: number | null; queued: boolean; over: boolean; idle: boolean }>(
    `SELECT j.organization, j.number AS job, a.host, a.pid, j.kind = 'import' AND j.state = 'queued' AS queued, a.attempt IS NULL OR a.ended_at IS NOT NULL AS over,
       CASE WHEN a.attempt IS NULL THEN j.state IN ('queued', 'checking') AND j.created_at < clock_timestamp() - make_interval(secs => $1)
         WHEN a.ended_at IS NOT NULL THEN a.ended_at < clock_timestamp() - make_interval(secs => $2)
         ELSE NOT ${beats('a')} END AS idle
     FROM longshore.job j LEFT JOIN longshore.attempt a ON a.organization = j.organization AND a.job = j.number AND a.attempt = j.attempt
     WHERE j.state IN (${openStates}) AND (j.state IN ('queued', 'checking', 'running') OR (a.attempt IS NOT NULL AND ((j.state = 'draft' AND NOT j.reviewed) OR (j.state = 'planned' AND NOT j.dry_run))))
       AND j.attempt < $3 AND NOT (j.state = 'checking' AND j.dry_run AND ${hasOpenTrial('j')}) ORDER BY j.created_at, j.organization, j.number`, [firstTryAfterMs / 1000, retryAfterMs / 1000, maxAttempts])
  const places = new Map<number, number[]>()
  for (const { organization, queued } of rows) if (queued && !places.has(organization)) places.set(organization, await importsWithPlace(tx, { id: organization }))
  return rows.filter((row) => {
    const free = row.idle || (row.queued && row.over) || (row.pid !== null && isGone(row.host, row.pid))
    return free && (!row.queued || places.get(row.organization)?.includes(row.job) === true)
  }).map(({ organization, job }) => ({ organization, job }))
}

/** Fields that jobs work with which are not at rest, are planned, or can still be undone: they must not be dropped. */
export async function fieldsInUse(tx: Transaction, organization: Organization): Promise<FieldUse[]> {
  const { rows } = await tx.query<FieldUse>(
    `SELECT DISTINCT ON (1, 2) t ->> 'object' AS object, t -> 'field' ->> 'name' AS field, j.number AS job
     FROM longshore.job j, jsonb_array_elements(j.compiled -> 'mapping' -> 'targets') t
     WHERE j.organization = $1 AND j.kind = 'import' AND j.state NOT IN ('undone') AND j.rows_let_go_at IS NULL ORDER BY 1, 2, 3 DESC`, [organization.id])
  return rows
}
