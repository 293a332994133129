import type { Catalog } from '@longshore/core'
import { changeCatalog } from './change-catalog.ts'
import { parseSchemaDocument } from './schema-document.ts'

/** The catalog as it will be once a document is applied to it; its version stays, because nothing has happened yet. Throws the Faults of `changeSchema`. */
export function plannedCatalog(catalog: Catalog, document: unknown): Catalog {
  return { ...changeCatalog(catalog, parseSchemaDocument(document)).catalog, version: catalog.version }
}

/** Names of the fields of an object that are planned and have no column yet. */
export function pendingFields(actual: Catalog, planned: Catalog, object: string): ReadonlySet<string> {
  const known = new Set(actual.objects.find(({ name }) => name === object)?.fields.map(({ name }) => name))
  return new Set((planned.objects.find(({ name }) => name === object)?.fields ?? []).map(({ name }) => name).filter((name) => !known.has(name)))
}
