import { closest } from '../issues/closest.ts'
import type { Field } from './field.ts'
import type { ObjectType } from './object.ts'
import { pointsToSeveral, targetObjectField } from './reference-path.ts'

/** All objects of one organization, as one version of its metadata. A job pins the version it was planned with. */
export interface Catalog {
  version: number
  objects: ObjectType[]
}

/** The object called `name`, by plural or singular API name. */
export function findObject(catalog: Catalog, name: string): ObjectType | undefined {
  const wanted = name.trim().toLowerCase()
  return catalog.objects.find((object) => object.name === wanted || object.singular === wanted)
}

export function findField(object: ObjectType, name: string): Field | undefined {
  return object.fields.find((field) => field.name === name)
}

/** A field reached from an object: its own (`email`) or one of a referenced object (`account.name`). */
export interface FieldPath {
  path: string
  /** The reference field that the path goes through, or null for the object's own field. */
  reference: Field | null
  /** The object that has `field`. */
  object: ObjectType
  field: Field
}

/**
 * Resolves `email`, `account.name`, and `account` (a reference by itself means the field that finds its record). Of a reference to one of
 * several objects: `related_to.contacts.email` and `related_to.contacts`, `related_to.object` (which object it is), and `related_to` by
 * itself, whose object another column tells. One level only. Returns the nearest existing path where there is none.
 */
export function resolvePath(catalog: Catalog, object: ObjectType, path: string): FieldPath | { nearest: string | null } {
  const [head = '', ...tail] = path.split('.')
  const own = findField(object, head)
  const found = !own ? null : own.kind !== 'reference' ? (tail.length === 0 ? { path, reference: null, object, field: own } : null)
    : pointsToSeveral(own) ? amongSeveral(catalog, object, own, tail) : behind(own, targetsOf(catalog, own)[0], own.name, tail)
  return found ?? { nearest: (own && pointsToSeveral(own) ? withObject(catalog, own, tail) : null) ?? closest(path, allPaths(catalog, object)) }
}

/** The path that is meant where somebody left the object out: `related_to.email`. */
function withObject(catalog: Catalog, reference: Field, [name = '', ...rest]: readonly string[]): string | null {
  const target = rest.length === 0 ? targetsOf(catalog, reference).find((one) => findField(one, name)) : undefined
  return target ? `${reference.name}.${target.name}.${name}` : null
}

function amongSeveral(catalog: Catalog, object: ObjectType, reference: Field, [name, ...tail]: readonly string[]): FieldPath | null {
  if (name === undefined) return { path: reference.name, reference: null, object, field: reference }
  const targets = targetsOf(catalog, reference)
  if (name === 'object' && tail.length === 0) return { path: `${reference.name}.object`, reference: null, object, field: targetObjectField(reference, targets) }
  const target = targets.find((one) => one.name === name || one.singular === name)
  return behind(reference, target, `${reference.name}.${target?.name ?? name}`, tail)
}

function behind(reference: Field, target: ObjectType | undefined, prefix: string, [name, ...rest]: readonly string[]): FieldPath | null {
  const field = target && rest.length === 0 ? findField(target, name ?? target.referenceKey ?? target.nameField) : undefined
  return target && field ? { path: `${prefix}.${field.name}`, reference, object: target, field } : null
}

/** The objects that a reference may lead to, in its own order. */
export function targetsOf(catalog: Catalog, reference: Field): ObjectType[] {
  return (reference.targets ?? []).flatMap((name) => catalog.objects.find((object) => object.name === name) ?? [])
}

/** Every path that a column of a file can name, own fields first. */
export function allPaths(catalog: Catalog, object: ObjectType): string[] {
  const own = object.fields.filter((field) => field.kind !== 'reference' && !field.companionOf).map((field) => field.name)
  const related = object.fields.filter((field) => field.kind === 'reference').flatMap((reference) => {
    const [first, ...others] = targetsOf(catalog, reference)
    if (first === undefined) return []
    if (others.length === 0) return fieldsBehind(reference.name, first)
    return [reference.name, `${reference.name}.object`, ...[first, ...others].flatMap((target) => fieldsBehind(`${reference.name}.${target.name}`, target))]
  })
  return [...own, ...related]
}

function fieldsBehind(prefix: string, target: ObjectType): string[] {
  return target.fields.filter((field) => field.kind !== 'reference' && !field.companionOf).map((field) => `${prefix}.${field.name}`)
}
