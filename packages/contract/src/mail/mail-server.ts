import { z } from 'zod'

const host = z.string().trim().regex(/^[A-Za-z0-9.:-]{1,253}$/, 'is no name of a server, such as smtp.example.com')
const sender = z.string().trim().min(3).max(320).regex(/^([^<>\p{Cc}]{0,200}<[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+>|[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+)$/u, 'is no sender, such as Longshore <crm@example.com>')

/** How e-mails of the organization leave. The password is never shown; `hasPassword` says whether there is one. */
export const mailServerSchema = z.object({ host: z.string(), port: z.int(), secure: z.boolean(), username: z.string().nullable(), hasPassword: z.boolean(), sender: z.string() }).meta({ id: 'MailServer' })
export const mailServerAnswer = z.object({ server: mailServerSchema.nullable() }).meta({ id: 'MailServerAnswer' })
export const mailServerBody = z.strictObject({
  host, port: z.int().min(1).max(65_535),
  /** TLS from the first byte (465); false: STARTTLS (587). */
  secure: z.boolean(),
  username: z.string().max(320).nullable().default(null),
  /** Absent: the one that is kept stays. */
  password: z.string().max(1_000).nullable().optional(),
  sender,
}).meta({ id: 'MailServerBody' })
/** Where a try is sent: to the one who asks. */
export const mailTriedSchema = z.object({ to: z.string() }).meta({ id: 'MailTried' })
