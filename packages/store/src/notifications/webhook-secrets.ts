import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** How long the secret before a new one still signs. */
const overlap = '24 hours'

/** Sealed secrets that webhooks are signed with now, newest first. */
export async function webhookSecrets(tx: Transaction, organization: Pick<Organization, 'id'>): Promise<string[]> {
  const { rows } = await tx.query<{ secret: string }>('SELECT secret FROM longshore.webhook_secret WHERE organization = $1 AND (expires_at IS NULL OR expires_at > clock_timestamp()) ORDER BY id DESC', [organization.id])
  return rows.map(({ secret }) => secret)
}

/** Signs with a new secret (sealed) from now on, and for a day with the one before, too. */
export async function addWebhookSecret(tx: Transaction, organization: Organization, secret: string): Promise<void> {
  await tx.query(`UPDATE longshore.webhook_secret SET expires_at = clock_timestamp() + interval '${overlap}' WHERE organization = $1 AND expires_at IS NULL`, [organization.id])
  await tx.query('INSERT INTO longshore.webhook_secret (organization, secret) VALUES ($1, $2)', [organization.id, secret])
}
