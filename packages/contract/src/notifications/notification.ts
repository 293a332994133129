import { z } from 'zod'
import { jobSchema } from '../jobs/job.ts'
import { pageQuery } from '../paging/paging.ts'

export const notificationSchema = z.object({
  id: z.string(),
  /** The job left the queue; it is done; it could not go on. */
  kind: z.enum(['started', 'finished', 'failed']),
  at: z.string(),
  read: z.boolean(),
  /** One sentence. */
  text: z.string(),
  job: jobSchema,
}).meta({ id: 'Notification' })

export const notificationsQuery = z.strictObject(pageQuery)
export const notificationPageSchema = z.object({ items: z.array(notificationSchema), next: z.string().nullable(), unread: z.int() }).meta({ id: 'NotificationPage' })
/** All up to this one are read. */
export const readNotificationsBody = z.strictObject({ last: z.string().regex(/^\d{1,18}$/, 'is no id of a notification') })

/** `mail`: whether I want e-mails; `sent`: whether the organization sends any. */
export const mailWishSchema = z.object({ mail: z.boolean(), sent: z.boolean() }).meta({ id: 'MailWish' })
export const mailWishBody = z.strictObject({ mail: z.boolean() })

export type NotificationAnswer = z.output<typeof notificationSchema>
