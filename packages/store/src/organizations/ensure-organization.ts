import { standardCatalog } from '@longshore/core'
import type { Catalog } from '@longshore/core'
import { addStandardObjects } from '../objects/add-standard-objects.ts'
import { createObjects } from '../objects/create-objects.ts'
import { migrationSeries } from '../migrations/migration-series.ts'
import { migrationLock, prepareSystem } from '../migrations/prepare-system.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { migrateOrganization } from './migrate-organization.ts'
import type { Organization, OrganizationSettings } from './organization.ts'
import { ensureRole, grantSchema } from './organization-role.ts'

/** What a fresh install assumes about the organization. */
const freshSettings: OrganizationSettings = { country: 'US', currency: 'USD' }
/** The person of a fresh install; owner of what nobody else owns. */
const firstMember = { email: 'owner@localhost', name: 'Owner' }

/**
 * The organization called `name`: found, brought to this program's version, or made with its schema, role, the objects of `catalog`
 * (the standard ones unless given) and one member. Two processes may call it at once. Also brings the system schema up to date.
 */
export async function ensureOrganization(db: Database, name = 'default', catalog: Catalog = standardCatalog()): Promise<Organization> {
  await prepareSystem(db)
  const found = await db.transaction(null, (tx) => findOrganization(tx, name), { readOnly: true })
  if (found && found.schemaVersion === migrationSeries('organization').length && found.roleReady) return found.organization
  return await db.transaction(null, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
    const again = await findOrganization(tx, name)
    if (!again) return await makeOrganization(tx, catalog, name)
    await ensureRole(tx, again.organization)
    await grantSchema(tx, again.organization)
    await migrateOrganization(tx, again.organization, again.schemaVersion)
    await addStandardObjects(tx, again.organization, catalog)
    return again.organization
  })
}

/** Every organization there is, oldest first. */
export async function listOrganizations(tx: Transaction): Promise<Organization[]> {
  const { rows } = await tx.query<{ id: number; name: string; settings: OrganizationSettings }>('SELECT id, name, settings FROM longshore.organization ORDER BY id')
  return rows.map(({ id, name, settings }) => organizationOf(id, name, settings))
}

/** The organization with its settings as they are now; null: there is none of that id. */
export async function readOrganization(tx: Transaction, id: number): Promise<Organization | null> {
  const { rows: [row] } = await tx.query<{ name: string; settings: OrganizationSettings }>('SELECT name, settings FROM longshore.organization WHERE id = $1', [id])
  return row ? organizationOf(id, row.name, row.settings) : null
}

interface Found { organization: Organization; schemaVersion: number; roleReady: boolean }

async function findOrganization(tx: Transaction, name: string): Promise<Found | null> {
  const { rows: [row] } = await tx.query<{ id: number; settings: OrganizationSettings; version: number; ready: boolean | null }>(`
    SELECT o.id, o.settings, o.schema_version AS version,
      (SELECT count(*) = 2 AND bool_and(pg_catalog.pg_has_role(current_user, r.oid, 'SET')) FROM pg_catalog.pg_roles r WHERE r.rolname IN ('longshore_org_' || o.id, 'longshore_org_' || o.id || '_scoped')) AS ready
    FROM longshore.organization o WHERE o.name = $1`, [name])
  return row ? { organization: organizationOf(row.id, name, row.settings), schemaVersion: row.version, roleReady: row.ready === true } : null
}

async function makeOrganization(tx: Transaction, catalog: Catalog, name: string): Promise<Organization> {
  const { rows: [row] } = await tx.query<{ id: number }>(
    'INSERT INTO longshore.organization (id, name, settings) SELECT coalesce(max(id), 0) + 1, $1, $2 FROM longshore.organization RETURNING id',
    [name, JSON.stringify(freshSettings)])
  if (!row) throw new Error('INSERT … RETURNING gave no row')
  const organization = organizationOf(row.id, name, freshSettings)
  await ensureRole(tx, organization)
  await tx.query(`CREATE SCHEMA ${quoteIdentifier(organization.schema)}`)
  await grantSchema(tx, organization)
  await migrateOrganization(tx, organization, 0)
  await createObjects(tx, organization, catalog)
  await tx.query('INSERT INTO longshore.member (organization, email, name) VALUES ($1, $2, $3)', [organization.id, firstMember.email, firstMember.name])
  return organization
}

/** An organization as its row has it. */
export function organizationOf(id: number, name: string, settings: OrganizationSettings): Organization {
  return { id, name, schema: `org_${id}`, role: `longshore_org_${id}`, settings }
}
