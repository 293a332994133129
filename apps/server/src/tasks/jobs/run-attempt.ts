import { Fault, failpoint } from '@longshore/core'
import { beginAttempt, changeState, endAttempt, fencedSystem, isReplaced, patchJob, readJob, releaseWriters, startHeart } from '@longshore/store'
import type { Attempt, Heart, Job } from '@longshore/store'
import type { Watch } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'

/** What runs a job of one kind, from where it is. */
export type JobRunner = (attempt: Attempt, heart: Heart, watch: Watch, stopping: () => boolean) => Promise<void>

/** Runs a job here, as its next attempt, until it rests; gives the job as it then stands. */
export async function runAttempt(workspace: Workspace, number: number, runner: JobRunner, watch: Watch, signal?: AbortSignal): Promise<Job> {
  const { db, organization } = workspace
  const attempt = await beginAttempt(db, organization, number)
  const began = performance.now()
  let last: Parameters<Watch>[0] | null = null
  const heart = startHeart(db, attempt, () => last && { state: last.state, phase: last.phase, done: last.done, total: last.total })
  const tell: Watch = (progress) => {
    last = progress
    watch(progress)
  }
  try {
    await failpoint('attempt.after-raise')
    await runner(attempt, heart, tell, () => signal?.aborted ?? false)
  } catch (error) {
    // a successor ends the connections of the one it replaces: what that one sees is a broken connection, not the reason
    if (await isReplaced(db, attempt).catch(() => false)) throw replaced(number, error)
    await recordFailure(workspace, attempt, error)
    throw error
  } finally {
    await heart.stop()
    await failpoint('attempt.before-end')
    await endAttempt(db, attempt, performance.now() - began).catch(() => undefined) // the database may be what failed; a stale heartbeat tells the same later
  }
  await failpoint('attempt.after-end')
  return db.transaction(null, (tx) => readJob(tx, organization, number), { readOnly: true })
}

function replaced(number: number, cause: unknown): Fault {
  if (cause instanceof Fault && cause.code === 'attempt.replaced') return cause
  return new Fault('attempt.replaced', `Another process has taken over job ${number}; this one stops without writing.`, { remedy: 'stop', cause })
}

/** A fault that trying again cannot mend ends the job; all others leave it where it is, to be resumed. */
async function recordFailure({ db, organization }: Workspace, attempt: Attempt, error: unknown): Promise<void> {
  if (error instanceof Fault && (error.remedy === 'retry' || error.code === 'attempt.replaced')) return
  const code = error instanceof Fault ? error.code : 'internal'
  const message = error instanceof Fault ? error.message : 'Something went wrong that should not have. This is an error in Longshore.'
  await fencedSystem(db, attempt, async (tx) => {
    await patchJob(tx, organization, attempt.job, { error: { code, message, ...(error instanceof Fault && error.path !== undefined ? { path: error.path } : {}) } })
    await changeState(tx, organization, attempt.job, 'failed')
    await releaseWriters(tx, organization, attempt.job)
  }).catch(() => undefined) // the first error is the one to report
}
