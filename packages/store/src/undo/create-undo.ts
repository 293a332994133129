import { Fault, mayChange } from '@longshore/core'
import type { Catalog, JobState } from '@longshore/core'
import { createJob, readJob, type Job } from '../jobs/job.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Database } from '../postgres/database.ts'

/** What an undo keeps as its definition. */
export interface UndoDefinition {
  undo: number
  everything: boolean
  /** The state of the undone job before, to which it returns when the undo is cancelled or undone itself. */
  former: JobState
}

/** Makes the job that takes `undone` back; nothing is written before it runs. Throws `job.state` when that job cannot be undone now. */
export async function createUndo(db: Database, organization: Organization, catalog: Catalog, undone: number, options: { everything: boolean; effectiveAt: string }): Promise<Job> {
  const job = await db.transaction(null, (tx) => readJob(tx, organization, undone), { readOnly: true })
  refuseUnlessUndoable(job)
  if (job.operation === 'hard-delete') throw new Fault('undo.hard-delete', `Job ${undone} deleted records for good: nothing of them is left that an undo could bring back.`)
  const definition: UndoDefinition = { undo: undone, everything: options.everything, former: job.state }
  return createJob(db, organization, {
    kind: 'undo', object: job.object, operation: 'undo', definition, state: 'queued', sourceName: job.sourceName, metadataVersion: catalog.version,
    undoes: undone, everything: options.everything, effectiveAt: options.effectiveAt,
  })
}

/** A job at its end can be taken back once; a failed one only where it had begun to write. */
export function refuseUnlessUndoable(job: Pick<Job, 'number' | 'state' | 'undoneBy' | 'kind'>): void {
  if (job.state === 'undone') {
    throw new Fault('job.state', `Job ${job.number} is undone already${job.undoneBy === null ? '' : `, by job ${job.undoneBy}. To bring it back: longshore undo ${job.undoneBy}`}.`)
  }
  if (job.state === 'undoing') {
    throw new Fault('job.state', `Job ${job.number} is being undone${job.undoneBy === null ? '' : ` by job ${job.undoneBy}. To go on with that: longshore resume ${job.undoneBy}`}.`)
  }
  if (!mayChange(job.state, 'undoing')) throw new Fault('job.state', `Job ${job.number} is ${job.state}: only a job at its end can be undone.`)
}
