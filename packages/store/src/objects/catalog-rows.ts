import { Fault } from '@longshore/core'
import type { Catalog, ObjectType } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** All objects and fields of the organization. Its version is the one to pin in a job. */
export async function loadCatalog(tx: Transaction, organization: Organization): Promise<Catalog> {
  // One statement, hence one snapshot: a version never comes with another version's objects.
  const { rows: [row] } = await tx.query<{ version: number; objects: ObjectType[] | null }>(`
    SELECT g.metadata_version AS version,
      (SELECT json_agg(o.definition ORDER BY o.position, o.name) FROM longshore.object o WHERE o.organization = g.id) AS objects
    FROM longshore.organization g WHERE g.id = $1`, [organization.id])
  if (!row) throw new Fault('organization.missing', `The organization "${organization.name}" does not exist any more.`, { remedy: 'stop' })
  return { version: row.version, objects: row.objects ?? [] }
}

/** Keeps the catalog as the organization's only one. Objects are never dropped. */
export async function saveCatalog(tx: Transaction, organization: Organization, catalog: Catalog): Promise<void> {
  await tx.query(`
    INSERT INTO longshore.object (organization, name, position, definition)
    SELECT $1, o.definition ->> 'name', o.position, o.definition FROM json_array_elements($2::json) WITH ORDINALITY AS o (definition, position)
    ON CONFLICT (organization, name) DO UPDATE SET position = excluded.position, definition = excluded.definition`,
    [organization.id, JSON.stringify(catalog.objects)])
  await tx.query('UPDATE longshore.organization SET metadata_version = $2 WHERE id = $1', [organization.id, catalog.version])
}
