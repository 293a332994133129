import { setTimeout as sleep } from 'node:timers/promises'
import { Fault } from '@longshore/core'
import type { JobState, UndoPorts } from '@longshore/core'
import { runUndo } from '@longshore/pipeline'
import { beginUndo, changeState, closeUndo, fencedSystem, loadUndo, readJob, defaultUndoSettings, releaseWriters, undoSteps } from '@longshore/store'
import type { Attempt, Heart, UndoSettings } from '@longshore/store'
import type { Watch } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'

/** How often an undo that waits for its turn looks again. */
const turnMs = 300

/** Records per transaction, as operators may set them. */
function undoSettings(): UndoSettings {
  const rows = Number(process.env['LONGSHORE_CHUNK_ROWS'])
  return Number.isInteger(rows) && rows >= 1 ? { binRows: rows, fieldRows: rows } : defaultUndoSettings
}

/** Runs an undo from where it is to its end, or to where somebody wants it to stop. */
export async function runUndoJob(workspace: Workspace, attempt: Attempt, heart: Heart, watch: Watch, stopping: () => boolean): Promise<void> {
  const { db, organization } = workspace
  const [member] = await workspace.members()
  const catalog = await workspace.catalog()
  const undo = await db.transaction(null, (tx) => loadUndo(tx, organization, catalog, attempt.job, member?.id ?? null), { readOnly: true })
  const { checkpoint } = await db.transaction(null, (tx) => readJob(tx, organization, attempt.job), { readOnly: true })
  let state: JobState = 'queued'
  const tell = (phase: string, done: number, total: number | null): void => watch({ job: attempt.job, state, phase, done, total })
  const ports: UndoPorts = {
    wish: () => (checkpoint.cancelled ? 'cancel' : heart.wanted() ?? (stopping() ? 'pause' : null)),
    async begin() {
      for (;;) {
        try {
          await beginUndo(db, attempt, undo)
          state = 'running'
          return true
        } catch (error) {
          if (!(error instanceof Fault && error.code === 'writer.busy')) throw error
          tell('waiting for its turn', 0, null)
          if (ports.wish() !== null) return false
          await sleep(turnMs)
        }
      }
    },
    steps: undoSteps(db, attempt, undo, undoSettings()),
    progress: (done, total) => tell('taking back', done, total),
    async state(to) {
      await fencedSystem(db, attempt, async (tx) => {
        await changeState(tx, organization, attempt.job, to)
        await releaseWriters(tx, organization, attempt.job)
      })
      state = to
    },
    close: (to) => closeUndo(db, attempt, undo, to),
  }
  tell('looking for later edits', 0, null)
  await runUndo(ports)
}
