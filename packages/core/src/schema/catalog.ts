import { closest } from '../issues/closest.ts'
import type { Field } from './field.ts'
import type { ObjectType } from './object.ts'

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
 * Resolves `email`, `account.name`, and `account` (a reference by itself means the name of its first target).
 * One level only. Returns the nearest existing path where there is none.
 */
export function resolvePath(catalog: Catalog, object: ObjectType, path: string): FieldPath | { nearest: string | null } {
  const [head = '', tail, ...rest] = path.split('.')
  const own = findField(object, head)
  if (rest.length === 0 && own) {
    const target = own.kind === 'reference' ? catalog.objects.find((o) => o.name === own.targets?.[0]) : undefined
    if (own.kind !== 'reference') { if (tail === undefined) return { path, reference: null, object, field: own } }
    else if (target) {
      const field = findField(target, tail ?? target.referenceKey ?? target.nameField)
      if (field) return { path: `${own.name}.${field.name}`, reference: own, object: target, field }
    }
  }
  return { nearest: closest(path, allPaths(catalog, object)) }
}

/** Every path that a column of a file can name, own fields first. */
export function allPaths(catalog: Catalog, object: ObjectType): string[] {
  const own = object.fields.filter((field) => field.kind !== 'reference' && !field.companionOf).map((field) => field.name)
  const related = object.fields.filter((field) => field.kind === 'reference').flatMap((reference) => {
    const target = catalog.objects.find((o) => o.name === reference.targets?.[0])
    return (target?.fields ?? []).filter((f) => f.kind !== 'reference' && !f.companionOf).map((f) => `${reference.name}.${f.name}`)
  })
  return [...own, ...related]
}
