import type { Organization } from '../organizations/organization.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import type { NotificationKind } from './notify.ts'

/** Something that is to leave. */
export interface Outgoing {
  id: string
  organization: number
  kind: 'email' | 'webhook'
  job: number | null
  /** Of a notification: what it says, and to whom. */
  notification: NotificationKind | null
  to: string | null
  /** Of an e-mail that is about no job; sealed. */
  content: string | null
  /** Of a webhook; sealed. */
  callback: string | null
  /** With this try. */
  attempts: number
}

/** How long whoever took a message has for it; then another one takes it, so that a process that dies loses none. */
const leaseSeconds = 120
/** Pauses after the first try, the second …; after the last of them a message is given up: 75 hours in all (Standard Webhooks). */
const pausesSeconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

/** Takes the message that is due longest, for a while; null: none is. */
export async function takeOutgoing(db: Database): Promise<Outgoing | null> {
  return db.transaction(null, async (tx) => {
    const { rows: [taken] } = await tx.query<Outgoing>(
      `WITH taken AS (UPDATE longshore.outbox SET attempts = attempts + 1, next_at = clock_timestamp() + interval '${leaseSeconds} seconds'
         WHERE id = (SELECT id FROM longshore.outbox WHERE sent_at IS NULL AND given_up_at IS NULL AND next_at <= clock_timestamp() ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *)
       SELECT t.id::text, t.organization, t.kind, t.job, t.content, t.attempts, n.kind AS notification, m.email AS "to", j.callback
       FROM taken t LEFT JOIN longshore.notification n ON n.id = t.notification LEFT JOIN longshore.member m ON m.id = n.member LEFT JOIN longshore.job j ON j.organization = t.organization AND j.number = t.job`)
    return taken ?? null
  })
}

export async function markSent(db: Database, { id }: Pick<Outgoing, 'id'>): Promise<void> {
  await db.transaction(null, (tx) => tx.query('UPDATE longshore.outbox SET sent_at = clock_timestamp(), error = NULL, content = NULL WHERE id = $1', [id]))
}

/** Says when the message is tried again: with longer and longer pauses, `after` seconds at least; with `final` never. False: it was given up. */
export async function markFailed(db: Database, { id, attempts }: Pick<Outgoing, 'id' | 'attempts'>, { code, after = 0, final = false }: { code: string; after?: number; final?: boolean }): Promise<boolean> {
  const pause = final ? undefined : pausesSeconds[attempts - 1]
  await db.transaction(null, (tx) => (pause === undefined
    ? tx.query('UPDATE longshore.outbox SET given_up_at = clock_timestamp(), error = $2, content = NULL WHERE id = $1', [id, code])
    : tx.query('UPDATE longshore.outbox SET next_at = clock_timestamp() + make_interval(secs => $3), error = $2 WHERE id = $1', [id, code, Math.max(pause, after)])))
  return pause !== undefined
}

/** An e-mail that is about no job; `content` is sealed. */
export async function putMail(tx: Transaction, organization: Pick<Organization, 'id'>, content: string): Promise<void> {
  await tx.query(`INSERT INTO longshore.outbox (organization, kind, content) VALUES ($1, 'email', $2)`, [organization.id, content])
}

/** What became of a job's webhook; null: none was asked for, or the job has not ended. */
export async function webhookOf(tx: Transaction, organization: Organization, job: number): Promise<{ state: 'waiting' | 'delivered' | 'given-up'; attempts: number; error: string | null } | null> {
  const { rows: [row] } = await tx.query<{ state: 'waiting' | 'delivered' | 'given-up'; attempts: number; error: string | null }>(
    `SELECT CASE WHEN sent_at IS NOT NULL THEN 'delivered' WHEN given_up_at IS NOT NULL THEN 'given-up' ELSE 'waiting' END AS state, attempts, error
     FROM longshore.outbox WHERE organization = $1 AND job = $2 AND kind = 'webhook' ORDER BY id DESC LIMIT 1`, [organization.id, job])
  return row ?? null
}
