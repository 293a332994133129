import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import { Fault } from '@longshore/core'
import type { Database, Transaction } from '@longshore/store'
import { hashPassword, verifyPassword } from './password.ts'

/** How people prove who they are: their accounts, passwords and sessions, which better-auth keeps. What they may do is not its affair. */
export interface Accounts {
  /** Checks e-mail and password; gives the cookies of a new session, or null. */
  signIn(credentials: { email: string; password: string }, headers: Headers): Promise<{ account: string; cookies: string[] } | null>
  /** The session that the request's cookie names, where it bears our signature; whether it holds is another question. */
  tokenOf(headers: Headers): string | null
  /** Whether a session that ends then (milliseconds since 1970) is to be renewed by `session`. */
  isRenewalDue(expiresAt: number): boolean
  /** Whose session the request's cookie names; `cookies`: its renewal, when it is due. */
  session(headers: Headers): Promise<{ account: string; session: string; cookies: string[] } | null>
  /** Ends the session; gives the cookies that say so. */
  signOut(headers: Headers): Promise<string[]>
}

/** Shortest password: length is what counts (NIST SP 800-63B). */
export const leastPassword = 12
const sessionSeconds = 7 * 24 * 60 * 60
const renewAfterSeconds = 24 * 60 * 60

/** Loaded when the first person signs in: it takes 45 MB and most of a second, which the command line never needs. */
export async function openAccounts(db: Database, secret: string): Promise<Accounts> {
  const [{ betterAuth }, { authAdapter }] = await Promise.all([import('better-auth/minimal'), import('./auth-adapter.ts')])
  const auth = betterAuth({
    appName: 'Longshore', baseURL: 'http://localhost', secret, database: authAdapter(db),
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: leastPassword, maxPasswordLength: 200, password: { hash: hashPassword, verify: ({ password, hash }) => verifyPassword(password, hash) } },
    session: { expiresIn: sessionSeconds, updateAge: renewAfterSeconds },
    advanced: { cookiePrefix: 'longshore', defaultCookieAttributes: { sameSite: 'lax', httpOnly: true, path: '/' }, ipAddress: { disableIpTracking: true } },
    rateLimit: { enabled: false }, // it counts per process; ours is exact across them
    telemetry: { enabled: false }, logger: { disabled: true },
  })
  return {
    async signIn({ email, password }, headers) {
      try {
        const { headers: answer, response } = await auth.api.signInEmail({ body: { email, password }, headers, returnHeaders: true })
        return { account: response.user.id, cookies: answer.getSetCookie() }
      } catch (error) {
        if (error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500) return null
        throw error
      }
    },
    tokenOf: (headers) => signedToken(headers.get('cookie') ?? '', secret),
    isRenewalDue: (expiresAt) => expiresAt - sessionSeconds * 1000 + renewAfterSeconds * 1000 <= Date.now(),
    async session(headers) {
      const { headers: answer, response } = await auth.api.getSession({ headers, returnHeaders: true })
      return response ? { account: response.user.id, session: response.session.id, cookies: answer.getSetCookie() } : null
    },
    async signOut(headers) {
      const { headers: answer } = await auth.api.signOut({ headers, returnHeaders: true })
      return answer.getSetCookie()
    },
  }
}

/** better-auth's cookie: the session's token, a dot, and the token's HMAC-SHA-256 by the secret, in base64. */
function signedToken(cookies: string, secret: string): string | null {
  const value = /(?:^|;)\s*longshore\.session_token=([^;]{1,500})/.exec(cookies)?.[1]
  if (value === undefined) return null
  const [, token, signature] = /^([\w-]+)\.([\w+/]{43}=)$/.exec(decoded(value)) ?? []
  if (token === undefined || signature === undefined) return null
  const own = createHmac('sha256', secret).update(token).digest()
  return timingSafeEqual(own, Buffer.from(signature, 'base64')) ? token : null
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return '' // no cookie of ours
  }
}

/** The account of that e-mail with its password's hash. */
export async function findAccount(tx: Transaction, email: string): Promise<{ id: string; password: string | null } | null> {
  const { rows: [found] } = await tx.query<{ id: string; password: string | null }>(
    `SELECT u.id, a.password FROM auth."user" u LEFT JOIN auth.account a ON a."userId" = u.id AND a."providerId" = 'credential' WHERE u.email = $1`, [email.toLowerCase()])
  return found ?? null
}

/** Makes an account in the transaction of what it is made for, as better-auth would. `password`: hashed. */
export async function createAccount(tx: Transaction, { email, name, password }: { email: string; name: string; password: string }): Promise<string> {
  const id = randomUUID()
  await tx.query(`INSERT INTO auth."user" (id, name, email, "emailVerified", "createdAt", "updatedAt") VALUES ($1, $2, $3, true, now(), now())`, [id, name, email.toLowerCase()])
  await tx.query(`INSERT INTO auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt") VALUES ($1, $2, 'credential', $2, $3, now(), now())`, [randomUUID(), id, password])
  return id
}

/** A new password ends every session but the one given. */
export async function setPassword(tx: Transaction, account: string, password: string, keep: string | null): Promise<void> {
  await tx.query(`UPDATE auth.account SET password = $2, "updatedAt" = now() WHERE "userId" = $1 AND "providerId" = 'credential'`, [account, password])
  await tx.query('DELETE FROM auth.session WHERE "userId" = $1 AND id IS DISTINCT FROM $2', [account, keep])
}

/** Throws `password.weak` with what a password must be. */
export function refuseWeak(password: string, email: string): void {
  if ([...password].length < leastPassword) throw new Fault('password.weak', `A password has at least ${leastPassword} characters; four words that do not belong together make a good one.`, { path: 'password' })
  if (new Set(password).size < 5 || password.toLowerCase().includes(email.split('@')[0]?.toLowerCase() ?? '\0')) throw new Fault('password.weak', 'This password is too easily guessed: it repeats itself, or holds the name before the @ of the address. Choose another.', { path: 'password' })
}
