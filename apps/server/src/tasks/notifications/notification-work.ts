import { Fault } from '@longshore/core'
import { sendMail } from '@longshore/connectors'
import { audit, countUnread, dropMailServer, listNotifications, markRead, readJob, readMailServer, readMailWish, saveMailServer, setMailWish } from '@longshore/store'
import type { MailServer, Notification } from '@longshore/store'
import { doer } from '../../actor.ts'
import { summaryOf } from '../../job-summary.ts'
import type { JobSummary } from '../../longshore.ts'
import type { Workspace } from '../../open-workspace.ts'
import { mailWay } from '../outbox/deliver.ts'
import { mailPasswordPurpose } from '../outbox/purposes.ts'
import { notificationText } from './notification-words.ts'

/** A notification in words, with the job as it is now. */
export type ToldNotification = Omit<Notification, 'job'> & { text: string; job: JobSummary }
/** `hasPassword`: one is kept; it is never shown. */
export type ShownMailServer = Omit<MailServer, 'password'> & { hasPassword: boolean }

/** What the actor is told of their jobs, and how e-mails of the organization leave. */
export interface NotificationWork {
  page(options: { limit: number; cursor?: string | undefined }): Promise<{ items: ToldNotification[]; next: string | null; unread: number }>
  tell(notification: Notification): Promise<ToldNotification>
  /** Marks those up to `last` as read. */
  read(last: string): Promise<void>
  /** Whether the actor wants e-mails; the operator has no address. */
  mailWish(): Promise<{ mail: boolean; sent: boolean }>
  setMailWish(mail: boolean): Promise<{ mail: boolean; sent: boolean }>
  mailServer(): Promise<ShownMailServer | null>
  /** `password`: undefined keeps the one that is there. */
  setMailServer(server: Omit<MailServer, 'password'> & { password?: string | null | undefined }): Promise<ShownMailServer>
  dropMailServer(): Promise<void>
  /** Sends the actor an e-mail at once and says where to; throws what went wrong. */
  tryMail(): Promise<string>
}

export function notificationWork(workspace: Workspace): NotificationWork {
  const { db, organization, actor, secrets } = workspace
  const member = actor.member?.id ?? null
  const server = (): Promise<MailServer | null> => db.transaction(null, (tx) => readMailServer(tx, organization), { readOnly: true })
  const wish = (): Promise<{ mail: boolean; sent: boolean }> => db.transaction(null, (tx) => readMailWish(tx, organization, member ?? 0), { readOnly: true })
  const tell = async ({ job: number, ...rest }: Notification): Promise<ToldNotification> => {
    const job = await summaryOf(workspace, await db.transaction(null, (tx) => readJob(tx, organization, number), { readOnly: true }), false)
    return { ...rest, job, text: notificationText(rest.kind, job) }
  }
  return {
    tell,
    async page({ limit, cursor }) {
      if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) throw new Fault('request.cursor', 'The cursor is none that a page of this list gave as "next". Begin without one.', { path: 'cursor' })
      const { found, unread } = await db.transaction(null, async (tx) => ({ found: await listNotifications(tx, organization, member, { limit: limit + 1, before: cursor ?? null }), unread: await countUnread(tx, organization, member) }), { readOnly: true })
      const items = await Promise.all(found.slice(0, limit).map(tell))
      return { items, next: found.length > limit ? items.at(-1)?.id ?? null : null, unread }
    },
    read: (last) => db.transaction(null, (tx) => markRead(tx, organization, member, last)),
    mailWish: wish,
    async setMailWish(mail) {
      if (member === null) throw new Fault('mail.nobody', 'The operator has no address to send e-mails to. Sign in to say whether you want any.')
      await db.transaction(null, (tx) => setMailWish(tx, organization, member, mail))
      return wish()
    },
    async mailServer() {
      const found = await server()
      return found && shown(found)
    },
    async setMailServer({ password, ...given }) {
      if (password === undefined) {
        const before = await server()
        // a password goes to the server that it was given for, and to no other
        if (before !== null && before.password !== null && (before.host !== given.host || before.username !== given.username)) throw new Fault('mail.password', 'The server or the user is another one: give the password again, or null for none.', { path: 'password' })
      }
      const sealed = typeof password === 'string' ? await secrets.seal(password, mailPasswordPurpose(organization.id)) : password
      return db.transaction(null, async (tx) => {
        const next = { ...given, password: sealed === undefined ? (await readMailServer(tx, organization))?.password ?? null : sealed }
        await saveMailServer(tx, organization, next)
        await audit(tx, organization, doer(actor), { act: 'mail-server.change', details: { host: given.host, port: given.port } })
        return shown(next)
      })
    },
    dropMailServer: () => db.transaction(null, async (tx) => {
      if (await dropMailServer(tx, organization)) await audit(tx, organization, doer(actor), { act: 'mail-server.remove' })
    }),
    async tryMail() {
      const found = await server()
      if (!found) throw new Fault('mail.none', 'There are no mail settings yet: PUT /v1/mail-server.')
      if (actor.member === null) throw new Fault('mail.nobody', 'The operator has no address to send e-mails to. Sign in to try it.')
      await sendMail(await mailWay(workspace, organization, found), workspace.egress, { to: actor.member.email, subject: 'Longshore: a try', text: 'E-mails of Longshore arrive here.\n' })
      return actor.member.email
    },
  }
}

function shown({ password, ...server }: MailServer): ShownMailServer {
  return { ...server, hasPassword: password !== null }
}
