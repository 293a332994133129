import { allPaths, resolvePath, type Catalog } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { aliasesOf } from './aliases/aliases-of.ts'
import { headerKey } from './header-key.ts'

/** A field that a header may mean. */
export interface Candidate {
  path: string
  confidence: number
  reason: string
}

export const exactConfidence = 1
export const aliasConfidence = 0.9

/** Every header name that is known for an object's fields, by `headerKey`: most confident first, an object's own fields before related ones. */
export function candidatesOf(catalog: Catalog, object: ObjectType): Map<string, Candidate[]> {
  const byKey = new Map<string, Candidate[]>()
  const add = (name: string, candidate: Candidate): void => {
    const key = headerKey(name)
    const known = byKey.get(key)
    if (key === '' || known?.some((other) => other.path === candidate.path)) return
    if (known) known.push(candidate)
    else byKey.set(key, [candidate])
  }
  const found = allPaths(catalog, object).map((path) => resolvePath(catalog, object, path)).filter((path) => 'field' in path)
  for (const { path, field, reference } of found) {
    const of = reference ? `${reference.label} ` : ''
    add(path, { path, confidence: exactConfidence, reason: `The header is the name of the field ${path}.` })
    add(`${of}${field.label}`, { path, confidence: exactConfidence, reason: `The header is the label of the field ${path}.` })
  }
  for (const reference of object.fields) {
    if (reference.kind !== 'reference') continue
    const to = resolvePath(catalog, object, reference.name)
    if ('field' in to) for (const name of [reference.name, reference.label]) add(name, { path: to.path, confidence: exactConfidence, reason: `The header is the reference ${reference.name}; its records are found by ${to.field.name}.` })
  }
  const known = new Set(found.map(({ path }) => path))
  for (const [path, names] of aliasesOf(object.name)) {
    if (known.has(path)) for (const name of names) add(name, { path, confidence: aliasConfidence, reason: `"${name}" is a well-known name for the field ${path}.` })
  }
  for (const { path, field, reference } of found) {
    if (!reference) add(`${object.singular} ${field.label}`, { path, confidence: aliasConfidence, reason: `The header is the field ${path} with the object's name before it.` })
  }
  return byKey
}
