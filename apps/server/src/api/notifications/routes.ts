import { mailServerAnswer, mailServerBody, mailServerSchema, mailTriedSchema, mailWishBody, mailWishSchema, notificationPageSchema, notificationsQuery, readNotificationsBody } from '@longshore/contract'
import type { NotificationAnswer } from '@longshore/contract'
import type { ToldNotification } from '../../tasks/notifications/notification-work.ts'
import { presentJob } from '../jobs/present-job.ts'
import { signedIn, withRight } from '../permission.ts'
import { route } from '../route.ts'

/** What the one who asks is told of their jobs, and by what server e-mails leave. */
export const notificationRoutes = [
  route({
    method: 'GET', path: '/v1/notifications', tag: 'notifications', summary: 'What I was told of my jobs, newest first', permission: signedIn, query: notificationsQuery, answer: notificationPageSchema,
    call: ({ longshore, query }) => longshore.notifications.page(query),
    present: ({ items, ...rest }) => ({ ...rest, items: items.map(presentNotification) }),
  }),
  route({
    method: 'POST', path: '/v1/notifications/read', tag: 'notifications', summary: 'Mark my notifications as read, up to one', permission: signedIn, body: readNotificationsBody,
    call: ({ longshore, body }) => longshore.notifications.read(body.last),
  }),
  route({
    method: 'GET', path: '/v1/me/mail', tag: 'notifications', summary: 'Whether I want e-mails, and whether any are sent', permission: signedIn, answer: mailWishSchema,
    call: ({ longshore }) => longshore.notifications.mailWish(),
  }),
  route({
    method: 'PUT', path: '/v1/me/mail', tag: 'notifications', summary: 'Say whether I want e-mails', permission: signedIn, body: mailWishBody, answer: mailWishSchema,
    call: ({ longshore, body }) => longshore.notifications.setMailWish(body.mail),
  }),
  route({
    method: 'GET', path: '/v1/mail-server', tag: 'notifications', summary: 'By what server e-mails leave', permission: withRight('settings'), answer: mailServerAnswer,
    call: async ({ longshore }) => ({ server: await longshore.notifications.mailServer() }),
  }),
  route({
    method: 'PUT', path: '/v1/mail-server', tag: 'notifications', summary: 'Set the server by which e-mails leave; its password is kept encrypted', permission: withRight('settings'), body: mailServerBody, answer: mailServerSchema,
    call: ({ longshore, body }) => longshore.notifications.setMailServer(body),
  }),
  route({
    method: 'DELETE', path: '/v1/mail-server', tag: 'notifications', summary: 'Send no e-mails any more', permission: withRight('settings'),
    call: ({ longshore }) => longshore.notifications.dropMailServer(),
  }),
  route({
    method: 'POST', path: '/v1/mail-server/try', tag: 'notifications', summary: 'Send me an e-mail now, to see whether it arrives', permission: withRight('settings'), answer: mailTriedSchema,
    call: async ({ longshore }) => ({ to: await longshore.notifications.tryMail() }),
  }),
]

export function presentNotification({ job, ...rest }: ToldNotification): NotificationAnswer {
  return { ...rest, job: presentJob(job) }
}
