import { documentAliases } from './documents.ts'
import { noteAliases } from './notes.ts'
import { ticketAliases } from './tickets.ts'

const aliasesByObject = new Map<string, Record<string, string[]>>([
  ['tickets', ticketAliases], ['notes', noteAliases], ['documents', documentAliases],
])

/** Header names known for the fields of objects that the lexicons have no words for, by field path. Paths that the object does not have (any more) are harmless. */
export function aliasesOf(objectName: string): [path: string, names: string[]][] {
  return Object.entries(aliasesByObject.get(objectName) ?? {})
}
