import { Fault } from '@longshore/core'
import { loadSettings } from '../organizations/change-settings.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { checkFence, attemptLabel, type Attempt } from './attempt.ts'
import { attendedJobs } from './attended.ts'
import { changeState, readJob } from './job.ts'
import type { Job } from './job.ts'
import { maxAttempts } from './max-attempts.ts'
import { refuseUnshown } from './trial.ts'

/**
 * Lets an import begin to write where it may, else puts it into the queue; says which. An import that has begun already keeps its place before
 * all that wait. The organization's row is locked while places are counted: of any number of processes exactly `maxImports` imports get one.
 */
export async function admitImport(db: Database, attempt: Attempt): Promise<boolean> {
  const { organization, job } = attempt
  return db.transaction(null, async (tx) => {
    await tx.query('SELECT 1 FROM longshore.organization WHERE id = $1 FOR UPDATE', [organization.id]) // before the job's row, as everybody does who takes both
    await checkFence(tx, attempt, 'FOR UPDATE')
    const { rows: [mine] } = await tx.query<{ state: string; due: boolean; before: string }>(
      `SELECT state, start_at IS NULL OR start_at <= clock_timestamp() AS due,
         (SELECT count(*) FROM longshore.job q WHERE q.organization = j.organization AND q.number <> j.number AND ${waits('q')} AND (j.queued_at IS NULL OR (q.queued_at, q.number) < (j.queued_at, j.number))) AS before
       FROM longshore.job j WHERE organization = $1 AND number = $2`, [organization.id, job])
    const { maxImports = Infinity } = await loadSettings(tx, organization)
    const others = (await writingImports(tx, organization)).filter((number) => number !== job).length
    const admitted = mine?.due === true && others + (mine.state === 'running' ? 0 : Number(mine.before)) < maxImports
    await changeState(tx, organization, job, admitted ? 'running' : 'queued')
    return admitted
  }, { label: attemptLabel(attempt) })
}

/** Queued imports whose turn it is, first come first: as many as there are places. */
export async function importsWithPlace(tx: Transaction, organization: Pick<Organization, 'id'>): Promise<number[]> {
  const waiting = await waitingImports(tx, organization)
  if (waiting.length === 0) return []
  const { maxImports } = await loadSettings(tx, organization)
  return maxImports === undefined ? waiting : waiting.slice(0, Math.max(0, maxImports - (await writingImports(tx, organization)).length))
}

/** The places of imports that wait for others, from 1, by job. One that waits for a time has none. */
export async function queuePositions(tx: Transaction, organization: Pick<Organization, 'id'>): Promise<Map<number, number>> {
  return new Map((await waitingImports(tx, organization)).map((number, i) => [number, i + 1]))
}

/** Has a planned job carried out, not before `startAt` (ISO): it waits in the queue, and whoever serves the queue begins it. Throws `plan.outdated` and `trial.open` for what has not been shown. */
export async function startLater(tx: Transaction, organization: Organization, number: number, startAt: string): Promise<void> {
  await tx.query('SELECT 1 FROM longshore.job WHERE organization = $1 AND number = $2 FOR UPDATE', [organization.id, number])
  const job = await readJob(tx, organization, number)
  if (job.state !== 'planned' || !job.dryRun) throw new Fault('job.state', `Job ${number} is ${job.state}: only a planned job (a dry run) can be applied.`)
  await refuseUnshown(tx, organization, job)
  await tx.query('UPDATE longshore.job SET start_at = $3, dry_run = false WHERE organization = $1 AND number = $2', [organization.id, number, startAt])
  await changeState(tx, organization, number, 'queued')
}

/** A job that waits for a time waits for it no more. */
export async function startNow(tx: Transaction, organization: Organization, number: number): Promise<void> {
  await tx.query(`UPDATE longshore.job SET start_at = CASE WHEN start_at > clock_timestamp() THEN NULL ELSE start_at END, wanted = nullif(wanted, 'pause')
    WHERE organization = $1 AND number = $2 AND (start_at > clock_timestamp() OR wanted = 'pause')`, [organization.id, number])
}

/** An import of somebody else that is under way. */
export interface ColleagueImport { job: number; state: string; by: string; since: string }

/** Imports of the same object by others that write, will write, or rest half-way: what they change may meet what this one does. */
export async function colleaguesImporting(tx: Transaction, organization: Organization, { number, object, startedBy }: Pick<Job, 'number' | 'object' | 'startedBy'>): Promise<ColleagueImport[]> {
  const { rows } = await tx.query<ColleagueImport>(
    `SELECT j.number AS job, j.state, coalesce(m.name, 'the operator') AS by, to_char(coalesce(j.started_at, j.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
     FROM longshore.job j LEFT JOIN longshore.member m ON m.id = j.started_by
     WHERE j.organization = $1 AND j.number <> $2 AND j.kind = 'import' AND j.object = $3 AND j.started_by IS DISTINCT FROM $4
       AND (j.state IN ('queued', 'running', 'paused') OR (j.state IN ('checking', 'planned') AND NOT j.dry_run)) ORDER BY j.number DESC LIMIT 5`, [organization.id, number, object, startedBy])
  return rows
}

/** SQL: whether job `alias` waits for a place. One that was begun in vain too often is left to people, and keeps nobody waiting. */
function waits(alias: string): string {
  return `${alias}.kind = 'import' AND ${alias}.state = 'queued' AND ${alias}.attempt < ${maxAttempts} AND (${alias}.start_at IS NULL OR ${alias}.start_at <= clock_timestamp())`
}

async function waitingImports(tx: Transaction, organization: Pick<Organization, 'id'>): Promise<number[]> {
  const { rows } = await tx.query<{ number: number }>(`SELECT j.number FROM longshore.job j WHERE j.organization = $1 AND ${waits('j')} ORDER BY j.queued_at, j.number`, [organization.id])
  return rows.map(({ number }) => number)
}

/** Imports that write at this moment. One whose process is gone holds no place: it asks for one when it is taken up again. */
async function writingImports(tx: Transaction, organization: Pick<Organization, 'id'>): Promise<number[]> {
  return (await attendedJobs(tx, organization, `j.kind = 'import' AND j.state = 'running'`)).map(({ job }) => job)
}
