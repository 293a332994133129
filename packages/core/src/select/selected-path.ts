import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import type { SelectedPath } from '../ports/selection.ts'
import { allPaths, findField, resolvePath, targetsOf, type Catalog } from '../schema/catalog.ts'
import type { Field } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'
import { pointsToSeveral } from '../schema/reference-path.ts'
import { shown } from './filter-text.ts'

/**
 * What a path of an export means: a field (`email`, `phone_source`, `full_name`), the record's `id`, a field or the id of a record it refers to
 * (`account.name`, `account.id`; `account` alone is the field that an import finds it by). Of a reference to one of several objects: fields of
 * one of them (`related_to.contacts.email`), which one it is (`related_to.object`), and the field by which an import finds it, whichever it is
 * (`related_to`). Throws a Fault `unknown-field` at `at` that names the nearest path.
 */
export function selectedPath(catalog: Catalog, object: ObjectType, text: string, at: string): SelectedPath {
  const path = text.trim()
  if (path === 'id') return { path, reference: null, object, value: { kind: 'id' } }
  const [head = '', tail, ...rest] = path.split('.')
  const reference = findField(object, head)
  const targets = reference?.kind === 'reference' ? targetsOf(catalog, reference) : []
  const [target] = targets
  if (reference && target && rest.length === 0) {
    if (tail === 'id') return { path, reference, object: target, value: { kind: 'id' } }
    if (pointsToSeveral(reference) && tail === 'object') return { path, reference, object: target, value: { kind: 'target-object' } }
    if (pointsToSeveral(reference) && tail === undefined) return { path, reference, object: target, value: { kind: 'key', keys: keysOf(catalog, object, reference.name, targets) } }
  }
  const found = resolvePath(catalog, object, path)
  if ('field' in found && found.field.kind === 'reference') {
    throw new Fault('unknown-field', `The path "${shown(path)}" goes over two references; an export follows one. Write "${found.path.slice(0, found.path.indexOf('.'))}.id", or export ${found.object.name} for the rest.`, { path: at })
  }
  if ('field' in found) return { path: found.path, reference: found.reference, object: found.object, value: { kind: 'field', field: found.field } }
  const nearest = closest(path, [...allPaths(catalog, object), ...ownPaths(object)])
  throw new Fault('unknown-field', `${object.pluralLabel} have no field "${shown(path)}".${nearest === null ? '' : ` Did you mean "${nearest}"?`}`, { path: at })
}

/** Of each object that a reference may lead to the field by which it is found. */
function keysOf(catalog: Catalog, object: ObjectType, name: string, targets: readonly ObjectType[]): { object: string; field: Field }[] {
  return targets.flatMap((target) => {
    const found = resolvePath(catalog, object, `${name}.${target.name}`)
    return 'field' in found && found.field.kind !== 'reference' ? [{ object: target.name, field: found.field }] : []
  })
}

/**
 * What an export has when nobody says otherwise: the id and every stored field, in the order of the object. A reference stands as the value
 * by which an import finds the record again, with its object where there are several; where that is not the record's name, and may be empty,
 * its id stands beside it.
 */
export function allSelectedPaths(catalog: Catalog, object: ObjectType): SelectedPath[] {
  const paths = object.fields.filter((field) => field.virtual === undefined).flatMap((field) => {
    if (field.kind !== 'reference') return [field.name]
    const [target] = targetsOf(catalog, field)
    if (!target) return []
    if (pointsToSeveral(field)) return [field.name, `${field.name}.id`, `${field.name}.object`]
    const named = 'field' in resolvePath(catalog, object, field.name)
    const sure = named && (target.referenceKey ?? target.nameField) === target.nameField
    return [...(named ? [field.name] : []), ...(sure ? [] : [`${field.name}.id`])]
  })
  return ['id', ...paths].map((path) => selectedPath(catalog, object, path, 'fields'))
}

function ownPaths(object: ObjectType): string[] {
  return ['id', ...object.fields.flatMap((field) => (field.kind === 'reference' ? [field.name, `${field.name}.id`] : [field.name]))]
}
