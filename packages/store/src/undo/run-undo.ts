import { failpoint, type UndoSteps } from '@longshore/core'
import { attemptLabel, fenced, type Attempt } from '../jobs/attempt.ts'
import { checkWriters } from '../jobs/writer.ts'
import type { Database, Transaction, TransactionOptions } from '../postgres/database.ts'
import { madeRange } from './bin-records.ts'
import { findKept } from './find-kept.ts'
import { defaultUndoSettings, endOfStep, stepsOf, undoChunk, type UndoSettings, type UndoStep } from './undo-chunk.ts'
import { inRootRange, isOfJob, madeByRow, tableIn, type UndoContext } from './undo-context.ts'
import { madeObjects, undoneObjects } from './written-objects.ts'

/** Below this many records and changes PostgreSQL guesses well enough without being told. */
const worthAnalyzing = 5_000

/**
 * A chunk finds its records by their ids. Left to itself, PostgreSQL read the whole table for each chunk of 20 000 and hashed it, so that
 * the time grew with the square of the records.
 */
const byIndex: TransactionOptions['settings'] = { enable_hashjoin: 'off', enable_mergejoin: 'off' }

/**
 * An undo as steps to be taken one after the other. `plan` works out what has to stay, again at each attempt, because others may have
 * written while the job rested; `next` does one chunk: records, changes, outcomes, list of what is kept and checkpoint in one
 * transaction. The attempt must hold the writer of `undoneObjects`.
 */
export function undoSteps(db: Database, attempt: Attempt, undo: UndoContext, settings: UndoSettings = defaultUndoSettings): UndoSteps {
  let written: string[] = []
  let steps: UndoStep[] = []
  const reached = new Map<number, string>()
  return {
    async plan() {
      await failpoint('undo.before-plan')
      const total = await fenced(db, attempt, async (tx) => {
        written = await undoneObjects(tx, undo)
        await checkWriters(tx, attempt, written)
        steps = stepsOf(undo, await madeObjects(tx, undo))
        const { rows } = await tx.query<{ first: string; last: string }>(`SELECT first, last FROM ${tableIn(undo, '_chunk')} WHERE job = $1`, [undo.job])
        for (const { first, last } of rows) reached.set(Number(first), last)
        return countWork(tx, undo, steps)
      })
      // what a job has just written is unknown to PostgreSQL's planner, which then joins it row by row
      if (total >= worthAnalyzing) {
        await db.transaction(null, (tx) => tx.query(`ANALYZE ${[...written, '_change'].map((name) => tableIn(undo, name)).join(', ')}`), { label: attemptLabel(attempt) })
      }
      await fenced(db, attempt, async (tx) => {
        await checkWriters(tx, attempt, written)
        await findKept(tx, undo)
        await storeKept(tx, undo)
        await failpoint('undo.before-plan-commit')
      }, { settings: { work_mem: '64MB' } })
      await failpoint('undo.after-plan')
      return total
    },
    async next() {
      const step = steps.find(({ id }) => reached.get(id) !== endOfStep)
      if (!step) return null
      await failpoint('undo.before-chunk')
      const done = await fenced(db, attempt, async (tx) => {
        await checkWriters(tx, attempt, written)
        const from = reached.get(step.id) ?? '0'
        const chunk = await undoChunk(tx, undo, step, from, settings)
        await failpoint('undo.before-checkpoint')
        await tx.query(`INSERT INTO ${tableIn(undo, '_chunk')} (job, first, last) VALUES ($1, $2, $3) ON CONFLICT (job, first) DO UPDATE SET last = excluded.last`, [undo.job, step.id, chunk.last])
        await failpoint('undo.before-commit')
        return chunk
      }, { durable: false, settings: step.kind === 'purged' ? {} : byIndex })
      reached.set(step.id, done.last)
      await failpoint('undo.after-commit')
      return done.records
    },
  }
}

/** The plan of an undo says what stays. Its rows are keyed by record instead of row; `anchor` is the row that made the record. */
async function storeKept(tx: Transaction, undo: UndoContext): Promise<void> {
  await tx.query(`DELETE FROM ${tableIn(undo, '_plan')} WHERE job = $1`, [undo.job])
  await tx.query(`INSERT INTO ${tableIn(undo, '_plan')} (job, row_number, action, reason, record, anchor, detail)
    SELECT $1, k.record, 3, k.reason, k.record, CASE WHEN ${inRootRange(undo, 'k.record')} THEN ${madeByRow('k.record')}
      ELSE (SELECT min(b.row_number) FROM ${tableIn(undo, '_change')} b WHERE b.record = k.record AND ${isOfJob('b', '$2')} AND b.kind = 'restore') END, k.detail
    FROM pg_temp.kept k ORDER BY k.record`, [undo.job, undo.undone.number])
}

async function countWork(tx: Transaction, undo: UndoContext, steps: readonly UndoStep[]): Promise<number> {
  const { from, to } = madeRange(undo)
  const counts = [
    `SELECT count(*) AS n FROM ${tableIn(undo, '_change')} WHERE job = ${undo.undone.number}`,
    ...steps.flatMap((step) => (step.kind === 'made' ? [`SELECT count(*) FROM ${tableIn(undo, step.object)} WHERE id >= ${from} AND id < ${to}`] : [])),
  ]
  const { rows } = await tx.query<{ n: string }>(`SELECT sum(n) AS n FROM (${counts.join(' UNION ALL ')}) c`)
  return Number(rows[0]?.n ?? 0)
}
