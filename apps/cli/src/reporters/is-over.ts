import type { JobSummary } from '@longshore/server'

/** Whether the figures of a job are its results: it goes no further. */
export function isOver(state: JobSummary['state']): boolean {
  return state === 'done' || state === 'cancelled' || state === 'undoing' || state === 'undone'
}
