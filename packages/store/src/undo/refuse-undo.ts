import { Fault, mayChange } from '@longshore/core'
import type { Job } from '../jobs/job.ts'
import { loadSettings } from '../organizations/change-settings.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { daysBefore, retentionDays } from '../retention/limits.ts'

/** A job at its end can be taken back once; a failed one only where it had begun to write. */
export function refuseUnlessUndoable(job: Pick<Job, 'number' | 'state' | 'undoneBy' | 'operation'>): void {
  if (job.state === 'undone') {
    throw new Fault('job.state', `Job ${job.number} is undone already${job.undoneBy === null ? '' : `, by job ${job.undoneBy}. To bring it back: longshore undo ${job.undoneBy}; to take back what that undo kept, do this first and then longshore undo ${job.number} --everything`}.`)
  }
  if (job.state === 'undoing') {
    throw new Fault('job.state', `Job ${job.number} is being undone${job.undoneBy === null ? '' : ` by job ${job.undoneBy}. To go on with that: longshore resume ${job.undoneBy}`}.`)
  }
  if (!mayChange(job.state, 'undoing')) throw new Fault('job.state', `Job ${job.number} is ${job.state}: only a job at its end can be undone.`)
  if (job.operation === 'hard-delete') throw new Fault('undo.hard-delete', `Job ${job.number} deleted records for good: nothing of them is left that an undo could bring back.`)
}

/** What undo stands on is kept for so many days from the job's end. */
export async function refusePastLimit(tx: Transaction, organization: Organization, job: Pick<Job, 'number' | 'finishedAt' | 'rowsLetGoAt'>, now: string): Promise<void> {
  const days = retentionDays(await loadSettings(tx, organization)).undo
  if (job.rowsLetGoAt === null && (job.finishedAt === null || Date.parse(job.finishedAt) >= Date.parse(daysBefore(now, days)))) return
  throw new Fault('undo.past-limit', `Job ${job.number} ended on ${job.finishedAt?.slice(0, 10) ?? 'an earlier day'}, and a job can be undone for ${days} days. What it changed stays; an import with the operation update or delete can change it back.`)
}
