import type { Catalog, Field, ObjectType } from '@longshore/core'
import { checkObjectName } from './names.ts'
import { fieldsOfEveryObject, labelOf, newField, withCompanion } from './new-field.ts'
import { followPipelines, missingPipelineFields } from './pipeline-options.ts'
import { schemaFault } from './schema-document.ts'
import type { ObjectDocument } from './schema-document.ts'

/** A custom object as the document describes it, with the fields that every object has. Throws a Fault at the part of `path` that is off. */
export function newObject(catalog: Catalog, wanted: ObjectDocument, path: string): ObjectType {
  checkObjectName(wanted.name, `${path}.name`)
  const singular = wanted.singular ?? singularOf(wanted.name)
  checkObjectName(singular, `${path}.singular`)
  if (singular === wanted.name) throw schemaFault(`${path}.singular`, `"${singular}" cannot be both the plural and the singular name`)
  const taken = catalog.objects.find((object) => [object.name, object.singular].includes(singular) || object.singular === wanted.name)
  if (taken) throw schemaFault(`${path}.singular`, `"${singular}" already names ${taken.label} (${taken.name})`)
  const label = wanted.label ?? labelOf(singular)
  const object: ObjectType = {
    name: wanted.name, singular, label, pluralLabel: wanted.pluralLabel ?? labelOf(wanted.name), custom: true,
    fields: [], nameField: wanted.nameField ?? 'name', matchKeys: [],
    ...(wanted.referenceKey !== undefined && { referenceKey: wanted.referenceKey }), ...(wanted.pipelines && { pipelines: wanted.pipelines }),
  }
  object.fields.push(...namedFields(wanted, path))
  if (wanted.nameField === undefined && !object.fields.some((field) => field.name === 'name')) {
    object.fields.unshift({ name: 'name', label: 'Name', kind: 'text', required: true, custom: true })
  }
  if (object.pipelines) object.fields.push(...missingPipelineFields(object))
  object.fields = object.fields.flatMap((field) => withCompanion(object, field))
  object.fields = followPipelines(object).fields
  object.fields.push(...fieldsOfEveryObject(object))
  object.matchKeys = matchKeys(catalog, (wanted.matchKeys ?? ['external_id']).map((key) => (typeof key === 'string' ? key : key.criterion)))
  return object
}

/** created_at and updated_at are every object's own; a printed object names them all the same. */
function namedFields(wanted: ObjectDocument, path: string): Field[] {
  const seen = new Set<string>()
  return wanted.fields.flatMap((field, index) => {
    const at = `${path}.fields[${index}]`
    if (field.remove) throw schemaFault(`${at}.remove`, `${wanted.name} is new: it has no field to remove`)
    if (seen.has(field.name)) throw schemaFault(`${at}.name`, `the field "${field.name}" stands twice in the document`)
    seen.add(field.name)
    return field.audit && ['created_at', 'updated_at'].includes(field.name) ? [] : [newField(field, at)]
  })
}

/** Numbers of rules are stored with each key, so a new rule takes the next free one of the whole catalog. */
function matchKeys(catalog: Catalog, criteria: string[]): ObjectType['matchKeys'] {
  const last = Math.max(0, ...catalog.objects.flatMap((object) => object.matchKeys.map((key) => key.id)))
  return criteria.map((criterion, index) => ({ criterion, id: last + 1 + index }))
}

function singularOf(plural: string): string {
  if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`
  return plural.endsWith('s') ? plural.slice(0, -1) : `${plural}_record`.slice(0, 48)
}
