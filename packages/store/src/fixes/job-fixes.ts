import { Fault } from '@longshore/core'
import type { Fix, JobState, RowRanges, StoredFix } from '@longshore/core'
import { noSuchJob } from '../jobs/job.ts'
import type { Checkpoint } from '../jobs/job.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { refuseDuringTrial, trialsOf } from '../jobs/trial.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** A fix with what became of it. */
export interface KeptFix extends StoredFix {
  undone: boolean
  /** How many rows were checked again, or left out, because of it, when it was last changed. */
  touched: number
  by: string | null
  at: string
}

type Row = { number: number; fix: Fix; ranges: string[] | null; undone: boolean; touched: string; by: string | null; at: string }

/** All fixes of a job in their order, those that were undone among them. */
export async function listFixes(tx: Transaction, organization: Organization, job: number): Promise<KeptFix[]> {
  const { rows } = await tx.query<Row>(
    `SELECT number, fix, ranges, undone, touched, by, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM ${fixTable(organization)} WHERE job = $1 ORDER BY number`, [job])
  return rows.map(({ ranges, touched, ...row }) => ({ ...row, rows: ranges === null ? null : pairs(ranges), touched: Number(touched) }))
}

/** The fixes that are carried out, in their order. */
export async function activeFixes(tx: Transaction, organization: Organization, job: number): Promise<StoredFix[]> {
  return (await listFixes(tx, organization, job)).filter(({ undone }) => !undone).map(({ number, fix, rows }) => ({ number, fix, rows }))
}

export interface NewFix extends StoredFix { touched: number; by: string | null }

export async function insertFix(tx: Transaction, organization: Organization, job: number, { number, fix, rows, touched, by }: NewFix): Promise<void> {
  await tx.query(`INSERT INTO ${fixTable(organization)} (job, number, fix, ranges, touched, by) VALUES ($1, $2, $3, $4, $5, $6)`,
    [job, number, JSON.stringify(fix), rows === null ? null : rows.flat(), touched, by])
}

export async function setUndone(tx: Transaction, organization: Organization, job: number, number: number, undone: boolean, touched: number): Promise<void> {
  await tx.query(`UPDATE ${fixTable(organization)} SET undone = $3, touched = $4 WHERE job = $1 AND number = $2`, [job, number, undone, touched])
}

/** What decides whether the rows of a job may be corrected. */
export interface FixableJob { state: JobState; checkpoint: Checkpoint; reviewed: boolean; fixes: number }

/**
 * Holds the job for one change of its fixes: who plans it at this moment is waited for, and another editor comes after. A Fault
 * `fix.too-late`, `fix.too-early` or `trial.open` where its rows cannot be corrected.
 */
export async function lockForFix(tx: Transaction, organization: Organization, job: number): Promise<FixableJob> {
  const { rows: [found] } = await tx.query<FixableJob & { dryRun: boolean }>(
    'SELECT state, checkpoint, reviewed, fixes, dry_run AS "dryRun" FROM longshore.job WHERE organization = $1 AND number = $2 FOR UPDATE', [organization.id, job])
  if (!found) throw noSuchJob(job)
  if (!found.reviewed) throw new Fault('fix.not-reviewed', `The rows of job ${job} are not kept as their file has them: only those of a draft or a dry run can be corrected. Correct its error report and import that.`)
  if (found.state === 'draft' || found.state === 'checking') throw new Fault('fix.too-early', `Job ${job} is ${found.state}: its rows can be corrected once they are checked.`, { remedy: 'retry' })
  if (found.state !== 'planned' || !found.dryRun || !found.checkpoint.staged) throw new Fault('fix.too-late', `Job ${job} is ${found.state}: its rows can be corrected only while it is planned and not begun.`)
  refuseDuringTrial(job, await trialsOf(tx, organization, job))
  return found
}

/** Raises the number of the job's fixes, and says that its plan is out of date; `whole`: that its rows are to be checked again from the file. As the system. */
export async function noteFixes(tx: Transaction, organization: Organization, job: number, whole: boolean): Promise<void> {
  await tx.query(`UPDATE longshore.job SET fixes = fixes + 1, counts = NULL, checkpoint = checkpoint || $3::jsonb${whole ? ", state = 'checking'" : ''} WHERE organization = $1 AND number = $2`,
    [organization.id, job, JSON.stringify(whole ? { staged: false, planned: false } : { planned: false })])
}

function fixTable(organization: Organization): string {
  return `${quoteIdentifier(organization.schema)}._fix`
}

function pairs(flat: readonly string[]): RowRanges {
  return Array.from({ length: flat.length / 2 }, (_, i) => [Number(flat[2 * i]), Number(flat[2 * i + 1])] as const)
}
