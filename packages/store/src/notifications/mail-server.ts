import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** How e-mails of an organization leave. `password` is sealed. */
export interface MailServer { host: string; port: number; secure: boolean; username: string | null; password: string | null; sender: string }

export async function readMailServer(tx: Transaction, organization: Pick<Organization, 'id'>): Promise<MailServer | null> {
  const { rows: [found] } = await tx.query<MailServer>('SELECT host, port, secure, username, password, sender FROM longshore.mail_server WHERE organization = $1', [organization.id])
  return found ?? null
}

export async function saveMailServer(tx: Transaction, organization: Organization, { host, port, secure, username, password, sender }: MailServer): Promise<void> {
  await tx.query(`INSERT INTO longshore.mail_server (organization, host, port, secure, username, password, sender) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (organization) DO UPDATE SET host = excluded.host, port = excluded.port, secure = excluded.secure, username = excluded.username, password = excluded.password, sender = excluded.sender`,
    [organization.id, host, port, secure, username, password, sender])
}

export async function dropMailServer(tx: Transaction, organization: Organization): Promise<boolean> {
  return (await tx.query('DELETE FROM longshore.mail_server WHERE organization = $1', [organization.id])).rowCount > 0
}
