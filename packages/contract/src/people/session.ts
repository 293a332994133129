import { z } from 'zod'
import { emailSchema } from './people.ts'

/** Where I am signed in. */
export const sessionsSchema = z.object({ sessions: z.array(z.object({ id: z.string(), createdAt: z.string(), expiresAt: z.string(), browser: z.string().nullable(), current: z.boolean() })) }).meta({ id: 'Sessions' })
export const sessionParams = z.strictObject({ session: z.string().regex(/^[A-Za-z0-9_-]{8,128}$/, 'is no id of a session') })

/** Somebody forgot their password. The answer does not say whether there is such an account. */
export const resetBody = z.strictObject({ email: emailSchema }).meta({ id: 'PasswordReset' })
/** `secret`: of the link in the e-mail. */
export const resetAcceptBody = z.strictObject({ secret: z.string().min(20).max(200), password: z.string().min(1).max(200) }).meta({ id: 'PasswordResetAccept' })

/** Teams with the ids of their members: a scope of records may reach a team. */
export const teamsSchema = z.object({ teams: z.array(z.object({ name: z.string(), members: z.array(z.int()) })) }).meta({ id: 'Teams' })
