import { failpoint } from '@longshore/core'
import type { Catalog, JobState } from '@longshore/core'
import type { StartRequest } from '../jobs/job-of-request.ts'
import { insertJob, readJob, type Job } from '../jobs/job.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Doer } from '../people/audit.ts'
import type { Database } from '../postgres/database.ts'
import { refuseStrayTrial } from './refuse-stray-trial.ts'
import { refusePastLimit, refuseUnlessUndoable } from './refuse-undo.ts'

/** What an undo keeps as its definition. */
export interface UndoDefinition {
  undo: number
  everything: boolean
  /** The state of the undone job before, to which it returns when the undo is cancelled or undone itself. */
  former: JobState
}

/** Makes the job that takes `undone` back; nothing is written before it runs. Throws `job.state` when that job cannot be undone now. */
export async function createUndo(db: Database, organization: Organization, catalog: Catalog, undone: number, options: { everything: boolean; effectiveAt: string; by?: Doer; request?: StartRequest | null }): Promise<Job> {
  return db.transaction(null, async (tx) => {
    await tx.query('SELECT 1 FROM longshore.organization WHERE id = $1 FOR UPDATE', [organization.id]) // before a job's row, as everybody does who takes both
    const job = await readJob(tx, organization, undone)
    refuseUnlessUndoable(job)
    await refusePastLimit(tx, organization, job, options.effectiveAt)
    await refuseStrayTrial(tx, organization, job)
    const definition: UndoDefinition = { undo: undone, everything: options.everything, former: job.state }
    const made = await insertJob(tx, organization, {
      kind: 'undo', object: job.object, operation: 'undo', definition, state: 'queued', sourceName: job.sourceName, metadataVersion: catalog.version,
      undoes: undone, everything: options.everything, effectiveAt: options.effectiveAt, ...(options.by ? { by: options.by } : {}), request: options.request ?? null,
    })
    await failpoint('undo.before-create-commit')
    return made
  })
}
