import { Fault, failpoint, isAtRest, mayChange } from '@longshore/core'
import type { Counts, JobState, SourceLayout } from '@longshore/core'
import { isUpload, uploadGone } from '../files/uploads.ts'
import type { Organization } from '../organizations/organization.ts'
import { notifyOfChange } from '../notifications/notify.ts'
import { audit, type Doer } from '../people/audit.ts'
import { bothRoles } from '../organizations/organization-role.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** A job as the store keeps it: what a person started, and how far it is. */
export interface Job {
  number: number
  /** Another one after each change of the job. */
  version: string
  kind: 'import' | 'undo' | 'edit'
  state: JobState
  object: string
  operation: string
  definition: unknown
  /** What planning settled (targets, keys, settings), kept so that later steps read the job the same way. */
  compiled: unknown
  sourceName: string | null
  sourceFile: string | null
  layout: SourceLayout | null
  metadataVersion: number
  dryRun: boolean
  attempt: number
  wanted: 'pause' | 'cancel' | null
  checkpoint: Checkpoint
  seen: Record<string, string>
  rows: number | null
  counts: Counts | null
  warnings: number
  replanned: number
  related: Record<string, number>
  results: ResultFile[]
  error: { code: string; message: string; path?: string } | null
  undoes: number | null
  undoneBy: number | null
  /** The job whose first rows this one tries; null: it is no trial. */
  trialOf: number | null
  everything: boolean
  /** Member id of who started it; null: the operator. */
  startedBy: number | null
  /** A person looks at its rows before it runs: every row is kept as its file has it, and may be corrected. */
  reviewed: boolean
  /** Raised by each edit of a draft's definition. */
  revision: number
  /** Who changed which settings of the draft, oldest first; the last ones only. */
  edits: DraftEdit[]
  /** Raised by each change of the job's fixes. */
  fixes: number
  effectiveAt: string
  /** Not begun before; null: as soon as it may. */
  startAt: string | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  workedMs: number
  /** When its rows were let go, for their time was over; null: they are there. */
  rowsLetGoAt: string | null
  /** Milliseconds spent in each phase: reading, planning, applying, results. */
  phases: Record<string, number>
}

/** One edit of a draft: `changed` are settings of the definition. */
export interface DraftEdit { revision: number; by: string | null; at: string; changed: string[] }

/** Which steps are behind the job. A step that is not there is done again from its beginning. */
export interface Checkpoint {
  staged?: boolean
  /** Highest row number that was staged. */
  lastRow?: number
  planned?: boolean
  /** It has been the writer of its objects: what it writes as "now" is settled. */
  began?: boolean
  /** The moment that the plan was made with, until its rows are given the one that is settled. */
  plannedAt?: string | null
  /** Others wrote since the plan was made: what is not applied is planned again, and what changes is counted. */
  drifted?: boolean
  /** What the plan as it stands is to change was saved as a file. */
  backedUp?: boolean
  /** Rows may have been written with links to records that were never made: they are mended before the job ends. */
  linksInDoubt?: boolean
  applied?: boolean
  /** The person wants no more of it: what is not applied is excluded. */
  cancelled?: boolean
}

/** `name` is what people see; `id` names the file in the file store. */
export interface ResultFile { name: string; id: string; format: string; kind: 'results' | 'errors' | 'backup'; sizeBytes: number }

const columns = `number, version::text, kind, state, object, operation, definition, compiled, source_name AS "sourceName", source_file AS "sourceFile",
  layout, metadata_version AS "metadataVersion", dry_run AS "dryRun", attempt, wanted, checkpoint, seen, rows, counts, warnings, replanned,
  related, results, error, undoes, undone_by AS "undoneBy", trial_of AS "trialOf", everything, started_by AS "startedBy", reviewed, revision, edits, fixes,
  to_char(effective_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "effectiveAt",
  to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt",
  to_char(start_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "startAt",
  to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "startedAt",
  to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "finishedAt", worked_ms AS "workedMs",
  to_char(rows_let_go_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "rowsLetGoAt", phases`

type Row = Omit<Job, 'rows' | 'warnings' | 'replanned' | 'workedMs'> & Record<'rows' | 'warnings' | 'replanned' | 'workedMs', string | null>

function fromRow(row: Row): Job {
  return { ...row, rows: row.rows === null ? null : Number(row.rows), warnings: Number(row.warnings), replanned: Number(row.replanned), workedMs: Number(row.workedMs) }
}

export interface NewJob {
  kind: Job['kind']
  object: string
  operation: string
  definition: unknown
  compiled?: unknown
  state?: JobState
  sourceName?: string | null
  sourceFile?: string | null
  /** The source is a file that was sent: refused where it has gone meanwhile. */
  uploaded?: boolean
  layout?: SourceLayout | null
  metadataVersion: number
  dryRun?: boolean
  undoes?: number | null
  trialOf?: number | null
  everything?: boolean
  /** Who starts it; absent: the operator. */
  by?: Doer
  /** Whose reach it has, and whose it is, where that is not who starts it; null: the operator. */
  startedBy?: number | null
  /** The request that starts it; one that comes twice makes one job. */
  request?: { key: string; hash: string } | null
  reviewed?: boolean
  /** Not begun before; ISO. Absent: at once. */
  startAt?: string | null
  /** Where its end is reported; sealed. */
  callback?: string | null
  /** The one moment that the job writes as "now", until it begins to write and settles it; ISO. */
  effectiveAt: string
}

/** Makes a job under the organization's next number: taken under a lock, so no two jobs share one. */
export async function createJob(db: Database, organization: Organization, job: NewJob): Promise<Job> {
  return db.transaction(null, async (tx) => {
    const made = await insertJob(tx, organization, job)
    await failpoint('job.before-create-commit')
    return made
  })
}

/** The same inside a transaction of the system, for what is a job and done in one. */
export async function insertJob(tx: Transaction, organization: Organization, job: NewJob): Promise<Job> {
  await tx.query('SELECT 1 FROM longshore.organization WHERE id = $1 FOR UPDATE', [organization.id])
  if (job.uploaded === true && !await isUpload(tx, organization, job.sourceFile ?? '')) throw uploadGone()
  const { rows } = await tx.query<{ number: number }>(
    'SELECT coalesce(max(number), 0) + 1 AS number FROM longshore.job WHERE organization = $1', [organization.id])
  const number = rows[0]?.number ?? 1
  await tx.query(
    `INSERT INTO longshore.job (organization, number, kind, state, object, operation, definition, compiled, source_name, source_file, layout,
       metadata_version, dry_run, undoes, everything, effective_at, reviewed, started_by, request_key, request_hash, start_at, callback, trial_of)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)`,
    [organization.id, number, job.kind, job.state ?? 'draft', job.object, job.operation, JSON.stringify(job.definition),
      job.compiled === undefined ? null : JSON.stringify(job.compiled), job.sourceName ?? null, job.sourceFile ?? null,
      job.layout ? JSON.stringify(job.layout) : null, job.metadataVersion, job.dryRun ?? false, job.undoes ?? null, job.everything ?? false,
      job.effectiveAt, job.reviewed ?? false, job.startedBy === undefined ? job.by?.member ?? null : job.startedBy, job.request?.key ?? null, job.request?.hash ?? null, job.startAt ?? null, job.callback ?? null, job.trialOf ?? null])
  await audit(tx, organization, job.by ?? { member: null, apiKey: null }, { act: `job.${job.kind}`, target: `job/${number}`, details: { object: job.object, operation: job.operation, undoes: job.undoes ?? null, ...(job.trialOf ? { trialOf: job.trialOf } : {}) } })
  await ensureRowPartitions(tx, organization, number)
  return readJob(tx, organization, number)
}

/** The same for one that there is and that may not be seen: nobody learns of it. */
export function noSuchJob(number: number): Fault {
  return new Fault('job.unknown', `There is no job ${number}, or none that you may see. "longshore job" lists the others.`)
}

export async function readJob(tx: Transaction, organization: Organization, number: number): Promise<Job> {
  const { rows } = await tx.query<Row>(`SELECT ${columns} FROM longshore.job WHERE organization = $1 AND number = $2`, [organization.id, number])
  const row = rows[0]
  if (!row) throw noSuchJob(number)
  return fromRow(row)
}

/** Newest first; those before job `before`, and those that member `onlyBy` started, when they are given. */
export async function listJobs(tx: Transaction, organization: Organization, { limit = 1000, before = null, onlyBy = null }: { limit?: number; before?: number | null; onlyBy?: number | null } = {}): Promise<Job[]> {
  const { rows } = await tx.query<Row>(`SELECT ${columns} FROM longshore.job WHERE organization = $1 AND ($3::integer IS NULL OR number < $3) AND ($4::integer IS NULL OR started_by = $4) ORDER BY number DESC LIMIT $2`, [organization.id, limit, before, onlyBy])
  return rows.map(fromRow)
}

/** How many jobs are in each state that occurs. */
export async function countJobs(tx: Transaction, organization: Organization): Promise<Partial<Record<JobState, number>>> {
  const { rows } = await tx.query<{ state: JobState; n: string }>('SELECT state, count(*) AS n FROM longshore.job WHERE organization = $1 GROUP BY state', [organization.id])
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]))
}

const writable = {
  definition: 'json', compiled: 'json', layout: 'json', checkpoint: 'json', seen: 'json', counts: 'json', related: 'json', results: 'json', error: 'json', phases: 'json', edits: 'json',
  rows: 'plain', warnings: 'plain', replanned: 'plain', wanted: 'plain', sourceFile: 'plain', undoneBy: 'plain', workedMs: 'plain',
  dryRun: 'plain', effectiveAt: 'plain', revision: 'plain', operation: 'plain', object: 'plain', metadataVersion: 'plain', startedAt: 'plain', finishedAt: 'plain',
} as const
export type JobPatch = Partial<Pick<Job, keyof typeof writable>>

/** Writes facts about a job. The state changes only through `changeState`. */
export async function patchJob(tx: Transaction, organization: Organization, number: number, patch: JobPatch): Promise<void> {
  const sets: string[] = []
  const values: unknown[] = [organization.id, number]
  for (const [key, value] of Object.entries(patch)) {
    values.push(writable[key as keyof JobPatch] === 'json' && value !== null ? JSON.stringify(value) : value)
    const column = key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)
    // a checkpoint is added to, never replaced: a wish to cancel may have been noted since it was read
    sets.push(key === 'checkpoint' ? `checkpoint = checkpoint || $${values.length}::jsonb` : `${column} = $${values.length}`)
  }
  if (sets.length > 0) await tx.query(`UPDATE longshore.job SET ${sets.join(', ')} WHERE organization = $1 AND number = $2`, values)
}

/** Notes that the person wants no more of the job. One statement: whoever runs it may be writing its checkpoint at this moment. */
export async function wishToCancel(tx: Transaction, organization: Organization, number: number): Promise<void> {
  await tx.query(`UPDATE longshore.job SET wanted = 'cancel', checkpoint = checkpoint || '{"cancelled":true}' WHERE organization = $1 AND number = $2`, [organization.id, number])
}

/** Changes the state as core's table of legal changes allows; anything else is a fault that names both states. */
export async function changeState(tx: Transaction, organization: Organization, number: number, to: JobState): Promise<JobState> {
  const { rows } = await tx.query<{ state: JobState }>('SELECT state FROM longshore.job WHERE organization = $1 AND number = $2 FOR UPDATE', [organization.id, number])
  const from = rows[0]?.state
  if (from === undefined) throw new Fault('job.unknown', `There is no job ${number}.`)
  if (from === to) return from
  if (!mayChange(from, to)) throw new Fault('job.state', `Job ${number} is ${from}; it cannot become ${to} from there.`)
  // what had begun to write goes before what never did; at rest no wish to pause stands any more, and an import only comes by `planned`
  await tx.query(`UPDATE longshore.job SET state = $3, queued_at = CASE WHEN $3 <> 'queued' THEN NULL WHEN state = 'running' THEN created_at ELSE clock_timestamp() END, waited = waited OR $3 = 'queued',
    wanted = CASE WHEN $4 AND ($3 <> 'planned' OR dry_run) THEN NULL ELSE wanted END WHERE organization = $1 AND number = $2`, [organization.id, number, to, isAtRest(to)])
  // which rows of a job are left hangs on its trials: what is planned before they have ended, or stood before they were taken back, is out of date
  if (to === 'done' || to === 'cancelled' || to === 'undone') {
    await tx.query(`UPDATE longshore.job w SET counts = NULL, checkpoint = w.checkpoint || '{"planned":false}' FROM longshore.job t
      WHERE t.organization = $1 AND t.number = $2 AND w.organization = t.organization AND w.number = t.trial_of AND w.state IN ('draft', 'checking', 'planned', 'paused', 'failed') AND w.dry_run`, [organization.id, number])
  }
  await notifyOfChange(tx, organization, number, from, to)
  return from
}

/** Tables of jobs' rows, partitioned by ranges of jobs. */
export const rowTables = ['_staged', '_issue', '_plan', '_outcome', '_reference', '_left_out'] as const

/** How many jobs share one partition of the row tables: retention drops whole partitions. */
const jobsPerPartition = 32

/** The jobs, first inclusive and last exclusive, that share a partition with a job. */
export function partitionRange(job: number): { first: number; last: number } {
  const first = Math.floor(job / jobsPerPartition) * jobsPerPartition
  return { first, last: first + jobsPerPartition }
}

/** Name of the partition of one of the row tables that holds a job. */
export function partitionOf(table: string, job: number): string {
  return `${table}_${partitionRange(job).first}`
}

/** Made beside its parent and then attached: a table made as a partition would wait for every job that is loading rows. */
async function ensureRowPartitions(tx: Transaction, organization: Organization, job: number): Promise<void> {
  const { first: from, last: to } = partitionRange(job)
  const schema = `"${organization.schema}"`
  // to hold the job's row FOR KEY SHARE (the fence) a role needs a right to update a column of it; row security keeps it to its own jobs
  const roles = bothRoles(organization).map(quoteIdentifier).join(', ')
  await tx.query(`GRANT USAGE ON SCHEMA longshore TO ${roles}`)
  await tx.query(`GRANT SELECT, UPDATE (attempt) ON longshore.job TO ${roles}`)
  for (const table of rowTables) {
    const name = `${schema}."${table}_${from}"`
    const { rows } = await tx.query('SELECT to_regclass($1) AS found', [`${organization.schema}.${table}_${from}`])
    if (rows[0]?.['found'] !== null) continue
    await tx.query(`CREATE TABLE ${name} (LIKE ${schema}.${table} INCLUDING ALL) WITH (autovacuum_enabled = false)`) // insert only and dropped whole: we analyze after loading
    await tx.query(`ALTER TABLE ${schema}.${table} ATTACH PARTITION ${name} FOR VALUES FROM (${from}) TO (${to})`)
    await tx.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${name} TO ${roles}`)
  }
}
