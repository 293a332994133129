import { allPaths, resolvePath, type Catalog } from '../../schema/catalog.ts'
import type { ObjectType } from '../../schema/object.ts'
import { pointsToSeveral } from '../../schema/reference-path.ts'
import { aliasesOf } from '../aliases/aliases-of.ts'
import { headerKey } from '../header-key.ts'
import { knowledgeOf } from '../concept/generic-knowledge.ts'
import type { Candidate, Evidence } from './candidate.ts'

/** The names of an object's fields, as Longshore itself writes them. */
export interface FieldNames {
  /** Every path that a column can name, as written. */
  paths: ReadonlySet<string>
  /** Paths by the key of a label or alias, for fields whose meaning no lexicon tells: custom ones, and what is particular to Longshore. */
  byLabel: ReadonlyMap<string, string>
}

/** Fields of bookkeeping that a file of such records hardly means by a common word; they are mapped by their API name, or by hand. */
const byApiNameOnly: Readonly<Record<string, readonly string[]>> = {
  products: ['tags', 'owner', 'created_at', 'updated_at'], activities: ['external_id', 'created_at', 'updated_at', 'tags'],
}

export function fieldNames(catalog: Catalog, object: ObjectType): FieldNames {
  const paths = new Set(allPaths(catalog, object))
  const known = new Set(Object.values(knowledgeOf(object).fields))
  const shy = byApiNameOnly[object.name] ?? []
  const byLabel = new Map<string, string>()
  for (const path of paths) {
    const found = resolvePath(catalog, object, path)
    if (!('field' in found) || found.reference || known.has(path) || shy.includes(path) || found.field.address) continue
    for (const name of [found.field.label, path, `${object.singular} ${found.field.label}`]) if (!byLabel.has(headerKey(name))) byLabel.set(headerKey(name), path)
  }
  for (const [path, aliases] of aliasesOf(object.name)) {
    if (paths.has(path)) for (const name of aliases) if (!byLabel.has(headerKey(name))) byLabel.set(headerKey(name), path)
  }
  for (const reference of object.fields) {
    if (reference.kind !== 'reference') continue
    if (pointsToSeveral(reference)) {
      const words = [reference.name, reference.label]
      for (const [path, named] of [[reference.name, words], [`${reference.name}.object`, [...words, reference.label.replace(/ to$/i, '')].flatMap((word) => ['type', 'object'].map((kind) => `${word} ${kind}`))]] as const) {
        for (const name of named) if (!byLabel.has(headerKey(name))) byLabel.set(headerKey(name), path)
      }
      continue
    }
    const to = resolvePath(catalog, object, reference.name)
    if ('field' in to) for (const name of [reference.name, reference.label]) if (!byLabel.has(headerKey(name))) byLabel.set(headerKey(name), to.object.nameField === to.field.name ? to.path : `${reference.name}.${to.object.nameField}`)
  }
  return { paths, byLabel }
}

/** A header that is a field's own name: "mailing_city", "account.name", a custom field's label. */
export function nameCandidate({ paths, byLabel }: FieldNames, position: number, header: string): Candidate | null {
  const text = header.trim()
  // Single words ("title", "name") mean what they mean anywhere; only a name of several parts is certainly ours.
  if (paths.has(text) && /[._]/.test(text)) return exact(position, text, { kind: 'api-name' })
  const path = byLabel.get(headerKey(text))
  return path === undefined ? (paths.has(text) ? { ...exact(position, text, { kind: 'api-name' }), weight: 0.9 } : null) : exact(position, path, { kind: 'label' })
}

function exact(position: number, path: string, evidence: Evidence): Candidate {
  return { position, path, sureness: 1, weight: 1.02, fallback: false, address: null, emailRank: null, evidence }
}
