import type { JobAnswer } from '@longshore/contract'

/** A job's state as it is called: one that waits for a worker is queued, whatever it is to do first; one in the queue that somebody gave a moment to begin at does not wait for others. */
export function shownState({ state, startAt, waiting }: Pick<JobAnswer, 'state' | 'startAt' | 'waiting'>, now = Date.now()): JobAnswer['state'] | 'scheduled' {
  return state === 'queued' && startAt !== null && Date.parse(startAt) > now ? 'scheduled' : waiting === true ? 'queued' : state
}
