import { Fault } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { changeState, patchJob, readJob, type DraftEdit, type Job, type JobPatch } from './job.ts'

/** Edits that are kept to be told of. */
const keptEdits = 50

/** Holds a job for one edit of its definition; a Fault `draft.too-late` once something of it was written, and while it is being checked. */
export async function lockDraft(tx: Transaction, organization: Organization, number: number): Promise<Job> {
  await tx.query('SELECT 1 FROM longshore.job WHERE organization = $1 AND number = $2 FOR UPDATE', [organization.id, number])
  const job = await readJob(tx, organization, number)
  const rests = job.state === 'draft' || job.state === 'planned' || job.state === 'failed' || job.state === 'paused'
  if (job.kind === 'import' && job.reviewed && job.dryRun && rests && !job.checkpoint.cancelled) return job
  throw new Fault('draft.too-late', job.state === 'checking' && job.reviewed ? `Job ${number} is being checked: it can be changed when that is over.` : `Job ${number} is ${job.state}: an import is changed only before it has begun.`)
}

/** Writes an edit: the definition, who changed what, and which steps are to be gone through again. The job is a draft again. */
export async function writeEdit(tx: Transaction, organization: Organization, job: Job, edit: Omit<DraftEdit, 'revision' | 'at'>, patch: Pick<JobPatch, 'definition' | 'layout' | 'object' | 'operation'> & { again: 'check' | 'plan' }): Promise<number> {
  const { again, ...rest } = patch
  const revision = job.revision + 1
  await patchJob(tx, organization, job.number, {
    ...rest, revision, edits: [...job.edits, { ...edit, revision, at: new Date().toISOString() }].slice(-keptEdits), error: null, counts: null,
    checkpoint: again === 'check' ? { staged: false, planned: false } : { planned: false },
  })
  await changeState(tx, organization, job.number, 'draft')
  return revision
}
