import type { Catalog } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Database } from '../postgres/database.ts'
import { loadCatalog } from './catalog-rows.ts'

interface Kept { stamp: string; catalog: Catalog }

const ofDatabase = new WeakMap<Database, Map<number, Kept>>()

/**
 * The organization's catalog as it is now, kept in this process for as long as nobody has changed it. Whoever writes a catalog writes its
 * organization's row, too, whose `xmin` tells: reading and taking apart all objects for each request was most of what a list of records cost.
 * `stamp`: that `xmin`, from whoever has just read it.
 */
export async function keptCatalog(db: Database, organization: Organization, stamp: string | null = null): Promise<Catalog> {
  const at = stamp ?? (await db.alone.query<{ stamp: string }>('SELECT xmin::text AS stamp FROM longshore.organization WHERE id = $1', [organization.id])).rows[0]?.stamp
  const known = ofDatabase.get(db) ?? new Map<number, Kept>()
  ofDatabase.set(db, known)
  const kept = known.get(organization.id)
  if (kept && kept.stamp === at) return kept.catalog
  const read = await db.transaction(organization, async (tx) => {
    const { rows: [now] } = await tx.query<{ stamp: string }>('SELECT xmin::text AS stamp FROM longshore.organization WHERE id = $1', [organization.id])
    return { stamp: now?.stamp ?? '', catalog: frozen(await loadCatalog(tx, organization)) }
  }, { readOnly: true, isolation: 'repeatable read' })
  known.set(organization.id, read)
  return read.catalog
}

/** Everybody has the same one: nobody may change it. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}
