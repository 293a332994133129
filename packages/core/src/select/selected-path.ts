import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import type { SelectedPath } from '../ports/selection.ts'
import { allPaths, findField, findObject, resolvePath, type Catalog } from '../schema/catalog.ts'
import type { Field } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'
import { shown } from './filter-text.ts'

/**
 * What a path of an export means: a field (`email`, `phone_source`, `full_name`), the record's `id`, a field or the id of a record it refers to
 * (`account.name`, `account.id`; `account` alone is the field that an import finds it by), or which object a reference to several points to
 * (`related_to.object`). Throws a Fault `unknown-field` at `at` that names the nearest path.
 */
export function selectedPath(catalog: Catalog, object: ObjectType, text: string, at: string): SelectedPath {
  const path = text.trim()
  if (path === 'id') return { path, reference: null, object, value: { kind: 'id' } }
  const dot = path.indexOf('.')
  const reference = dot === -1 ? undefined : findField(object, path.slice(0, dot))
  if (reference?.kind === 'reference') {
    const target = findObject(catalog, reference.targets?.[0] ?? '')
    const tail = path.slice(dot + 1)
    if (target && tail === 'id') return { path, reference, object: target, value: { kind: 'id' } }
    if (target && tail === 'object' && pointsToSeveral(reference)) return { path, reference, object: target, value: { kind: 'target-object' } }
  }
  const found = resolvePath(catalog, object, path)
  if ('field' in found && found.field.kind === 'reference') {
    throw new Fault('unknown-field', `The path "${shown(path)}" goes over two references; an export follows one. Write "${found.path.slice(0, found.path.indexOf('.'))}.id", or export ${found.object.name} for the rest.`, { path: at })
  }
  if ('field' in found) return { path: found.path, reference: found.reference, object: found.object, value: { kind: 'field', field: found.field } }
  const nearest = closest(path, [...allPaths(catalog, object), ...ownPaths(object)])
  throw new Fault('unknown-field', `${object.pluralLabel} have no field "${shown(path)}".${nearest === null ? '' : ` Did you mean "${nearest}"?`}`, { path: at })
}

/**
 * What an export has when nobody says otherwise: the id and every stored field, in the order of the object. A reference stands as the value
 * by which an import finds the record again; where that is not the record's name, and may be empty, its id stands beside it.
 */
export function allSelectedPaths(catalog: Catalog, object: ObjectType): SelectedPath[] {
  const paths = object.fields.filter((field) => field.virtual === undefined).flatMap((field) => {
    if (field.kind !== 'reference') return [field.name]
    const target = findObject(catalog, field.targets?.[0] ?? '')
    const named = target !== undefined && 'field' in resolvePath(catalog, object, field.name) ? [field.name] : []
    const sure = named.length > 0 && !pointsToSeveral(field) && (target?.referenceKey ?? target?.nameField) === target?.nameField
    return [...named, ...(sure || !target ? [] : [`${field.name}.id`]), ...(pointsToSeveral(field) && target ? [`${field.name}.object`] : [])]
  })
  return ['id', ...paths].map((path) => selectedPath(catalog, object, path, 'fields'))
}

export function pointsToSeveral(reference: Field): boolean {
  return (reference.targets?.length ?? 0) > 1
}

function ownPaths(object: ObjectType): string[] {
  return ['id', ...object.fields.flatMap((field) => (field.kind === 'reference' ? [field.name, `${field.name}.id`] : [field.name]))]
}
