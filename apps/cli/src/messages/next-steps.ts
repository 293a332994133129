/** What a person can do next, as one line each. */
export const nextSteps = {
  apply: (job: number) => `Nothing has been written yet. Apply it with: longshore apply ${job}`,
  undo: (job: number) => `Take it back with: longshore undo ${job}    (look first: longshore undo ${job} --preview)`,
  undoTheUndo: (job: number) => `Take the undo back with: longshore undo ${job}`,
  resume: (job: number) => `Go on with: longshore resume ${job}`,
  allRows: (job: number) => `Every row with its outcome, record and reason: longshore job ${job} --results DIR`,
  results: 'The error report can be corrected and imported again as it is.',
  undoNow: (job: number) => `Nothing has been changed yet. Undo it with: longshore undo ${job}`,
  undoEverything: (job: number) => `To take these too: longshore undo ${job} --everything`,
  undoRest: (undo: number, undone: number) => `To take these, too: longshore undo ${undo}, then longshore undo ${undone} --everything`,
} as const

export function stopping(job: number | undefined): string {
  const which = job === undefined ? 'the job' : `job ${job}`
  return `Stopping ${which} at the next safe place; what is done stays done. Press Ctrl-C again to end at once.\n`
}

export function stoppedMidway(job: number): string {
  return `Job ${job} stopped midway; every row written so far is kept and accounted for. ${nextSteps.resume(job)}\n`
}

/** `over`: it goes no further; else it may still pause. */
export function notPaused(job: number, state: string, over: boolean): string {
  return over ? `Job ${job} was not paused: it is ${state} already, the wish came too late.\n`
    : `Job ${job} is ${state} and has not paused yet; it pauses at its next safe place. Look again: longshore job ${job}\n`
}
