import { Fault, noCounts } from '@longshore/core'
import { partitionOf, partitionRange, rowTables } from '../jobs/job.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** Rows that are deleted at a time. */
const batch = 20_000
/** What jobs keep that is not partitioned. */
const whole = ['_assigned', '_chunk', '_fix', '_related_change', '_replanned', '_tried'] as const

/** A job whose rows or history were let go, with what stands outside of the database: neither a source that a job with rows still has nor a file that was sent (`takeUnneededUploads`) is among that. */
export interface LetGo { job: number; sourceFile: string | null }

/**
 * Lets the rows of jobs go that ended before `ended`, and of drafts that never were more and that nobody touched since `drafts`: staged rows, plan, issues, outcomes. Where all jobs of a partition are over, it is
 * dropped whole; else they are deleted in batches. The job itself, its counts and its changes stay. Safe to be ended at any moment:
 * a job counts as let go once nothing of it is left.
 */
export async function letRowsGo(db: Database, organization: Organization, { ended, drafts }: { ended: string; drafts: string }): Promise<LetGo[]> {
  const { rows: due } = await db.transaction(null, (tx) => tx.query<LetGo>(
    `SELECT j.number AS job, j.source_file AS "sourceFile" FROM longshore.job j WHERE j.organization = $1 AND j.rows_let_go_at IS NULL AND j.state IN ('done', 'cancelled', 'undone')
       AND (j.finished_at < $2::timestamptz OR (j.reviewed AND j.dry_run AND j.state = 'cancelled' AND ${lastMoved(organization)} < $3::timestamptz)) ORDER BY j.number`,
    [organization.id, ended, drafts]), { readOnly: true })
  const schema = quoteIdentifier(organization.schema)
  for (const [first, jobs] of Map.groupBy(due, ({ job }) => partitionRange(job).first)) {
    const numbers = jobs.map(({ job }) => job)
    if (!await isPartitionOver(db, organization, first, numbers) || !await dropPartitions(db, organization, first)) {
      for (const table of rowTables) await deleteInBatches(db, `${schema}.${quoteIdentifier(table)}`, numbers)
    }
    for (const table of whole) await deleteInBatches(db, `${schema}.${table}`, numbers)
    await db.transaction(null, (tx) => tx.query('UPDATE longshore.job SET rows_let_go_at = clock_timestamp() WHERE organization = $1 AND number = ANY($2::integer[])', [organization.id, numbers]))
  }
  // a trial has the file of its import; a file that was sent may become a job at any moment and goes its own way
  const { rows: needed } = await db.transaction(null, (tx) => tx.query<{ file: string }>(
    `SELECT source_file AS file FROM longshore.job WHERE organization = $1 AND rows_let_go_at IS NULL AND source_file = ANY($2::text[])
     UNION SELECT id FROM longshore.file WHERE organization = $1 AND id = ANY($2::text[])`, [organization.id, due.map(({ sourceFile }) => sourceFile)]), { readOnly: true })
  return due.map((one) => ({ ...one, sourceFile: needed.some(({ file }) => file === one.sourceFile) ? null : one.sourceFile }))
}

/** Whether the partition takes no more jobs, and none of its jobs but these has rows. */
async function isPartitionOver(db: Database, organization: Organization, first: number, due: readonly number[]): Promise<boolean> {
  const { last } = partitionRange(first)
  const { rows: [row] } = await db.transaction(null, (tx) => tx.query<{ over: boolean }>(
    `SELECT coalesce(max(number), 0) >= $3 AND NOT coalesce(bool_or(number >= $2 AND number < $3 AND rows_let_go_at IS NULL AND NOT number = ANY($4::integer[])), false) AS over FROM longshore.job WHERE organization = $1`,
    [organization.id, first, last, due]), { readOnly: true })
  return row?.over ?? false
}

/** False while somebody reads or writes rows of any job: a drop waits for them, and everybody who comes later would wait behind it. */
async function dropPartitions(db: Database, organization: Organization, first: number): Promise<boolean> {
  const tables = rowTables.map((table) => `${quoteIdentifier(organization.schema)}.${quoteIdentifier(partitionOf(table, first))}`)
  try {
    await db.transaction(null, (tx) => tx.query(`DROP TABLE IF EXISTS ${tables.join(', ')}`), { settings: { lock_timeout: '500ms' } })
    return true
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'db.lock-timeout')) throw error
    return false
  }
}

async function deleteInBatches(db: Database, table: string, jobs: readonly number[]): Promise<void> {
  for (const job of jobs) {
    for (;;) {
      const { rowCount } = await db.transaction(null, (tx) => tx.query(`DELETE FROM ${table} WHERE job = $1 AND ctid = ANY(ARRAY(SELECT ctid FROM ${table} WHERE job = $1 LIMIT ${batch}))`, [job]), { durable: false })
      if (rowCount < batch) break
    }
  }
}

/**
 * Lets the history of jobs go that ended before `before`, and of edits made before it: what records held then. That a record was deleted
 * for good stays known. The age of a field whose change is gone is that of its record: a merge rule if-newer holds back, it never overwrites.
 */
export async function letHistoryGo(db: Database, organization: Organization, before: string): Promise<number[]> {
  const history = `${quoteIdentifier(organization.schema)}._change`
  const { rows: due } = await db.transaction(null, (tx) => tx.query<{ job: number }>(
    `SELECT number AS job FROM longshore.job WHERE organization = $1 AND history_let_go_at IS NULL AND rows_let_go_at IS NOT NULL AND state IN ('done', 'cancelled', 'undone') AND finished_at < $2::timestamptz ORDER BY number`,
    [organization.id, before]), { readOnly: true })
  const remove = async (which: string, value: unknown): Promise<void> => {
    for (;;) {
      const { rowCount } = await db.transaction(organization, (tx) => tx.query(`DELETE FROM ${history} WHERE id = ANY(ARRAY(SELECT id FROM ${history} WHERE ${which} AND kind <> 'purge' LIMIT ${batch}))`, [value]), { durable: false })
      if (rowCount < batch) return
    }
  }
  for (const { job } of due) {
    await remove('job = $1', job)
    await db.transaction(null, (tx) => tx.query(`UPDATE longshore.job SET history_let_go_at = clock_timestamp(), results = '[]' WHERE organization = $1 AND number = $2`, [organization.id, job]))
  }
  await remove('job IS NULL AND at < $1::timestamptz', before)
  return due.map(({ job }) => job)
}

/** SQL: when anybody last did something with a job `j`: ran it or a trial of it, changed what it is to do, or corrected its rows. */
function lastMoved({ schema }: Organization): string {
  return `greatest(j.created_at, (j.edits -> -1 ->> 'at')::timestamptz, (SELECT max(f.at) FROM ${quoteIdentifier(schema)}._fix f WHERE f.job = j.number),
    (SELECT max(coalesce(a.ended_at, a.heartbeat_at)) FROM longshore.attempt a WHERE a.organization = j.organization AND a.job = j.number),
    (SELECT max(coalesce(a.ended_at, a.heartbeat_at)) FROM longshore.job t JOIN longshore.attempt a ON a.organization = t.organization AND a.job = t.number WHERE t.organization = j.organization AND t.trial_of = j.number))`
}

/** Jobs that were paused or could not go on, and that nobody has taken up since before `before`. */
export async function forsakenJobs(db: Database, organization: Organization, before: string): Promise<number[]> {
  const { rows } = await db.transaction(null, (tx) => tx.query<{ job: number }>(
    `SELECT j.number AS job FROM longshore.job j WHERE j.organization = $1 AND j.state IN ('paused', 'failed') AND ${lastMoved(organization)} < $2::timestamptz ORDER BY j.number`, [organization.id, before]), { readOnly: true })
  return rows.map(({ job }) => job)
}

/**
 * Dry runs that rest since before `plans` are cancelled, and drafts that nobody touched since `drafts`, checked or not: what they saw is long
 * another. All their rows are left out. Returns how many.
 */
export async function cancelOldPlans(db: Database, organization: Organization, { plans, drafts }: { plans: string; drafts: string }): Promise<number> {
  const { rowCount } = await db.transaction(null, (tx) => tx.query(
    `UPDATE longshore.job j SET state = 'cancelled', finished_at = clock_timestamp(), counts = $4::jsonb || jsonb_build_object('excluded', coalesce(j.rows, 0)), checkpoint = checkpoint || '{"cancelled":true}'
     WHERE organization = $1 AND kind = 'import' AND dry_run AND (state = 'planned' OR (state = 'draft' AND reviewed))
       AND ${lastMoved(organization)} < CASE WHEN reviewed THEN $3::timestamptz ELSE $2::timestamptz END`, [organization.id, plans, drafts, JSON.stringify(noCounts())]))
  return rowCount
}

/**
 * Takes the files that were sent and that no job needs any more: those sent before `before`, and those whose jobs have all let their rows go. From then
 * on no job is made of them, so that whoever takes one may remove it, and says so by `forgetUploads`; one that was taken and never forgotten is given again.
 */
export async function takeUnneededUploads(db: Database, organization: Organization, before: string): Promise<string[]> {
  return db.transaction(null, async (tx) => {
    // jobs are made under the same lock: the statement after it sees each of them
    await tx.query('SELECT 1 FROM longshore.organization WHERE id = $1 FOR UPDATE', [organization.id])
    const { rows } = await tx.query<{ id: string }>(
      `UPDATE longshore.file f SET purpose = 'unneeded' WHERE f.organization = $1 AND (f.purpose = 'unneeded' OR (f.purpose = 'upload'
         AND (f.created_at < $2::timestamptz OR EXISTS (SELECT 1 FROM longshore.job j WHERE j.organization = f.organization AND j.source_file = f.id))
         AND NOT EXISTS (SELECT 1 FROM longshore.job j WHERE j.organization = f.organization AND j.source_file = f.id AND j.rows_let_go_at IS NULL))) RETURNING f.id`, [organization.id, before])
    return rows.map(({ id }) => id)
  })
}

export async function forgetUploads(db: Database, organization: Organization, ids: readonly string[]): Promise<void> {
  await db.transaction(null, (tx) => tx.query(`DELETE FROM longshore.file WHERE organization = $1 AND purpose = 'unneeded' AND id = ANY($2::text[])`, [organization.id, ids]))
}
