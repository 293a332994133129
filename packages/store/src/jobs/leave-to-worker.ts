import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { changeState, patchJob, readJob } from './job.ts'
import { refuseUnshown } from './trial.ts'

/**
 * Puts a job where whoever serves the queue takes it up. `carryOut`: also the plan of a dry run, which throws `plan.outdated` and `trial.open` for what
 * has not been shown. `goOn`: also one that rests.
 */
export async function leaveToWorker(tx: Transaction, organization: Organization, number: number, { carryOut = false, goOn = false } = {}): Promise<void> {
  await tx.query('SELECT 1 FROM longshore.job WHERE organization = $1 AND number = $2 FOR UPDATE', [organization.id, number])
  const job = await readJob(tx, organization, number)
  if (job.state === 'draft') await changeState(tx, organization, number, 'checking')
  else if (job.state === 'planned' && job.dryRun && carryOut) {
    await refuseUnshown(tx, organization, job)
    await patchJob(tx, organization, number, { dryRun: false })
  } else if ((job.state === 'paused' || job.state === 'failed') && goOn) {
    await patchJob(tx, organization, number, { error: null })
    await changeState(tx, organization, number, job.kind === 'undo' || (!job.dryRun && job.checkpoint.planned === true) ? 'queued' : 'checking')
  }
}
