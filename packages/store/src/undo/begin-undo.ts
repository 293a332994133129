import { failpoint } from '@longshore/core'
import { fencedSystem, type Attempt } from '../jobs/attempt.ts'
import { changeState, patchJob, readJob } from '../jobs/job.ts'
import { takeWriters } from '../jobs/writer.ts'
import type { Database } from '../postgres/database.ts'
import { refuseUnlessUndoable } from './refuse-undo.ts'
import type { UndoContext } from './undo-context.ts'
import { undoneObjects } from './written-objects.ts'

/**
 * Becomes the writer of all objects that the undo touches and marks both jobs: the undo as running, the other as undoing.
 * Safe to call again. Throws `writer.busy` while another job writes, `job.state` when another undo was faster.
 */
export async function beginUndo(db: Database, attempt: Attempt, undo: UndoContext): Promise<void> {
  const { organization } = attempt
  await failpoint('undo.before-writer')
  await fencedSystem(db, attempt, async (tx) => {
    const undone = await readJob(tx, organization, undo.undone.number)
    if (undone.state !== 'undoing' || undone.undoneBy !== attempt.job) {
      refuseUnlessUndoable(undone)
      await changeState(tx, organization, undone.number, 'undoing')
      await patchJob(tx, organization, undone.number, { undoneBy: attempt.job })
    }
    await takeWriters(tx, attempt, await undoneObjects(tx, undo))
    await changeState(tx, organization, attempt.job, 'running')
  })
  await failpoint('undo.after-writer')
}
