import { accountAliases } from './accounts.ts'
import { activityAliases } from './activities.ts'
import { contactAliases } from './contacts.ts'
import { dealAliases } from './deals.ts'
import { documentAliases } from './documents.ts'
import { leadAliases } from './leads.ts'
import { noteAliases } from './notes.ts'
import { productAliases } from './products.ts'
import { ticketAliases } from './tickets.ts'

const aliasesByObject = new Map<string, Record<string, string[]>>([
  ['contacts', contactAliases], ['accounts', accountAliases], ['leads', leadAliases], ['deals', dealAliases], ['products', productAliases],
  ['activities', activityAliases], ['tickets', ticketAliases], ['notes', noteAliases], ['documents', documentAliases],
])

/** Header names known for the fields of an object, by field path. Paths that the object does not have (any more) are harmless. */
export function aliasesOf(objectName: string): [path: string, names: string[]][] {
  return Object.entries(aliasesByObject.get(objectName) ?? {})
}
