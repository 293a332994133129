import { Fault, changedSettings } from '@longshore/core'
import type { ImportDefinition } from '@longshore/core'
import { readJob, type Job } from '../jobs/job.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/**
 * Refuses to take the undo of a trial back where the rows of the trial would stand beside those of its import: its file is read otherwise by now, so
 * that row numbers mean other rows, or it has begun and has these rows itself. Holds the import's row.
 */
export async function refuseStrayTrial(tx: Transaction, organization: Organization, job: Job): Promise<void> {
  let root = job
  let bringsBack = false
  for (; root.undoes !== null; bringsBack = !bringsBack) root = await readJob(tx, organization, root.undoes)
  if (!bringsBack || root.trialOf === null) return
  await tx.query('SELECT 1 FROM longshore.job WHERE organization = $1 AND number = $2 FOR UPDATE', [organization.id, root.trialOf])
  const whole = await readJob(tx, organization, root.trialOf)
  if (!whole.dryRun && whole.state !== 'undone') throw new Fault('job.state', `Job ${root.number} tried rows of job ${whole.number}, which has begun since and imports them itself: brought back, they would be there twice. Undo job ${whole.number} first.`)
  const changed = changedSettings(root.definition as ImportDefinition, whole.definition as ImportDefinition)
  if (whole.dryRun && (changed.includes('source') || changed.includes('object'))) throw new Fault('job.state', `Job ${root.number} tried rows of job ${whole.number}, whose file is read otherwise since: they would be other rows. Import the file anew to have its records again.`)
}
