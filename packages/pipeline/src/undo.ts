import type { UndoSteps } from '@longshore/core'

export interface UndoWatch {
  /** Asked before each chunk: true stops the undo there, to be taken up again later. */
  stop(): boolean
  /** Records and changes gone through so far in this attempt, of `total` in all. */
  progress(done: number, total: number): void
}

/**
 * Takes a job back: first what has to stay is worked out, then chunk after chunk goes back. Safe to run again after a crash: chunks
 * that are done are not done twice. Resolves to true when all is done, to false when `stop` asked to rest.
 */
export async function undo(steps: UndoSteps, watch: UndoWatch): Promise<boolean> {
  if (watch.stop()) return false
  const total = await steps.plan()
  for (let done = 0; ;) {
    if (watch.stop()) return false
    const size = await steps.next()
    if (size === null) return true
    done += size
    watch.progress(done, total)
  }
}
