import { hostname } from 'node:os'
import { Fault, failpoint, hasBug } from '@longshore/core'
import type { JobState } from '@longshore/core'
import { lastAttempt } from './attended.ts'
import { awaitedBy } from './awaited.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database, Transaction, TransactionOptions } from '../postgres/database.ts'

/** One try at a job by one process. Whoever holds the highest number may write; all others find out and stop. */
export interface Attempt {
  organization: Organization
  job: number
  attempt: number
  /** Somebody wished for a pause before it had begun. */
  pauseWanted?: boolean
}

/** Wishes (pause, cancel) and people who wait for an object are read with each beat, so this is also how long they may go unnoticed. */
const heartbeatEveryMs = 250

export function attemptLabel(attempt: Attempt): string {
  return `longshore job ${attempt.organization.id}/${attempt.job} attempt ${attempt.attempt}`
}

/**
 * Takes the job over by raising its attempt number. A predecessor that is alive is left alone (Fault `job.busy`) unless its
 * heartbeat is stale; then its open transactions are ended first, so that nothing of it can still commit.
 */
export async function beginAttempt(db: Database, organization: Organization, job: number): Promise<Attempt> {
  const before = await db.transaction(null, (tx) => lastAttempt(tx, organization, job))
  if (before?.alive) throw jobBusy(job, before)
  if (before && !before.ended) await endConnections(db, attemptLabel({ organization, job, attempt: before.attempt }))
  await failpoint('attempt.before-raise')
  const attempt = await db.transaction(null, async (tx) => {
    // the predecessor may have been replaced meanwhile by somebody else: then that one has it
    const { rows } = await tx.query<{ attempt: number }>('SELECT attempt FROM longshore.job WHERE organization = $1 AND number = $2 FOR UPDATE', [organization.id, job])
    const current = rows[0]?.attempt
    if (current === undefined) throw new Fault('job.unknown', `There is no job ${job}.`)
    if (current !== (before?.attempt ?? 0)) throw new Fault('job.busy', `Job ${job} was just taken over by another process.`, { remedy: 'retry' })
    const next = current + 1
    // one that was cut off did not say how long it worked; its heart did, up to its last beat
    await tx.query(`UPDATE longshore.job j SET worked_ms = worked_ms + round(extract(epoch FROM a.heartbeat_at - a.started_at) * 1000)
      FROM longshore.attempt a WHERE j.organization = $1 AND j.number = $2 AND a.organization = $1 AND a.job = $2 AND a.attempt = $3 AND a.ended_at IS NULL`, [organization.id, job, current])
    // a wish to pause goes when the job rests or somebody has it go on; one that stands was made since, of a job that nobody ran yet
    const { rows: [begun] } = await tx.query<{ paused: boolean }>(`UPDATE longshore.job SET attempt = $3, wanted = nullif(wanted, 'cancel'), error = NULL, started_at = coalesce(started_at, clock_timestamp()) WHERE organization = $1 AND number = $2
      RETURNING coalesce(wanted = 'pause', false) AS paused`, [organization.id, job, next])
    // whoever runs it reads the catalog after this
    await tx.query('INSERT INTO longshore.attempt (organization, job, attempt, host, pid, catalog_version) SELECT $1, $2, $3, $4, $5, metadata_version FROM longshore.organization WHERE id = $1', [organization.id, job, next, hostname(), process.pid])
    return { organization, job, attempt: next, ...(begun?.paused === true ? { pauseWanted: true } : {}) }
  }, { settings: { lock_timeout: '10s' } })
  // once more under the new number: a transaction that began between the two looks is ended, too
  if (before && !before.ended) await endConnections(db, attemptLabel({ organization, job, attempt: before.attempt }))
  return attempt
}

/** Says who runs the job. */
export function jobBusy(job: number, { host, pid }: { host: string; pid: number }): Fault {
  return new Fault('job.busy', `Job ${job} is being run by process ${pid} on ${host}. Wait for it, or pause it with "longshore pause ${job}".`, { remedy: 'retry' })
}

async function endConnections(db: Database, label: string): Promise<void> {
  await db.transaction(null, (tx) => tx.query('SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 AND pid <> pg_backend_pid()', [label]))
}

/**
 * A transaction of an attempt: checks the fence first and holds it to the end, so a replaced attempt writes nothing.
 * Runs as the organization's role.
 */
export function fenced<T>(db: Database, attempt: Attempt, work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
  return db.transaction(attempt.organization, behindFence(attempt, work), { ...options, label: attemptLabel(attempt) })
}

/** The same beside another one that is open, where a connection is to be had at once; else null. */
export function fencedBeside<T>(db: Database, attempt: Attempt, work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> | null {
  return db.transactionBeside(attempt.organization, behindFence(attempt, work), { ...options, label: attemptLabel(attempt) })
}

function behindFence<T>(attempt: Attempt, work: (tx: Transaction) => Promise<T>): (tx: Transaction) => Promise<T> {
  return async (tx) => {
    await checkFence(tx, attempt)
    return work(tx)
  }
}

/** The same for facts about the job itself, which only the system may write. */
export function fencedSystem<T>(db: Database, attempt: Attempt, work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
  return db.transaction(null, async (tx) => {
    await checkFence(tx, attempt, 'FOR UPDATE')
    return work(tx)
  }, { ...options, label: attemptLabel(attempt) })
}

/**
 * The weakest lock that a takeover (FOR UPDATE) waits for. FOR SHARE would hold off wishes, too, which are an UPDATE of the same row: chunks
 * over two connections overlap, each new one joins the lock, and a wish to pause waited until the job was through.
 */
export async function checkFence(tx: Transaction, attempt: Attempt, lock: 'FOR KEY SHARE' | 'FOR UPDATE' = 'FOR KEY SHARE'): Promise<void> {
  if (hasBug('no-fence-check')) return
  const { rows } = await tx.query(`SELECT 1 FROM longshore.job WHERE organization = $1 AND number = $2 AND attempt = $3 ${lock}`,
    [attempt.organization.id, attempt.job, attempt.attempt])
  if (rows.length === 0) throw new Fault('attempt.replaced', `Another process has taken over job ${attempt.job}; this one stops without writing.`, { remedy: 'stop' })
}

export interface Heart {
  /** What the person asked for since the attempt began; looked at between chunks. */
  wanted(): 'pause' | 'cancel' | null
  /** True once another attempt was seen. */
  replaced(): boolean
  /** A person waits to write an object that this job writes. */
  awaited(): boolean
  stop(): Promise<void>
}

/** How far an attempt is, as those who watch the job are told. */
export interface AttemptProgress { state: JobState; phase: string; done: number; total: number | null }

/** Beats until stopped, takes along how far the attempt is, and brings back what the person wants of the job. */
export function startHeart(db: Database, attempt: Attempt, progress: () => AttemptProgress | null = () => null): Heart {
  let wanted: 'pause' | 'cancel' | null = attempt.pauseWanted === true ? 'pause' : null
  let replaced = false
  let awaited = false
  let beating: Promise<void> | null = null
  const beat = async (): Promise<void> => {
    const { rows } = await db.transaction(null, (tx) => tx.query<{ wanted: 'pause' | 'cancel' | null; attempt: number; awaited: boolean }>(
      `WITH beat AS (UPDATE longshore.attempt SET heartbeat_at = clock_timestamp(), progress = $4 WHERE organization = $1 AND job = $2 AND attempt = $3)
       SELECT wanted, attempt, ${awaitedBy(attempt.organization)} AS awaited FROM longshore.job WHERE organization = $1 AND number = $2`, [attempt.organization.id, attempt.job, attempt.attempt, JSON.stringify(progress())]), { durable: false })
    wanted = rows[0]?.wanted ?? wanted
    replaced = rows[0] !== undefined && rows[0].attempt !== attempt.attempt
    awaited = rows[0]?.awaited ?? false
  }
  const timer = setInterval(() => {
    // one at a time: beats that queue up behind a slow database would all have to end before the heart stops;
    // a lost beat is made up by the next; the fence does not depend on it
    beating ??= beat().catch(() => undefined).finally(() => { beating = null })
  }, heartbeatEveryMs)
  return {
    wanted: () => wanted,
    replaced: () => replaced,
    awaited: () => awaited,
    stop: async () => { clearInterval(timer); await beating },
  }
}

/** Marks the attempt as ended, so that a successor need not wait for its heartbeat to grow stale. */
export async function endAttempt(db: Database, attempt: Attempt, workedMs: number): Promise<void> {
  await db.transaction(null, async (tx) => {
    await tx.query('UPDATE longshore.attempt SET ended_at = clock_timestamp() WHERE organization = $1 AND job = $2 AND attempt = $3', [attempt.organization.id, attempt.job, attempt.attempt])
    await tx.query('UPDATE longshore.job SET worked_ms = worked_ms + $4 WHERE organization = $1 AND number = $2 AND attempt = $3', [attempt.organization.id, attempt.job, attempt.attempt, Math.round(workedMs)])
  })
}

/** Whether the attempt still is the job's newest: when its connection was ended, this tells whether a successor did that. */
export async function isReplaced(db: Database, attempt: Attempt): Promise<boolean> {
  const { rows } = await db.transaction(null, (tx) => tx.query<{ attempt: number }>(
    'SELECT attempt FROM longshore.job WHERE organization = $1 AND number = $2', [attempt.organization.id, attempt.job]), { readOnly: true })
  return rows[0] !== undefined && rows[0].attempt !== attempt.attempt
}
