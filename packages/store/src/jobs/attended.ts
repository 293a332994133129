import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import type { JobState } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import type { AttemptProgress } from './attempt.ts'

/** A heartbeat older than this says that its process stalls or is gone; it may be replaced. Tests set it lower. */
export const staleAfterMs = Number(process.env['LONGSHORE_STALE_MS']) || 15_000

/**
 * Whether a process of this machine has ended. One that its parent has not taken note of yet has ended, too, though signals still reach it.
 * Nothing is known of other machines: their processes count as alive until their heartbeat is stale.
 */
export function isGone(host: string | null, pid: number): boolean {
  if (host !== hostname()) return false
  try { process.kill(pid, 0) } catch (error) { return (error as NodeJS.ErrnoException).code === 'ESRCH' }
  return isZombie(pid)
}

/** Linux tells; elsewhere nobody does. The name before the state stands in parentheses and may itself hold some. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
  } catch { return false }
}

/** SQL: whether an attempt `a` has not ended and its heart beats. Whether its process is there is not in the database: `isGone`. */
export function beats(a: string): string {
  return `(${a}.ended_at IS NULL AND ${a}.heartbeat_at >= clock_timestamp() - make_interval(secs => ${staleAfterMs / 1000}))`
}

/** SQL: jobs `j` with their last attempt `a`. */
export const lastAttempts = 'longshore.job j JOIN longshore.attempt a ON a.organization = j.organization AND a.job = j.number AND a.attempt = j.attempt'

/** A job that a process works on, and how far it has told that it is. */
export interface AttendedJob { job: number; object: string; startedBy: number | null; progress: AttemptProgress | null }

/** Jobs that a process works on, in their order. `which`: SQL about `j` and `a`. */
export async function attendedJobs(tx: Transaction, organization: Pick<Organization, 'id'>, which: string): Promise<AttendedJob[]> {
  const { rows } = await tx.query<AttendedJob & { host: string; pid: number }>(
    `SELECT j.number AS job, j.object, j.started_by AS "startedBy", a.progress, a.host, a.pid FROM ${lastAttempts} WHERE j.organization = $1 AND ${beats('a')} AND ${which} ORDER BY j.number`, [organization.id])
  return rows.filter(({ host, pid }) => !isGone(host, pid)).map(({ job, object, startedBy, progress }) => ({ job, object, startedBy, progress }))
}

/** The last attempt at a job, with the job's state at that same moment. `alive`: it has not ended, its heartbeat is fresh, and its process is there. */
export interface LastAttempt { state: JobState; attempt: number; host: string; pid: number; ended: boolean; alive: boolean }

/** Undefined where nobody tried yet. */
export async function lastAttempt(tx: Transaction, organization: Organization, job: number): Promise<LastAttempt | undefined> {
  return (await lastAttemptsAt(tx, organization, [job])).get(job)
}

/** The last attempt at each of some jobs that somebody tried, by the job's number. */
async function lastAttemptsAt(tx: Transaction, organization: Organization, jobs: readonly number[]): Promise<Map<number, LastAttempt>> {
  const { rows } = await tx.query<Omit<LastAttempt, 'alive'> & { number: number; beats: boolean }>(
    `SELECT j.number, j.state, a.attempt, a.host, a.pid, a.ended_at IS NOT NULL AS ended, ${beats('a')} AS beats FROM ${lastAttempts} WHERE j.organization = $1 AND j.number = ANY($2::integer[])`, [organization.id, jobs])
  return new Map(rows.map(({ number, beats: beating, ...rest }) => [number, { ...rest, alive: beating && !isGone(rest.host, rest.pid) }]))
}

/** Whether a process works on the job. */
export async function isAttended(tx: Transaction, organization: Organization, job: number): Promise<boolean> {
  return (await lastAttempt(tx, organization, job))?.alive ?? false
}

/** Which of some jobs no process works on. */
export async function unattendedJobs(tx: Transaction, organization: Organization, jobs: readonly number[]): Promise<ReadonlySet<number>> {
  if (jobs.length === 0) return new Set()
  const attempts = await lastAttemptsAt(tx, organization, jobs)
  return new Set(jobs.filter((job) => attempts.get(job)?.alive !== true))
}

/**
 * Which of some jobs were cut off: they say that they are read or written, and nobody is at it. A job whose rows wait to be checked again after a
 * correction was not. `state` is what the caller knows of each: a job that came to rest since is none.
 */
export async function interruptedJobs(tx: Transaction, organization: Organization, jobs: readonly { number: number; state: JobState }[]): Promise<ReadonlySet<number>> {
  const atWork = jobs.filter(({ state }) => state === 'running' || state === 'checking')
  if (atWork.length === 0) return new Set()
  const attempts = await lastAttemptsAt(tx, organization, atWork.map(({ number }) => number))
  return new Set(atWork.flatMap(({ number, state }) => {
    const last = attempts.get(number)
    return last !== undefined && last.state === state && !last.alive && (state === 'running' || !last.ended) ? [number] : []
  }))
}
