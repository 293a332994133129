import type { Catalog } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { loadCatalog, saveCatalog } from './catalog-rows.ts'
import { createTable } from './object-ddl.ts'

/**
 * Gives an organization that was made by an older program the standard objects that came since, with match keys under numbers of its own. One
 * whose name it uses itself is left out: what people made stays as it is.
 */
export async function addStandardObjects(tx: Transaction, organization: Organization, standard: Catalog): Promise<void> {
  const known = await loadCatalog(tx, organization)
  const names = new Set(known.objects.flatMap(({ name, singular }) => [name, singular]))
  let last = Math.max(0, ...known.objects.flatMap(({ matchKeys }) => matchKeys.map(({ id }) => id)))
  const added = structuredClone(standard.objects.filter(({ name, singular }) => !names.has(name) && !names.has(singular)))
  if (added.length === 0) return
  for (const object of added) object.matchKeys = object.matchKeys.map((rule) => ({ ...rule, id: ++last }))
  await tx.query(added.flatMap((object) => createTable(organization, object)).join(';\n'))
  await saveCatalog(tx, organization, { version: known.version + 1, objects: [...known.objects, ...added] })
}
