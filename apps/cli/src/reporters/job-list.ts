import { basename } from 'node:path'
import type { JobSummary } from '@longshore/server'
import { table } from './table.ts'

/** All jobs in a table, in the order given. */
export function jobList(jobs: readonly JobSummary[]): string {
  if (jobs.length === 0) return 'There are no jobs yet. Start one with: longshore import FILE --object contacts\n'
  return table(
    ['job', 'what', 'state', 'rows', 'created', 'updated', 'deleted', 'skipped', 'flagged', 'failed', 'excluded', 'started', 'from'],
    jobs.map(({ counts, ...job }) => [
      job.job, job.kind === 'undo' ? `undo of ${job.undoes ?? '?'}` : `${job.operation} ${job.object}`, job.state, job.rows,
      counts.created, counts.updated, counts.deleted, counts.skipped, counts.flagged, counts.failed, counts.excluded,
      job.createdAt.slice(0, 16).replace('T', ' '), job.source === null ? null : basename(job.source),
    ]),
  )
}
