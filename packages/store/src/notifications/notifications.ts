import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import type { NotificationKind } from './notify.ts'

/** What somebody was told of a job. */
export interface Notification { id: string; kind: NotificationKind; job: number; at: string; read: boolean }

// the table's id orders: that of the answer is text, and "9" comes after "10"
const columns = `n.id::text, kind, job, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, read_at IS NOT NULL AS read`

/** A member's own (null: the operator's), newest first; those before notification `before`, when it is given. */
export async function listNotifications(tx: Transaction, organization: Organization, member: number | null, { limit, before }: { limit: number; before: string | null }): Promise<Notification[]> {
  return (await tx.query<Notification>(`SELECT ${columns} FROM longshore.notification n WHERE organization = $1 AND member IS NOT DISTINCT FROM $2 AND ($4::bigint IS NULL OR n.id < $4) ORDER BY n.id DESC LIMIT $3`,
    [organization.id, member, limit, before])).rows
}

/** One of somebody's; null: the operator's. */
export type OwnedNotification = Notification & { member: number | null }

/** Ids that are asked for once more: a transaction that commits late has an id from when it began. */
export const lateNotifications = 50

/** Of a page; more than `lateNotifications`, so that each full page comes further. */
const pageNotifications = 200

/** All of everybody that came after notification `from`, up to `to`, oldest first, and perhaps some that were seen before. */
export interface NotificationPage { from: string; to: string; notifications: readonly OwnedNotification[] }

/** The next ones after notification `since`; those that found no place come after the page's `to`. */
export async function notificationsSince(tx: Transaction, organization: Organization, since: string): Promise<NotificationPage> {
  const last = await lastNotification(tx) // asked first: what comes in between is told now and once more
  const { rows: notifications } = await tx.query<OwnedNotification>(`SELECT ${columns}, member FROM longshore.notification n WHERE organization = $1 AND n.id > $2::bigint - ${lateNotifications} ORDER BY n.id LIMIT ${pageNotifications}`, [organization.id, since])
  const to = (notifications.length === pageNotifications ? notifications.at(-1)?.id : undefined) ?? last
  return { from: since, to: BigInt(to) > BigInt(since) ? to : since, notifications } // the last ones may be gone with their jobs
}

/** The id of the last one of anybody, in any organization. */
export async function lastNotification(tx: Transaction): Promise<string> {
  return (await tx.query<{ id: string }>('SELECT coalesce(max(id), 0)::text AS id FROM longshore.notification')).rows[0]?.id ?? '0'
}

export async function countUnread(tx: Transaction, organization: Organization, member: number | null): Promise<number> {
  const { rows: [row] } = await tx.query<{ n: string }>('SELECT count(*) AS n FROM longshore.notification WHERE organization = $1 AND member IS NOT DISTINCT FROM $2 AND read_at IS NULL', [organization.id, member])
  return Number(row?.n ?? 0)
}

/** Marks those up to `last` as read. */
export async function markRead(tx: Transaction, organization: Organization, member: number | null, last: string): Promise<void> {
  await tx.query('UPDATE longshore.notification SET read_at = clock_timestamp() WHERE organization = $1 AND member IS NOT DISTINCT FROM $2 AND id <= $3::bigint AND read_at IS NULL', [organization.id, member, last])
}

/** Whether a member gets e-mails, and whether their organization sends any. */
export async function readMailWish(tx: Transaction, organization: Organization, member: number): Promise<{ mail: boolean; sent: boolean }> {
  const { rows: [row] } = await tx.query<{ mail: boolean; sent: boolean }>('SELECT mail, EXISTS (SELECT 1 FROM longshore.mail_server s WHERE s.organization = $1) AS sent FROM longshore.member WHERE organization = $1 AND id = $2', [organization.id, member])
  return row ?? { mail: false, sent: false }
}

export async function setMailWish(tx: Transaction, organization: Organization, member: number, mail: boolean): Promise<void> {
  await tx.query('UPDATE longshore.member SET mail = $3 WHERE organization = $1 AND id = $2', [organization.id, member, mail])
}
