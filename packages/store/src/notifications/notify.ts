import type { JobState } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** From so many rows on nobody waits beside the screen. */
const largeRows = 1_000

export const notificationKinds = ['started', 'finished', 'failed'] as const
export type NotificationKind = (typeof notificationKinds)[number]

/**
 * Writes down who is to be told that a job changed its state, in the transaction of the change: whoever started it, when it failed, when it was
 * large or has waited in the queue and is done, and when it leaves the queue; by e-mail, too, where the organization sends any and they want it. And
 * whoever asked to be called back at its end.
 */
export async function notifyOfChange(tx: Transaction, organization: Pick<Organization, 'id'>, job: number, from: JobState, to: JobState): Promise<void> {
  const kind: NotificationKind | null = to === 'failed' ? 'failed' : to === 'done' && from === 'running' ? 'finished' : to === 'running' && from === 'queued' ? 'started' : null
  if (kind !== null) {
    await tx.query(`WITH told AS (
        INSERT INTO longshore.notification (organization, member, job, kind) SELECT organization, started_by, number, $3 FROM longshore.job
        WHERE organization = $1 AND number = $2 AND kind <> 'edit' AND (CASE $3 WHEN 'failed' THEN true WHEN 'started' THEN waited ELSE waited OR rows >= ${largeRows} END)
        RETURNING id, member)
      INSERT INTO longshore.outbox (organization, kind, job, notification) SELECT $1, 'email', $2, told.id
      FROM told JOIN longshore.member m ON m.id = told.member AND m.mail AND m.account IS NOT NULL AND m.left_at IS NULL JOIN longshore.mail_server s ON s.organization = $1`, [organization.id, job, kind])
  }
  if ((to === 'done' && from === 'running') || to === 'failed' || to === 'cancelled') {
    await tx.query(`INSERT INTO longshore.outbox (organization, kind, job) SELECT organization, 'webhook', number FROM longshore.job WHERE organization = $1 AND number = $2 AND callback IS NOT NULL`, [organization.id, job])
  }
}
