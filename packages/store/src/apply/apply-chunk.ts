import { Fault, failpoint, hasBug, makeIssue, mayCreate, takesAway, mayFlag, mayUpdate } from '@longshore/core'
import { fenced } from '../jobs/attempt.ts'
import { patchJob } from '../jobs/job.ts'
import { checkWriters } from '../jobs/writer.ts'
import { asSystem } from '../organizations/as-system.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import { asksOutside } from '../plan/outside-scope.ts'
import { names, outcomeNumber, reasonNumber } from '../plan/plan-context.ts'
import { isPlain } from '../plan/plain-rows.ts'
import { writtenObjects } from '../plan/plan-import.ts'
import { issueLine } from '../stage/copy-text.ts'
import { rekeyChunk } from './rekey-chunk.ts'
import type { ApplyStatements } from './apply-statements.ts'
import type { ApplyContext, ChunkKind } from './chunk-rows.ts'

/** Anchors from `first` (inclusive) to `last` (exclusive). */
export interface ChunkRange { first: number; last: number }

export type StatementsByKind = Record<ChunkKind, ApplyStatements>

/** Rows that a chunk applied and that have no outcome of their own. */
interface Uncounted { plain: number; lone: number }

/** Seq of the issue of a row that the database refused. */
const refusalSeq = 20_000

/**
 * Applies one chunk of the plan: records, changes, outcomes and the checkpoint in one transaction. A row that PostgreSQL refuses
 * (checking should have caught it) must not take its neighbours with it: the chunk is halved until the row stands alone and fails by itself.
 */
export async function applyChunk(db: Database, apply: ApplyContext, statements: StatementsByKind, range: ChunkRange): Promise<void> {
  let written: Uncounted = { plain: 0, lone: 0 }
  try {
    await fenced(db, apply.attempt, async (tx) => (written = await writeChunk(tx, apply, statements, range)), { durable: false })
  } catch (error) {
    const refusal = dataRefusal(error)
    if (refusal === null) throw error
    if (range.last - range.first === 1) return failRow(db, apply, range, refusal)
    const middle = range.first + Math.floor((range.last - range.first) / 2)
    await applyChunk(db, apply, statements, { first: range.first, last: middle })
    return applyChunk(db, apply, statements, { first: middle, last: range.last })
  }
  await failpoint('apply.after-commit')
  if (hasBug('checkpoint-outside-transaction')) await fenced(db, apply.attempt, (tx) => writeCheckpoint(tx, apply, range, written))
}

async function writeChunk(tx: Transaction, apply: ApplyContext, byKind: StatementsByKind, range: ChunkRange): Promise<Uncounted> {
  const { table } = names(apply.attempt)
  await checkWriters(tx, apply.attempt, writtenObjects(apply))
  const base = [apply.attempt.job, range.first, range.last]
  const { rows: [group] } = await tx.query<{ followers: string[] | null; turns: number | null }>(
    `SELECT array_agg(row_number) FILTER (WHERE row_number >= $3) AS followers, max(turn) AS turns FROM ${table('_plan')} WHERE job = $1 AND anchor >= $2 AND anchor < $3`, base)
  const { rows: [done] } = await tx.query(`SELECT 1 FROM ${table('_outcome')} WHERE job = $1 AND row_number >= $2 AND row_number < $3 LIMIT 1`, base)
  // what has its outcome is passed over; that alone would hide a checkpoint written outside of the transaction
  const statements = byKind[done && !hasBug('checkpoint-outside-transaction') ? 'reopened' : group?.followers ? 'followers' : 'within']
  const values = [...base, apply.effectiveAt, apply.owners[0], group?.followers ?? []]
  await failpoint('apply.before-records')
  for (const related of statements.related) await tx.query(related, values)
  if (mayCreate(apply.rules)) await tx.query(statements.create, values)
  const plain = mayCreate(apply.rules) ? counted(await createPlain(tx, statements.plain, values)) : 0
  const kinds = await plannedKinds(tx, apply, values)
  const lone = kinds.lone ? counted(await updateLone(tx, apply, statements.lone, values)) : 0
  if (kinds.others || group?.followers) {
    if (mayUpdate(apply.rules)) {
      if (hasBug('before-image-after-update')) await tx.query(`UPDATE ${table('_plan')} SET before = after WHERE job = $1 AND before IS NOT NULL AND row_number >= $2 AND row_number < $3`, base)
      await tx.query((group?.turns ?? 0) > 0 ? statements.updateChains : statements.update, values)
      for (const changes of statements.changes) await tx.query(changes, values)
    }
    if (takesAway(apply.rules.operation)) for (const deletes of statements.deletes) await tx.query(deletes, values)
    if (mayFlag(apply.rules) || asksOutside(apply)) await tx.query(statements.reviews, values)
  }
  await rekeyChunk(tx, apply, range, group?.followers ?? [])
  await failpoint('apply.before-outcomes')
  if (kinds.others || group?.followers) await tx.query(hasBug('outcome-on-conflict-ignored') ? `${statements.outcomes} AND p.row_number % 97 <> 0 ON CONFLICT DO NOTHING` : statements.outcomes, values)
  if (!hasBug('checkpoint-outside-transaction')) await writeCheckpoint(tx, apply, range, { plain, lone })
  await failpoint('apply.before-commit')
  return { plain, lone }
}

async function createPlain(tx: Transaction, statement: string, values: readonly unknown[]): Promise<number> {
  // what it joins is a chunk wide each, but PostgreSQL takes the references for a few and would go over them again for every row
  await tx.query('SET LOCAL enable_nestloop = off')
  const { rowCount } = await tx.query(statement, values)
  await tx.query('SET LOCAL enable_nestloop = on')
  return rowCount
}

/** Whether the plan has lone updates for rows of the chunk's range, and others: most chunks of an update have the former alone. */
async function plannedKinds(tx: Transaction, apply: ApplyContext, values: readonly unknown[]): Promise<{ lone: boolean; others: boolean }> {
  const { rows: [kinds] } = await tx.query<{ lone: boolean; others: boolean }>(`SELECT coalesce(bool_or(mark IS NOT NULL), false) AS lone, coalesce(bool_or(mark IS NULL), false) AS others
    FROM ${names(apply.attempt).table('_plan')} WHERE job = $1 AND row_number >= $2 AND row_number < $3`, values.slice(0, 3))
  return { lone: kinds?.lone ?? false, others: kinds?.others ?? true }
}

async function updateLone(tx: Transaction, apply: ApplyContext, statement: string | null, values: readonly unknown[]): Promise<number> {
  if (statement === null) throw new Error('The plan has lone updates that its rules cannot carry out.') // beginApply plans such rows again
  // by their ids: PostgreSQL takes the plan's rows for a few or for many, and read the whole object for each chunk of 20 000
  await tx.query('SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_memoize = off')
  const { rows: [done] } = await tx.query<{ lone: string; written: string }>(statement, values)
  await tx.query('SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on; SET LOCAL enable_memoize = on')
  if (done?.lone !== done?.written) throw new Fault('db.conflict', `Of ${done?.lone} records that a chunk of job ${apply.attempt.job} updates, ${done?.written} were there.`, { remedy: 'retry' })
  return Number(done?.written ?? 0)
}

function counted(rows: number): number {
  return hasBug('outcome-on-conflict-ignored') ? rows - Math.floor(rows / 97) : rows
}

async function writeCheckpoint(tx: Transaction, apply: ApplyContext, range: ChunkRange, { plain, lone }: Uncounted): Promise<void> {
  await tx.query(`INSERT INTO ${names(apply.attempt).table('_chunk')} (job, first, last, plain, lone) VALUES ($1, $2, $3, $4, $5)`, [apply.attempt.job, range.first, range.last, plain, lone])
}

/** PostgreSQL's message when it refused a value (data exceptions, integrity violations); null for all other errors. */
function dataRefusal(error: unknown): string | null {
  const cause = error instanceof Fault ? error.cause : error
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return null
  return /^2[23]/.test(cause.code) ? cause.message : null
}

async function failRow(db: Database, apply: ApplyContext, range: ChunkRange, refusal: string): Promise<void> {
  const { table } = names(apply.attempt)
  await fenced(db, apply.attempt, async (tx) => {
    await checkWriters(tx, apply.attempt, writtenObjects(apply))
    // a row that was to write nothing ends as planned, whatever became of those that follow it
    const idle = `action IN (${outcomeNumber('skipped')}, ${outcomeNumber('failed')}, ${outcomeNumber('excluded')})`
    const { rows } = await tx.query<{ row: string }>(
      `WITH told AS (INSERT INTO ${table('_outcome')} (job, row_number, outcome, reason, record)
       SELECT job, row_number, CASE WHEN ${idle} THEN action ELSE ${outcomeNumber('failed')} END, CASE WHEN ${idle} THEN reason ELSE ${reasonNumber('rejected-by-database')} END,
         CASE WHEN ${idle} THEN record END FROM ${table('_plan')} WHERE job = $1 AND (row_number = $2 AND anchor IS NULL OR anchor = $2)
       UNION ALL SELECT s.job, s.row_number, ${outcomeNumber('failed')}, ${reasonNumber('rejected-by-database')}, NULL FROM ${table('_staged')} s
       WHERE s.job = $1 AND s.row_number = $2 AND ${isPlain(quoteIdentifier(apply.attempt.organization.schema), 's')} RETURNING row_number, reason)
       SELECT row_number AS row FROM told WHERE reason = ${reasonNumber('rejected-by-database')}`, [apply.attempt.job, range.first])
    await copyLines(tx, `COPY ${table('_issue')} FROM STDIN`, rows.map(({ row }) => issueLine(apply.attempt.job, refusalSeq, makeIssue(
      'apply.rejected-by-database', { row: Number(row), column: null, field: null, value: null }, { detail: refusal }))))
    await writeCheckpoint(tx, apply, range, { plain: 0, lone: 0 })
    // others may refer to what it was to make
    await asSystem(tx, apply.attempt.organization, () => patchJob(tx, apply.attempt.organization, apply.attempt.job, { checkpoint: { linksInDoubt: true } }))
  })
}
