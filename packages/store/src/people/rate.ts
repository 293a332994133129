import type { Transaction } from '../postgres/database.ts'

/** `after`: whole seconds until the window closes. */
export interface RateAnswer { allowed: boolean; used: number; after: number }

/**
 * Counts one use of `key` if the window has room for it. The row is locked while it is counted: of any number of processes exactly `limit`
 * uses get through in a window, which opens with the first use and lasts `seconds`.
 */
export async function takeTurn(tx: Transaction, key: string, limit: number, seconds: number): Promise<RateAnswer> {
  const { rows: [row] } = await tx.query<{ used: number; after: number }>(
    `INSERT INTO longshore.rate AS r (key, opened_at, used) VALUES ($1, clock_timestamp(), 1)
     ON CONFLICT (key) DO UPDATE SET
       used = CASE WHEN r.opened_at <= clock_timestamp() - make_interval(secs => $3) THEN 1 ELSE least(r.used + 1, $2::integer + 1) END,
       opened_at = CASE WHEN r.opened_at <= clock_timestamp() - make_interval(secs => $3) THEN clock_timestamp() ELSE r.opened_at END
     RETURNING used, ceil(extract(epoch FROM opened_at + make_interval(secs => $3) - clock_timestamp()))::integer AS after`, [key, limit, seconds])
  const { used, after } = row ?? { used: limit + 1, after: seconds }
  return { allowed: used <= limit, used: Math.min(used, limit), after: Math.max(1, after) }
}

/** Forgets what was counted, such as failed tries once one succeeds. */
export async function forgetTurns(tx: Transaction, key: string): Promise<void> {
  await tx.query('DELETE FROM longshore.rate WHERE key = $1', [key])
}
