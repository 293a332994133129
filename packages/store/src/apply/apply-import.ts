import { failpoint, mayUpdate } from '@longshore/core'
import { fenced, fencedSystem } from '../jobs/attempt.ts'
import { patchJob, readJob } from '../jobs/job.ts'
import { readWrites, takeWriters } from '../jobs/writer.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { loneMerge } from '../plan/lone-rows.ts'
import { names, outcomeNumber, reasonNumber } from '../plan/plan-context.ts'
import { writeOutcomes } from '../plan/plain-rows.ts'
import { planImport, readObjects, writtenObjects } from '../plan/plan-import.ts'
import { atMoment, stampPlan } from '../plan/stamp-plan.ts'
import { applyChunk, type ChunkRange } from './apply-chunk.ts'
import { applyStatements } from './apply-statements.ts'
import type { ApplyContext } from './chunk-rows.ts'

export interface ApplySettings {
  /** Rows per transaction. */
  chunkRows: number
  /** Transactions under way at once. */
  connections: number
}

export const defaultApplySettings: ApplySettings = { chunkRows: 20_000, connections: 2 }

/**
 * Becomes the writer of the job's objects and makes sure that the plan still holds: when anybody wrote since it was made, the rows
 * that are not applied yet are planned again by the same code. The first time settles what the job writes as "now", for good: `now`, or the
 * moment that it was planned with where that is no earlier. Returns the job with its moment. Throws `writer.busy` while another job writes.
 */
export async function beginApply(db: Database, planned: ApplyContext, now: string, settings: ApplySettings): Promise<ApplyContext> {
  const { attempt: { organization, job: number } } = planned
  const objects = writtenObjects(planned)
  const read = readObjects(planned)
  const byOtherRules = await isPlannedByOtherRules(db, planned)
  const moment = await fencedSystem(db, planned.attempt, async (tx) => {
    const job = await readJob(tx, organization, number)
    const writes = await takeWriters(tx, planned.attempt, objects)
    const referred = await readWrites(tx, organization, number, read)
    const drifted = objects.some((object) => writes[object]?.before !== (job.seen[object] ?? '0')) || read.some((object) => referred[object] !== (job.seen[object] ?? '0')) || byOtherRules
    const began = job.checkpoint.began === true || await hasApplied(tx, planned)
    const later = !began && Date.parse(now) > Date.parse(job.effectiveAt)
    await patchJob(tx, organization, number, {
      seen: { ...referred, ...Object.fromEntries(objects.map((object) => [object, writes[object]?.after ?? '0'])) },
      ...(later ? { effectiveAt: now } : {}),
      // told in the same transaction: a crash before the new plan is complete must not leave the old one standing
      checkpoint: { began: true, ...(later ? { plannedAt: job.effectiveAt } : {}), ...(drifted ? { planned: false, drifted: true } : {}) },
    })
    await failpoint('apply.before-writer-commit')
    return later ? now : job.effectiveAt
  })
  await failpoint('apply.after-writer')
  const apply = atMoment(planned, moment)
  const { checkpoint } = await db.transaction(null, (tx) => readJob(tx, organization, number))
  if (checkpoint.planned) await stampPlan(db, apply)
  else await planImport(db, { ...apply, onlyUnapplied: true }, settings)
  return apply
}

/** Whether rows of the job are written. A program before this one did not keep that a job had begun, and wrote with the moment that it has. */
async function hasApplied(tx: Transaction, { attempt }: ApplyContext): Promise<boolean> {
  const { table } = names(attempt)
  // chunks that are opened again leave their outcomes
  const { rows } = await tx.query(`(SELECT 1 FROM ${table('_chunk')} WHERE job = $1 LIMIT 1) UNION ALL (SELECT 1 FROM ${table('_outcome')} WHERE job = $1 LIMIT 1)`, [attempt.job])
  return rows.length > 0
}

/** Whether the plan has lone updates, and the fields or criteria have changed since so that only core can merge them now. */
async function isPlannedByOtherRules(db: Database, { attempt, rules }: ApplyContext): Promise<boolean> {
  if (!mayUpdate(rules) || loneMerge(rules) !== null) return false
  const { rows } = await fenced(db, attempt, (tx) => tx.query(`SELECT 1 FROM ${names(attempt).table('_plan')} WHERE job = $1 AND mark IS NOT NULL LIMIT 1`, [attempt.job]))
  return rows.length > 0
}

/**
 * Applies what is not applied yet, chunk by chunk over a few connections, until all is done or `stop` says so between chunks.
 * Returns whether everything is applied.
 */
export async function applyPlan(db: Database, apply: ApplyContext, settings: ApplySettings, watch: { stop(): boolean; applied(rows: number): void }): Promise<boolean> {
  const statements = { within: applyStatements(apply, 'within'), followers: applyStatements(apply, 'followers'), reopened: applyStatements(apply, 'reopened') }
  const ranges = pendingRanges(await appliedRanges(db, apply), apply.lastRow, settings.chunkRows)
  let next = 0
  let failure: unknown = null
  const work = async (): Promise<void> => {
    while (failure === null && !watch.stop()) {
      const range = ranges[next++]
      if (!range) return
      try {
        await applyChunk(db, apply, statements, range)
        watch.applied(Math.min(range.last, apply.lastRow + 1) - range.first)
      } catch (error) { failure ??= error }
    }
  }
  await Promise.all(Array.from({ length: settings.connections }, work))
  if (failure !== null) throw failure
  return next > ranges.length || ranges.length === 0 || (await pendingCount(db, apply, settings)) === 0
}

async function pendingCount(db: Database, apply: ApplyContext, settings: ApplySettings): Promise<number> {
  return pendingRanges(await appliedRanges(db, apply), apply.lastRow, settings.chunkRows).length
}

async function appliedRanges(db: Database, apply: ApplyContext): Promise<ChunkRange[]> {
  const { rows } = await fenced(db, apply.attempt, (tx) => tx.query<{ first: string; last: string }>(
    `SELECT first, last FROM ${names(apply.attempt).table('_chunk')} WHERE job = $1 ORDER BY first`, [apply.attempt.job]))
  return rows.map(({ first, last }) => ({ first: Number(first), last: Number(last) }))
}

/** What `done` leaves of 1 … lastRow, cut into ranges of at most `chunkRows`. `done` is ordered and does not overlap. */
export function pendingRanges(done: readonly ChunkRange[], lastRow: number, chunkRows: number): ChunkRange[] {
  const pending: ChunkRange[] = []
  let at = 1
  for (const { first, last } of [...done, { first: lastRow + 1, last: lastRow + 1 }]) {
    for (; at < first; at = Math.min(at + chunkRows, first)) pending.push({ first: at, last: Math.min(at + chunkRows, first) })
    at = Math.max(at, last)
  }
  return pending
}

/** Gives every row without an outcome the outcome *excluded*: the person cancelled before it was its turn. */
export async function excludeRest(db: Database, apply: Pick<ApplyContext, 'attempt'>): Promise<void> {
  const { table } = names(apply.attempt)
  await fenced(db, apply.attempt, async (tx) => {
    await writeOutcomes(tx, apply.attempt)
    await tx.query(
    `INSERT INTO ${table('_outcome')} (job, row_number, outcome, reason)
     SELECT s.job, s.row_number, ${outcomeNumber('excluded')}, ${reasonNumber('cancelled')} FROM ${table('_staged')} s
     WHERE s.job = $1 AND NOT EXISTS (SELECT 1 FROM ${table('_outcome')} o WHERE o.job = s.job AND o.row_number = s.row_number)`, [apply.attempt.job])
    await failpoint('apply.before-exclude-commit')
  })
  await failpoint('apply.after-exclude')
}

/** First row beyond the last applied chunk; 0 when nothing is applied. */
export async function highestApplied(db: Database, apply: Pick<ApplyContext, 'attempt'>): Promise<number> {
  const { rows } = await fenced(db, apply.attempt, (tx) => tx.query<{ last: string | null }>(
    `SELECT max(last) AS last FROM ${names(apply.attempt).table('_chunk')} WHERE job = $1`, [apply.attempt.job]))
  return Number(rows[0]?.last ?? 0)
}
