export const jobStates = [
  'draft', 'checking', 'planned', 'queued', 'running', 'paused', 'done', 'cancelled', 'failed', 'undoing', 'undone',
] as const
export type JobState = (typeof jobStates)[number]

/**
 * Every legal change of a job's state. A job that a person changes before anything is written is a draft again. `failed` means that the job could not go on, never that some rows failed.
 * A job that is undone can have its undo undone, which makes it done again.
 */
export const legalChanges: Record<JobState, readonly JobState[]> = {
  draft: ['checking', 'cancelled', 'failed'],
  checking: ['planned', 'paused', 'cancelled', 'failed'],
  planned: ['draft', 'checking', 'queued', 'running', 'paused', 'cancelled', 'failed'],
  queued: ['checking', 'running', 'paused', 'cancelled', 'failed'],
  running: ['queued', 'paused', 'done', 'cancelled', 'failed'],
  paused: ['draft', 'checking', 'queued', 'running', 'cancelled', 'failed'],
  done: ['undoing'],
  cancelled: ['undoing'],
  failed: ['draft', 'checking', 'queued', 'running', 'cancelled', 'undoing'],
  undoing: ['undone', 'done', 'cancelled', 'failed'],
  undone: ['done', 'cancelled', 'failed', 'undoing'],
}

export function mayChange(from: JobState, to: JobState): boolean {
  return legalChanges[from].includes(to)
}

/** States in which nobody needs to work on the job. */
export function isAtRest(state: JobState): boolean {
  return state === 'planned' || state === 'paused' || state === 'done' || state === 'cancelled' || state === 'failed' || state === 'undone'
}
