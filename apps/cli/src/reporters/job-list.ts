import { basename } from 'node:path'
import type { JobSummary } from '@longshore/server'
import { nextSteps } from '../messages/next-steps.ts'
import { bytes } from './quantity.ts'
import { table } from './table.ts'
import { visible } from './visible.ts'

/** All jobs in a table, in the order given; below it what its figures are, where they are no results, and how interrupted jobs go on. */
export function jobList(jobs: readonly JobSummary[]): string {
  if (jobs.length === 0) return 'There are no jobs yet. Start one with: longshore import FILE --object contacts\n'
  const open = jobs.some(({ figures }) => figures !== 'results')
  return [table(
    ['job', 'what', 'state', 'rows', 'created', 'updated', 'deleted', 'skipped', 'flagged', 'failed', 'excluded', 'started', 'by', 'size', 'from'],
    jobs.map(({ counts, ...job }) => [
      job.job, job.kind === 'undo' ? `undo of ${job.undoes ?? '?'}` : `${job.operation} ${job.object}`, job.interrupted ? 'interrupted' : job.state, job.rows,
      counts.created, counts.updated, counts.deleted, counts.skipped, counts.flagged, counts.failed, counts.excluded,
      job.createdAt.slice(0, 16).replace('T', ' '), job.startedByName === null ? null : visible(job.startedByName), job.sourceBytes === null ? null : bytes(job.sourceBytes), job.source === null ? null : basename(job.source),
    ]),
  ), ...open ? ['Jobs that are not over show what they will do, or once they began, what is done so far.\n'] : [],
  ...jobs.filter(({ interrupted }) => interrupted).map(({ job }) => `Job ${job} was interrupted: its process is gone. ${nextSteps.resume(job)}\n`)].join('')
}
