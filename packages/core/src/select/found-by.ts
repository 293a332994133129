import type { SelectedPath } from '../ports/selection.ts'
import { findField, targetsOf, type Catalog } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { selectedPath } from './selected-path.ts'

/** Kinds of field that people look for a record by; options, dates and amounts are filters of their own. */
const kinds: ReadonlySet<string> = new Set(['text', 'email', 'phone', 'url', 'external-id'])
/** Each of them is read of every record that is looked through. */
const mostFields = 40

/**
 * What `*` in a filter means: the name of a record, its short texts, addresses, numbers and external ids, and the names of what it refers to. Long
 * texts are left out; so is what the one who asks may not see, since the catalog does not have it.
 */
export function foundBy(catalog: Catalog, object: ObjectType): SelectedPath {
  const own = object.fields.filter((field) => kinds.has(field.kind) && field.companionOf === undefined).map(({ name }) => name)
  const names = object.fields.flatMap((field) => {
    const [target, ...others] = field.kind === 'reference' ? targetsOf(catalog, field) : []
    return target && others.length === 0 && findField(target, target.nameField) ? [`${field.name}.${target.nameField}`] : []
  })
  const paths = [...new Set([...findField(object, object.nameField) ? [object.nameField] : [], ...own, ...names])].slice(0, mostFields)
  return { path: '*', reference: null, object, value: { kind: 'found-by', values: paths.map((path) => selectedPath(catalog, object, path, '*')) } }
}
