import { Fault } from '@longshore/core'
import { sendMail, sendWebhook } from '@longshore/connectors'
import type { Mail, MailWay } from '@longshore/connectors'
import { markFailed, markSent, readJob, readMailServer, readOrganization, takeOutgoing, webhookSecrets } from '@longshore/store'
import type { MailServer, Organization, Outgoing } from '@longshore/store'
import { operatorOf } from '../../actor.ts'
import { summaryOf } from '../../job-summary.ts'
import type { Workspace } from '../../open-workspace.ts'
import { workspaceOf } from '../../open-workspace.ts'
import { knownAddress } from '../../people/served-address.ts'
import { notificationText } from '../notifications/notification-words.ts'
import { callbackPurpose, mailContentPurpose, mailPasswordPurpose, webhookSecretPurpose } from './purposes.ts'

/** Messages of one round: whoever sends does other things, too. */
const mostAtOnce = 50

/** Sends what is due, of all organizations; what does not arrive is tried again later, by whoever looks then. */
export async function deliverOutgoing(workspace: Workspace): Promise<void> {
  for (let n = 0; n < mostAtOnce; n += 1) {
    const message = await takeOutgoing(workspace.db)
    if (message === null) return
    await deliver(workspace, message).catch(async (error: unknown) => {
      const code = error instanceof Fault ? error.code : 'internal'
      const again = await markFailed(workspace.db, message, { code, final: error instanceof Fault && error.remedy === 'refuse' })
      workspace.log.info(`${message.kind} ${message.id}: ${code}${again ? '' : ', given up'}`)
    })
  }
}

async function deliver(workspace: Workspace, message: Outgoing): Promise<void> {
  const { db } = workspace
  const organization = await db.transaction(null, (tx) => readOrganization(tx, message.organization), { readOnly: true })
  if (!organization) return void await markFailed(db, message, { code: 'organization.unknown', final: true })
  if (message.kind === 'email') {
    const server = await db.transaction(null, (tx) => readMailServer(tx, organization), { readOnly: true })
    const mail = server && await mailOf(workspace, organization, message)
    if (!server || !mail) return void await markFailed(db, message, { code: 'mail.none', final: true })
    await sendMail(await mailWay(workspace, organization, server), workspace.egress, mail)
    return markSent(db, message)
  }
  if (message.callback === null || message.job === null) return void await markFailed(db, message, { code: 'webhook.none', final: true })
  const sealed = await db.transaction(null, (tx) => webhookSecrets(tx, organization), { readOnly: true })
  const secrets = await readable(sealed.map((secret) => workspace.secrets.open(secret, webhookSecretPurpose(organization.id))))
  const answer = await sendWebhook(await workspace.secrets.open(message.callback, callbackPurpose), workspace.egress, {
    id: `msg_${organization.id}_${message.id}`, body: await webhookBody(workspace, organization, message.job),
    secrets,
  })
  if (answer.kind === 'delivered') return markSent(db, message)
  await markFailed(db, message, answer.kind === 'gone' ? { code: 'http-410', final: true } : { code: answer.code, after: answer.afterSeconds })
}

/** Those that can be read: after another secret of the installation the webhook secret of before cannot, and one that was made since signs alone. Throws where none can. */
async function readable(secrets: readonly Promise<string>[]): Promise<string[]> {
  const opened = await Promise.allSettled(secrets)
  const read = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  return read.length > 0 ? read : Promise.all(secrets)
}

export async function mailWay({ secrets }: Workspace, { id }: Organization, { password, username, ...server }: MailServer): Promise<MailWay> {
  return { ...server, login: username === null || password === null ? null : { username, password: await secrets.open(password, mailPasswordPurpose(id)) } }
}

/** Null: there is nobody to send it to any more. */
async function mailOf(workspace: Workspace, organization: Organization, { content, to, job, notification }: Outgoing): Promise<Mail | null> {
  if (content !== null) return JSON.parse(await workspace.secrets.open(content, mailContentPurpose)) as Mail // sealed by ourselves
  if (to === null || job === null || notification === null) return null
  const text = notificationText(notification, await jobOf(workspace, organization, job))
  const about = { started: 'has started', finished: 'is done', failed: 'could not go on' }[notification]
  return { to, subject: `Longshore: job ${job} ${about}`, text: `${text}\n${await linkTo(workspace, job)}\nYou get this because you started the job. E-mails can be switched off under your notifications.\n` }
}

async function webhookBody(workspace: Workspace, organization: Organization, number: number): Promise<string> {
  const { state, object, operation, counts, error, finishedAt } = await jobOf(workspace, organization, number)
  return JSON.stringify({ type: 'bulk-import.finished', timestamp: finishedAt ?? new Date().toISOString(), data: { job_id: number, status: state, object_type: object, operation, counts, error: error === null ? null : { code: error.code }, href: `/v1/bulk-import/${number}` } })
}

async function jobOf(workspace: Workspace, organization: Organization, number: number) {
  const job = await workspace.db.transaction(null, (tx) => readJob(tx, organization, number), { readOnly: true })
  return summaryOf(workspaceOf(workspace, operatorOf(organization)), job, false)
}

/** The job's page, where the installation knows how its own addresses begin. */
async function linkTo({ dataDirectory }: Workspace, job: number): Promise<string> {
  const begin = await knownAddress(dataDirectory)
  return begin !== null ? `${begin}/jobs/${job}\n` : ''
}
