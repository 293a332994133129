import { failpoint, mayChange } from '@longshore/core'
import type { JobState } from '@longshore/core'
import { fencedSystem, type Attempt } from '../jobs/attempt.ts'
import { changeState, patchJob, readJob } from '../jobs/job.ts'
import { noteKept } from '../jobs/trial.ts'
import { releaseWriters } from '../jobs/writer.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import type { UndoDefinition } from './create-undo.ts'
import type { UndoContext } from './undo-context.ts'
import { undoTotals } from './undo-totals.ts'

/**
 * Counts what the undo did, lets go of the objects and puts both jobs to rest. A finished undo leaves the other job undone; when that
 * was an undo itself, the job that it had undone stands again, and so on up the chain. A cancelled one leaves it as it was before:
 * what went back until then stays back, and the next undo goes on from there.
 */
export async function closeUndo(db: Database, attempt: Attempt, undo: UndoContext, to: 'done' | 'cancelled'): Promise<void> {
  const { organization } = attempt
  await failpoint('undo.before-close')
  await fencedSystem(db, attempt, async (tx) => {
    const { rows, counts, related } = await undoTotals(tx, undo)
    const { checkpoint, definition } = await readJob(tx, organization, attempt.job)
    await patchJob(tx, organization, attempt.job, { rows, counts, related, finishedAt: new Date().toISOString(), checkpoint: { ...checkpoint, applied: to === 'done' } })
    if (to === 'done') await settleChain(tx, undo)
    else if ((await readJob(tx, organization, undo.undone.number)).undoneBy === attempt.job) {
      await changeState(tx, organization, undo.undone.number, (definition as UndoDefinition).former)
      await patchJob(tx, organization, undo.undone.number, { undoneBy: null })
    }
    await changeState(tx, organization, attempt.job, to)
    await releaseWriters(tx, organization, attempt.job)
  })
  await failpoint('undo.after-close')
}

/** From the undone job upwards: undone, standing, undone, standing … */
async function settleChain(tx: Transaction, { organization, undone, job }: UndoContext): Promise<void> {
  let by = job
  let stands = false
  for (let at: number | null = undone.number; at !== null; stands = !stands) {
    const one = await readJob(tx, organization, at)
    const { definition } = await readJob(tx, organization, by)
    const to: JobState = stands ? (definition as UndoDefinition).former : 'undone'
    if (one.state !== to && !mayChange(one.state, to)) await changeState(tx, organization, at, 'undoing')
    await changeState(tx, organization, at, to)
    await patchJob(tx, organization, at, { undoneBy: stands ? null : by })
    if (!stands) await noteKept(tx, organization, one)
    by = at
    at = one.undoes
  }
}
