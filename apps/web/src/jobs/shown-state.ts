import type { JobAnswer } from '@longshore/contract'

/** A job's state as it is called: one in the queue that somebody gave a moment to begin at does not wait for others. */
export function shownState({ state, startAt }: Pick<JobAnswer, 'state' | 'startAt'>, now = Date.now()): JobAnswer['state'] | 'scheduled' {
  return state === 'queued' && startAt !== null && Date.parse(startAt) > now ? 'scheduled' : state
}
