import { Fault, isAtRest } from '@longshore/core'
import type { Job } from '@longshore/store'

const openStates: readonly Job['state'][] = ['draft', 'checking', 'planned', 'queued', 'running', 'paused', 'failed']

export function isOpen(job: Job): boolean {
  return openStates.includes(job.state)
}

/** A draft waits for its person: nobody runs it. */
export function isUnchecked(job: Job): boolean {
  return job.state === 'draft' && job.reviewed
}

export function isResumable(job: Job): boolean {
  return isOpen(job) && !isUnchecked(job) && !(job.state === 'planned' && job.dryRun)
}

/** An import comes by `planned` on its way; only a dry run rests there. */
export function rests(job: Job): boolean {
  return isAtRest(job.state) && !(job.state === 'planned' && !job.dryRun)
}

/** Throws `job.state` where nothing is left to go on with. */
export function refuseFinished(job: Job): void {
  if (!isResumable(job)) throw new Fault('job.state', job.state === 'planned' ? `Job ${job.number} is a dry run. To carry out its plan: longshore apply ${job.number}.` : `Job ${job.number} is ${job.state}: there is nothing left to do.`)
}
