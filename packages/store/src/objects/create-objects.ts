import type { Catalog } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { saveCatalog } from './catalog-rows.ts'
import { createTable } from './object-ddl.ts'

/** Makes the tables of a fresh organization and keeps its catalog. */
export async function createObjects(tx: Transaction, organization: Organization, catalog: Catalog): Promise<void> {
  await tx.query(catalog.objects.flatMap((object) => createTable(organization, object)).join(';\n'))
  await saveCatalog(tx, organization, catalog)
}
