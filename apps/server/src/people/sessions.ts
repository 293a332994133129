import type { Transaction } from '@longshore/store'

/** Where an account is signed in. */
export interface Session { id: string; createdAt: string; expiresAt: string; browser: string | null }

/** Those that still hold, newest first. */
export async function listSessions(tx: Transaction, account: string): Promise<Session[]> {
  const { rows } = await tx.query<Session>(
    `SELECT id, to_char("createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "createdAt", to_char("expiresAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "expiresAt", left("userAgent", 200) AS browser
     FROM auth.session WHERE "userId" = $1 AND "expiresAt" > now() ORDER BY "createdAt" DESC, id`, [account])
  return rows
}

/** Ends one session of the account; false: it has none of that id. */
export async function endSession(tx: Transaction, account: string, id: string): Promise<boolean> {
  return (await tx.query('DELETE FROM auth.session WHERE "userId" = $1 AND id = $2', [account, id])).rowCount > 0
}
