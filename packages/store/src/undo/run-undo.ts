import { failpoint, type UndoSteps } from '@longshore/core'
import { fenced, type Attempt } from '../jobs/attempt.ts'
import { checkWriters } from '../jobs/writer.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { binMade, binRestored, madeRange, restoreBinned, type IdRange, type RowRange } from './bin-records.ts'
import { planFieldPage } from './field-page.ts'
import { findKept } from './find-kept.ts'
import { writePlannedIssues } from './kept-issues.ts'
import { revertFields } from './revert-fields.ts'
import { tellPurged } from './tell-purged.ts'
import { inRootRange, madeByRow, tableIn, type UndoContext } from './undo-context.ts'
import { madeObjects, undoneObjects } from './written-objects.ts'

export interface UndoSettings {
  /** Made records per transaction: they go to the bin in one statement. */
  binRows: number
  /** Changes per transaction: their values pass through core. */
  changeRows: number
}

export const defaultUndoSettings: UndoSettings = { binRows: 20_000, changeRows: 2_000 }

/** The steps of an undo, in order; each goes through its range in chunks. `id` names the checkpoint: never reuse one. */
interface Step { id: number; object: string | null; kind: 'changes' | 'made' | 'purged' }

const endOfStep = '9223372036854775807'

/**
 * An undo as steps to be taken one after the other. `plan` works out what has to stay, again at each attempt, because others may have
 * written while the job rested; `next` does one chunk: records, changes, outcomes, list of what is kept and checkpoint in one
 * transaction. The attempt must hold the writer of `undoneObjects`.
 */
export function undoSteps(db: Database, attempt: Attempt, undo: UndoContext, settings: UndoSettings = defaultUndoSettings): UndoSteps {
  let written: string[] = []
  let steps: Step[] = []
  const reached = new Map<number, string>()
  return {
    async plan() {
      await failpoint('undo.before-plan')
      const total = await fenced(db, attempt, async (tx) => {
        written = await undoneObjects(tx, undo)
        await checkWriters(tx, attempt, written)
        await findKept(tx, undo)
        await storeKept(tx, undo)
        steps = stepsOf(undo, await madeObjects(tx, undo))
        const { rows } = await tx.query<{ first: string; last: string }>(`SELECT first, last FROM ${tableIn(undo, '_chunk')} WHERE job = $1`, [undo.job])
        for (const { first, last } of rows) reached.set(Number(first), last)
        await failpoint('undo.before-plan-commit')
        return countWork(tx, undo, steps)
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
        const chunk = step.kind === 'changes' ? await takeBack(tx, undo, from, settings.changeRows)
          : step.kind === 'made' ? await binChunk(tx, undo, step.object ?? '', from, settings.binRows)
            : { last: endOfStep, records: await tellPurged(tx, undo) }
        await failpoint('undo.before-checkpoint')
        await tx.query(`INSERT INTO ${tableIn(undo, '_chunk')} (job, first, last) VALUES ($1, $2, $3) ON CONFLICT (job, first) DO UPDATE SET last = excluded.last`, [undo.job, step.id, chunk.last])
        await failpoint('undo.before-commit')
        return chunk
      }, { durable: false })
      reached.set(step.id, done.last)
      await failpoint('undo.after-commit')
      return done.records
    },
  }
}

/** Changes first, then made records, children before parents. A step is numbered by its object's place in the catalog, which is never left. */
function stepsOf(undo: UndoContext, made: readonly string[]): Step[] {
  return [
    { id: 0, object: null, kind: 'changes' },
    ...made.map((object): Step => ({ id: 1 + undo.catalog.objects.findIndex(({ name }) => name === object), object, kind: 'made' })),
    { id: -1, object: null, kind: 'purged' },
  ]
}

/** The plan of an undo says what stays. Its rows are keyed by record instead of row; `anchor` is the row that made the record. */
async function storeKept(tx: Transaction, undo: UndoContext): Promise<void> {
  await tx.query(`DELETE FROM ${tableIn(undo, '_plan')} WHERE job = $1`, [undo.job])
  await tx.query(`INSERT INTO ${tableIn(undo, '_plan')} (job, row_number, action, reason, record, anchor, diff)
    SELECT $1, k.record, 3, k.reason, k.record, CASE WHEN ${inRootRange(undo, 'k.record')} THEN ${madeByRow('k.record')}
      ELSE (SELECT min(b.row_number) FROM ${tableIn(undo, '_change')} b WHERE b.record = k.record AND b.job = $2 AND b.kind = 'restore') END, k.detail
    FROM pg_temp.kept k ORDER BY k.record`, [undo.job, undo.undone.number])
}

async function countWork(tx: Transaction, undo: UndoContext, steps: readonly Step[]): Promise<number> {
  const { from, to } = madeRange(undo)
  const counts = [
    `SELECT count(*) AS n FROM ${tableIn(undo, '_change')} WHERE job = ${undo.undone.number}`,
    ...steps.flatMap(({ kind, object }) => (kind === 'made' ? [`SELECT count(*) FROM ${tableIn(undo, object ?? '')} WHERE id >= ${from} AND id < ${to}`] : [])),
  ]
  const { rows } = await tx.query<{ n: string }>(`SELECT sum(n) AS n FROM (${counts.join(' UNION ALL ')}) c`)
  return Number(rows[0]?.n ?? 0)
}

interface Chunk { last: string; records: number }

/** Bins the next made records of an object. */
async function binChunk(tx: Transaction, undo: UndoContext, object: string, from: string, size: number): Promise<Chunk> {
  const made = madeRange(undo)
  const start = BigInt(from) > BigInt(made.from) ? from : made.from
  const { rows: [edge] } = await tx.query<{ id: string }>(`SELECT id FROM ${tableIn(undo, object)} WHERE id >= $1 AND id < $2 ORDER BY id OFFSET $3 LIMIT 1`, [start, made.to, size])
  const range: IdRange = { from: start, to: edge?.id ?? made.to }
  const records = await binMade(tx, undo, object, range)
  await writePlannedIssues(tx, undo, object, { ids: range })
  return { last: edge ? edge.id : endOfStep, records }
}

/** Takes back what the next rows of the undone job did to records that existed. */
async function takeBack(tx: Transaction, undo: UndoContext, from: string, size: number): Promise<Chunk> {
  const history = tableIn(undo, '_change')
  const base = [undo.undone.number, from]
  const { rows: [edge] } = await tx.query<{ row: string }>(`SELECT row_number AS row FROM ${history} WHERE job = $1 AND row_number >= $2 ORDER BY row_number OFFSET $3 LIMIT 1`, [...base, size])
  // changes of one row stay together, be they more than `size`
  const to = edge ? (BigInt(edge.row) > BigInt(from) ? edge.row : (BigInt(from) + 1n).toString()) : endOfStep
  const range: RowRange = { from, to }
  const { rows: parts } = await tx.query<{ object: string; kind: 'update' | 'delete' | 'restore'; n: number }>(
    `SELECT object, kind, count(*)::integer AS n FROM ${history} WHERE job = $1 AND row_number >= $2 AND row_number < $3 GROUP BY 1, 2 ORDER BY 1, 2`, [...base, to])
  for (const { object, kind } of parts) {
    if (kind === 'delete') await restoreBinned(tx, undo, object, range)
    if (kind === 'restore') {
      await binRestored(tx, undo, object, range)
      await writePlannedIssues(tx, undo, object, { rows: range })
    }
  }
  if (parts.some(({ kind }) => kind === 'update')) await revertFields(tx, undo, await planFieldPage(tx, undo, range))
  return { last: to, records: parts.reduce((sum, { n }) => sum + n, 0) }
}
