import type { Catalog } from '../catalog.ts'
import { accounts } from './accounts.ts'
import { activities } from './activities.ts'
import { associations } from './associations.ts'
import { contacts } from './contacts.ts'
import { deals } from './deals.ts'
import { documents } from './documents.ts'
import { leads } from './leads.ts'
import { notes } from './notes.ts'
import { products } from './products.ts'
import { tickets } from './tickets.ts'

/**
 * What a new organization starts with, as a copy of its own to change. Objects that others refer to come before those that refer to them.
 * Ids of match rules are unique in the catalog and stored with keys: never give one to another rule.
 */
export function standardCatalog(): Catalog {
  return structuredClone({ version: 1, objects: [accounts, contacts, leads, products, deals, tickets, activities, notes, documents, associations] })
}
