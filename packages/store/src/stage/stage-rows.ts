import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { failpoint } from '@longshore/core'
import { attemptLabel, fenced, fencedSystem, type Attempt } from '../jobs/attempt.ts'
import { partitionOf, patchJob, readJob, type JobPatch } from '../jobs/job.ts'
import type { Database } from '../postgres/database.ts'

export interface StageInput {
  /** Of each reader of the file: lines of `_staged` and of `_issue`, in COPY text format. */
  outputs: readonly { rows: () => Readable; issues: () => Readable }[]
  /** Settles when the readers have ended well; rejects with what went wrong, and nothing is kept. */
  finished: Promise<StagedSummary>
}

export interface StagedSummary {
  rows: number
  lastRow: number
  warnings: number
  /** What the reading decided about the job; kept together with the news that its rows are staged. */
  decided?: Pick<JobPatch, 'definition' | 'compiled'>
}

/**
 * Moves checked rows into staging, bytes through, in one go: either all rows and issues are kept, or the job's checkpoint
 * does not say so and the next attempt stages again from the beginning.
 */
export async function stageRows(db: Database, attempt: Attempt, input: StageInput): Promise<StagedSummary> {
  const schema = `"${attempt.organization.schema}"`
  await fenced(db, attempt, async (tx) => {
    await tx.query(`DELETE FROM ${schema}._issue WHERE job = $1`, [attempt.job])
    await tx.query(`DELETE FROM ${schema}._staged WHERE job = $1`, [attempt.job])
  })
  await failpoint('stage.after-clearing')
  let unread: unknown = null
  const copy = async (table: string, source: () => Readable): Promise<void> => {
    let taken = false
    try {
      await fenced(db, attempt, async (tx) => {
        taken = true
        await pipeline(source(), tx.copyFrom(`COPY ${schema}.${table} FROM STDIN`))
        await input.finished
        await (table === '_staged' ? failpoint('stage.before-rows-commit') : failpoint('stage.before-issues-commit'))
      })
    } catch (error) {
      if (!taken) {
        unread ??= error
        source().destroy() // a reader that nobody reads from would wait, and whoever waits for its end, too
      }
      throw error
    }
  }
  const copies = await Promise.allSettled(input.outputs.flatMap(({ rows, issues }) => [copy('_staged', rows), copy('_issue', issues)]))
  // why the reader failed says more than the broken pipe that followed, unless it failed because nobody came to read
  const summary = await input.finished.catch((error: unknown) => { throw unread ?? error })
  for (const result of copies) if (result.status === 'rejected') throw result.reason
  await failpoint('stage.before-checkpoint')
  await fencedSystem(db, attempt, async (tx) => {
    const { checkpoint } = await readJob(tx, attempt.organization, attempt.job)
    await patchJob(tx, attempt.organization, attempt.job, {
      ...summary.decided, rows: summary.rows, warnings: summary.warnings, checkpoint: { ...checkpoint, staged: true, planned: false, lastRow: summary.lastRow },
    })
  })
  await failpoint('stage.after-checkpoint')
  await analyze(db, attempt, '_staged', summary.rows)
  return summary
}

/** Below this many rows it does not matter how the planner of PostgreSQL joins them. */
const worthAnalyzing = 100

/** Tells PostgreSQL about rows that were just loaded: without it, it takes them for a few and joins row by row. */
export async function analyze(db: Database, attempt: Attempt, table: string, rows: number, columns: readonly string[] = []): Promise<void> {
  if (rows < worthAnalyzing) return
  const { schema } = attempt.organization
  await db.transaction(null, async (tx) => {
    // how many rows there are is what matters, not what stands in them: a tenth of the usual sample
    await tx.query('SET LOCAL default_statistics_target = 10')
    await tx.query(`ANALYZE "${schema}"."${partitionOf(table, attempt.job)}"${columns.length === 0 ? '' : ` (${columns.join(', ')})`}`)
  }, { label: attemptLabel(attempt) })
}
