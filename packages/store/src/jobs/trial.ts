import { Fault, outcomes } from '@longshore/core'
import type { JobState } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Doer } from '../people/audit.ts'
import { outcomeRows } from '../plan/plain-rows.ts'
import { firstPlanSeq } from '../plan/resolve-references.ts'
import { triedRows } from '../plan/tried-rows.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { insertJob, patchJob, readJob, type Job } from './job.ts'
import { outdatedPlan } from './outdated-plan.ts'
import type { StartRequest } from './job-of-request.ts'

/** A trial as the job that it belongs to tells of it. */
export interface Trial {
  job: number
  state: JobState
  rows: number
  /** The job that is to end before it is known which rows the trial leaves: itself, or an undo of it or of that undo. */
  open: { job: number; state: JobState } | null
  /** Taken back: rows that the job leaves out nevertheless, for the undo kept their records. */
  kept: number
}

const over = `('done', 'cancelled', 'undone')`

/** Newest first. */
export async function trialsOf(tx: Transaction, organization: Organization, number: number): Promise<Trial[]> {
  const { rows } = await tx.query<Trial>(
    `WITH RECURSIVE step AS (
       SELECT t.number AS trial, t.number, t.state FROM longshore.job t WHERE t.organization = $1 AND t.trial_of = $2
       UNION ALL SELECT s.trial, u.number, u.state FROM step s JOIN longshore.job u ON u.organization = $1 AND u.undoes = s.number)
     SELECT t.number AS job, t.state, coalesce(t.rows, 0)::integer AS rows,
       (SELECT json_build_object('job', s.number, 'state', s.state) FROM step s WHERE s.trial = t.number AND s.state NOT IN ${over} ORDER BY s.number DESC LIMIT 1) AS open,
       CASE WHEN t.state = 'undone' THEN (SELECT count(*)::integer FROM ${quoteIdentifier(organization.schema)}._tried k WHERE k.job = $2 AND k.trial = t.number AND k.kept) ELSE 0 END AS kept
     FROM longshore.job t WHERE t.organization = $1 AND t.trial_of = $2 ORDER BY t.number DESC`, [organization.id, number])
  return rows
}

/** SQL: whether a trial of job `j`, an undo of it or of that undo has not ended: what `refuseDuringTrial` refuses. */
export function hasOpenTrial(j: string): string {
  return `EXISTS (WITH RECURSIVE step AS (
    SELECT t.number, t.state FROM longshore.job t WHERE t.organization = ${j}.organization AND t.trial_of = ${j}.number
    UNION ALL SELECT u.number, u.state FROM step s JOIN longshore.job u ON u.organization = ${j}.organization AND u.undoes = s.number) SELECT 1 FROM step s WHERE s.state NOT IN ${over})`
}

/** Trials whose rows the job leaves out, or may yet leave out. */
export function standing(trials: readonly Trial[]): Trial[] {
  return trials.filter(({ state, open, kept }) => state !== 'undone' || open !== null || kept > 0)
}

/** While a trial runs, rests half-way or is being taken back, nobody can say which rows are left. */
export function refuseDuringTrial(number: number, trials: readonly Trial[]): void {
  const trial = trials.find(({ open }) => open !== null)
  if (!trial?.open) return
  const { job, state } = trial.open
  throw new Fault('trial.open', `Job ${job} ${job === trial.job ? 'tries' : `takes back or brings back job ${trial.job}, which tries`} rows of job ${number}, and is ${state}. Which rows are left is known once it is over: wait for it, go on with it, or cancel it.`, { remedy: 'retry' })
}

/** The same, and a plan that rows changed under: what has not been shown is not begun. The job's row is to be held. */
export async function refuseUnshown(tx: Transaction, organization: Organization, job: Job): Promise<void> {
  refuseDuringTrial(job.number, await trialsOf(tx, organization, job.number))
  if (job.checkpoint.planned !== true) throw outdatedPlan(job.number)
}

/**
 * Makes an import of the first `rows` rows that a planned job has not tried and nobody left out: the rows as they are checked and corrected, with
 * their fixes. It is a job of its own, to be run and undone like any other. The plan of the job is out of date from now on.
 */
export async function createTrial(db: Database, organization: Organization, number: number, { rows, effectiveAt, by, request }: { rows: number; effectiveAt: string; by: Doer; request: StartRequest | null }): Promise<Job> {
  return db.transaction(null, async (tx) => {
    await tx.query('SELECT 1 FROM longshore.organization WHERE id = $1 FOR UPDATE', [organization.id]) // before the job's row, as everybody does who takes both
    await tx.query('SELECT 1 FROM longshore.job WHERE organization = $1 AND number = $2 FOR UPDATE', [organization.id, number])
    const whole = await readJob(tx, organization, number)
    if (whole.kind !== 'import' || whole.state !== 'planned' || !whole.dryRun) throw new Fault('job.state', `Job ${number} is ${whole.state}: rows can be tried of an import that is planned and has not begun.`)
    await refuseUnshown(tx, organization, whole)

    const trial = await insertJob(tx, organization, {
      kind: 'import', state: 'checking', object: whole.object, operation: whole.operation, definition: whole.definition, compiled: { ...whole.compiled as object, resultsDirectory: null },
      sourceName: whole.sourceName, sourceFile: whole.sourceFile, layout: whole.layout, metadataVersion: whole.metadataVersion, reviewed: whole.reviewed, effectiveAt, by, request, trialOf: number,
      startedBy: whole.startedBy, // it meets the records that the plan meets, whoever has it tried; who that is, the audit says
    })
    const schema = quoteIdentifier(organization.schema)
    const values = [number, trial.number]
    const { rowCount } = await tx.query(
      `INSERT INTO ${schema}._staged (job, row_number, errors, create_errors, cells, keys, defaulted, source, original, fixes)
       SELECT $2, s.row_number, s.errors, s.create_errors, s.cells, s.keys, s.defaulted, s.source, s.original, s.fixes FROM ${schema}._staged s WHERE s.job = $1
         AND NOT EXISTS (SELECT 1 FROM ${schema}._left_out l WHERE l.job = s.job AND l.row_number = s.row_number) AND NOT EXISTS (SELECT 1 FROM ${triedRows(organization)} t WHERE t.job = s.job AND t.row_number = s.row_number)
       ORDER BY s.row_number LIMIT ${Math.trunc(rows)}`, values)
    if (rowCount === 0) throw new Fault('trial.nothing', `Job ${number} has no row left to try: all were tried or left out.`)
    await tx.query(`INSERT INTO ${schema}._issue SELECT $2::integer AS job, i.row_number, i.seq, i.code, i.severity, i.on_create, i.column_name, i.field, i.value, i.message FROM ${schema}._issue i
      JOIN ${schema}._staged s ON s.job = $2::integer AND s.row_number = i.row_number WHERE i.job = $1 AND i.seq < ${firstPlanSeq}`, values)
    await tx.query(`INSERT INTO ${schema}._fix (job, number, fix, ranges, undone, touched, by, at) SELECT $2, f.number, f.fix, f.ranges, f.undone, f.touched, f.by, f.at FROM ${schema}._fix f WHERE f.job = $1`, values)
    const { rows: [last] } = await tx.query<{ row: string }>(`SELECT max(row_number) AS row FROM ${schema}._staged WHERE job = $1`, [trial.number])
    await patchJob(tx, organization, trial.number, { rows: rowCount, checkpoint: { staged: true, planned: false, lastRow: Number(last?.row ?? 0) } })
    await patchJob(tx, organization, number, { counts: null, checkpoint: { planned: false } })
    return readJob(tx, organization, trial.number)
  })
}

/** Notes which rows a trial has dealt with, as it ends: all but those that failed or were never reached. */
export async function noteTried(tx: Transaction, organization: Organization, trial: Job): Promise<void> {
  if (trial.trialOf === null) return
  const schema = quoteIdentifier(organization.schema)
  await tx.query(`INSERT INTO ${schema}._tried (job, row_number, trial) SELECT $2, o.row_number, $1 FROM ${outcomeRows(schema)} o
    WHERE o.job = $1 AND o.outcome NOT IN (${outcomes.indexOf('failed')}, ${outcomes.indexOf('excluded')}) ON CONFLICT DO NOTHING`, [trial.number, trial.trialOf])
}

/** Notes which rows a trial that was taken back leaves done: those whose record stands, since the undo kept it. */
export async function noteKept(tx: Transaction, organization: Organization, trial: Job): Promise<void> {
  if (trial.trialOf === null) return
  const schema = quoteIdentifier(organization.schema)
  const made = [outcomes.indexOf('created'), outcomes.indexOf('flagged')]
  await tx.query(`UPDATE ${schema}._tried SET kept = row_number IN (SELECT o.row_number FROM ${outcomeRows(schema)} o JOIN ${schema}.${quoteIdentifier(trial.object)} r ON r.id = o.record
      WHERE o.job = $1 AND o.outcome IN (${made.join(', ')}) AND r.deleted_at IS NULL)
    WHERE job = $2 AND trial = $1`, [trial.number, trial.trialOf])
}
