import { migrationSeries, outstanding } from '../migrations/migration-series.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { scopedRole, type Organization } from './organization.ts'

/** Brings one organization's schema from version `applied` to this program's. Runs as the system; keeps the version on the organization's row. */
export async function migrateOrganization(tx: Transaction, organization: Organization, applied: number): Promise<void> {
  const steps = outstanding(migrationSeries('organization'), applied, `The organization "${organization.name}"`)
  for (const { sql } of steps) await tx.query(fill(sql, organization))
  const last = steps.at(-1)
  if (last) await tx.query('UPDATE longshore.organization SET schema_version = $2 WHERE id = $1', [organization.id, last.number])
}

/** `{{schema}}`, `{{role}}` and `{{scopedRole}}` stand for the quoted names, `{{organization}}` for the id. */
function fill(sql: string, organization: Organization): string {
  return sql
    .replaceAll('{{schema}}', quoteIdentifier(organization.schema))
    .replaceAll('{{role}}', quoteIdentifier(organization.role))
    .replaceAll('{{scopedRole}}', quoteIdentifier(scopedRole(organization.role)))
    .replaceAll('{{organization}}', String(organization.id))
}
