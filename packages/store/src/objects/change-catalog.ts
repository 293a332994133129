import { isDeepStrictEqual } from 'node:util'
import { closest, mostMatchKeys } from '@longshore/core'
import type { Catalog, Field, MatchKeyRule, ObjectType } from '@longshore/core'
import { changeField } from './change-field.ts'
import { changeRules, ruleOver } from './change-rules.ts'
import { checkField, checkSibling } from './check-field.ts'
import { checkPipelines } from './check-pipelines.ts'
import { columnsOf } from './column.ts'
import { newField, withCompanion } from './new-field.ts'
import { newObject } from './new-object.ts'
import { followPipelines, missingPipelineFields } from './pipeline-options.ts'
import { schemaFault } from './schema-document.ts'
import type { FieldDocument, ObjectDocument, SchemaDocument } from './schema-document.ts'

/** What has to happen to the tables. */
export type SchemaStep =
  | { kind: 'create-object'; object: ObjectType }
  | { kind: 'add-field' | 'drop-field'; object: ObjectType; field: Field }
  | { kind: 'add-key' | 'drop-key'; object: ObjectType; rule: MatchKeyRule }

export interface CatalogChange {
  /** As it will be; its version is one higher when anything changed. */
  catalog: Catalog
  /** One line for each change, for people: `contacts.birthday: field added (date)`. */
  changes: string[]
  steps: SchemaStep[]
}

/** Works a document into a catalog, without touching anything. Throws a Fault with the path of the part that cannot be. */
export function changeCatalog(catalog: Catalog, document: SchemaDocument): CatalogChange {
  const change: CatalogChange = { catalog: { version: catalog.version, objects: [...catalog.objects] }, changes: [], steps: [] }
  const seen = new Set<string>()
  document.objects.forEach((wanted, index) => {
    const path = `objects[${index}]`
    if (seen.has(wanted.name)) throw schemaFault(`${path}.name`, `"${wanted.name}" stands twice in the document`)
    seen.add(wanted.name)
    const at = change.catalog.objects.findIndex((object) => object.name === wanted.name || object.singular === wanted.name)
    const existing = change.catalog.objects[at]
    if (existing) change.catalog.objects[at] = changeObject(change, existing, wanted, path)
    else {
      const object = newObject(change.catalog, wanted, path)
      const rules = changeRules(object, wanted.rules ?? [], `${path}.rules`)
      change.catalog.objects.push(object)
      change.changes.push(`${object.name}: object added with ${object.fields.length} fields`)
      change.changes.push(...rules)
      change.steps.push({ kind: 'create-object', object })
    }
  })
  checkWhole(change.catalog, document)
  if (change.changes.length > 0) change.catalog.version += 1
  return change
}

function changeObject(change: CatalogChange, object: ObjectType, wanted: ObjectDocument, path: string): ObjectType {
  const result: ObjectType = { ...object, fields: [...object.fields] }
  for (const attribute of ['singular', 'custom'] as const) {
    if (wanted[attribute] !== undefined && wanted[attribute] !== (object[attribute] ?? false)) throw schemaFault(`${path}.${attribute}`, `"${attribute}" of an existing object cannot be changed`)
  }
  changeMatchKeys(change, result, wanted.matchKeys ?? [], `${path}.matchKeys`)
  for (const attribute of ['label', 'pluralLabel', 'nameField', 'referenceKey', 'pipelines'] as const) {
    const value = wanted[attribute]
    if (value === undefined || isDeepStrictEqual(value, object[attribute])) continue
    Object.assign(result, { [attribute]: value })
    change.changes.push(typeof value === 'string' ? `${object.name}: ${attribute} is now "${value}"` : `${object.name}: ${attribute} changed`)
  }
  const seen = new Set<string>()
  wanted.fields.forEach((field, index) => {
    const at = `${path}.fields[${index}]`
    if (seen.has(field.name)) throw schemaFault(`${at}.name`, `the field "${field.name}" stands twice in the document`)
    seen.add(field.name)
    applyField(change, result, field, at)
  })
  if (result.pipelines) addFields(change, result, missingPipelineFields(result))
  change.changes.push(...changeRules(result, wanted.rules ?? [], `${path}.rules`))
  return followPipelines(result)
}

/**
 * Switches match keys on that the object does not have, and takes away those that are to go; those that the document leaves out stay.
 * Existing records get theirs before the first use.
 */
function changeMatchKeys(change: CatalogChange, object: ObjectType, wanted: NonNullable<ObjectDocument['matchKeys']>, path: string): void {
  wanted.forEach((document, i) => {
    const one = typeof document === 'string' ? { criterion: document } : document
    const parts = one.criterion.split('+').sort().join('+')
    const existing = object.matchKeys.find((key) => key.criterion.split('+').sort().join('+') === parts)
    if ('remove' in one) return removeMatchKey(change, object, one.criterion, existing, `${path}[${i}]`)
    if (existing) {
      if (!existing.passing || 'passing' in one) return
      object.matchKeys = object.matchKeys.map(({ passing, ...key }) => (key.id === existing.id ? key : { ...key, ...(passing && { passing }) }))
      change.changes.push(`${object.name}: records can be matched by ${existing.criterion} for good`)
      return
    }
    if (object.matchKeys.length >= mostMatchKeys) throw schemaFault(`${path}[${i}]`, `${object.name} can be matched by ${object.matchKeys.length} criteria already, the most there can be; remove one first: {"criterion": "${object.matchKeys.at(-1)?.criterion ?? ''}", "remove": true}`, 'schema.too-many-keys')
    const last = Math.max(0, ...[...change.catalog.objects, object].flatMap((other) => other.matchKeys.map((key) => key.id)))
    const rule: MatchKeyRule = { criterion: one.criterion, id: last + 1, since: change.catalog.version + 1, ...('passing' in one && { passing: true as const }) }
    object.matchKeys = [...object.matchKeys, rule]
    change.changes.push(`${object.name}: records can be matched by ${one.criterion}`)
    change.steps.push({ kind: 'add-key', object, rule })
  })
}

function removeMatchKey(change: CatalogChange, object: ObjectType, criterion: string, existing: MatchKeyRule | undefined, path: string): void {
  if (!existing) {
    const near = closest(criterion, object.matchKeys.map((key) => key.criterion))
    throw schemaFault(`${path}.criterion`, `${object.name} keeps no keys for "${criterion.slice(0, 80)}"${near === null ? '' : `; did you mean "${near}"?`}`)
  }
  if (existing.criterion === 'external_id' || existing.criterion === object.referenceKey) throw schemaFault(path, `"${existing.criterion}" cannot be removed: references to ${object.name} are found by it`, 'schema.field-needed')
  object.matchKeys = object.matchKeys.filter((key) => key !== existing)
  change.changes.push(`${object.name}: records are not matched by ${existing.criterion} any more`)
  change.steps.push({ kind: 'drop-key', object, rule: existing })
}

/** Adds, changes or removes one field of `object`, which is the copy that is being made. */
function applyField(change: CatalogChange, object: ObjectType, wanted: FieldDocument, path: string): void {
  const at = object.fields.findIndex((field) => field.name === wanted.name)
  const existing = object.fields[at]
  if (wanted.remove) {
    if (!existing) {
      const near = closest(wanted.name, object.fields.map((field) => field.name))
      throw schemaFault(`${path}.name`, `${object.name} has no field "${wanted.name.slice(0, 80)}" to remove${near === null ? '' : `; did you mean "${near}"?`}`)
    }
    removeField(change, object, existing, path)
  } else if (existing) {
    const { field, changed } = changeField(existing, wanted, path)
    if (changed.length > 0) change.changes.push(`${object.name}.${field.name}: ${changed.join(', ')} changed`)
    // An amount that had its currency in another field, and no longer has, gets a place for it.
    const [whole = field, ...companions] = changed.includes('currencyField') ? withCompanion(object, field) : [field]
    object.fields[at] = whole
    addFields(change, object, companions)
  } else {
    addFields(change, object, withCompanion(object, newField(wanted, path)))
  }
}

function addFields(change: CatalogChange, object: ObjectType, fields: Field[]): void {
  for (const field of fields) {
    object.fields.push(field)
    change.changes.push(`${object.name}.${field.name}: field added (${field.kind})`)
    change.steps.push({ kind: 'add-field', object, field })
  }
}

function removeField(change: CatalogChange, object: ObjectType, field: Field, path: string): void {
  const refuse = (why: string): never => { throw schemaFault(path, `"${field.name}" cannot be removed: ${why}`, 'schema.field-needed') }
  if (!field.custom) refuse('it is one of the standard fields')
  if (field.companionOf !== undefined) refuse(`it goes with "${field.companionOf}"`)
  if (field.audit || ['owner', 'external_id'].includes(field.name)) refuse('every object has it')
  if (object.nameField === field.name) refuse(`it names the records of ${object.name}`)
  const key = [...object.matchKeys.map((rule) => rule.criterion), object.referenceKey ?? ''].find((criterion) => criterion.split('+').includes(field.name))
  if (key !== undefined) refuse(`records of ${object.name} are matched by ${key}`)
  const rule = ruleOver(object, field.name)
  if (rule !== undefined) refuse(`the rule "${rule}" looks at it`)
  const amount = object.fields.find((other) => other.currencyField === field.name)
  if (amount) refuse(`it holds the currency of "${amount.name}"`)
  for (const gone of object.fields.filter((other) => other === field || other.companionOf === field.name)) {
    object.fields.splice(object.fields.indexOf(gone), 1)
    change.changes.push(`${object.name}.${gone.name}: field removed`)
    change.steps.push({ kind: 'drop-field', object, field: gone })
  }
}

/** Checks what the document named against the catalog as it will be: a reference may point to an object that comes later in it. */
function checkWhole(catalog: Catalog, document: SchemaDocument): void {
  document.objects.forEach((wanted, objectIndex) => {
    const path = `objects[${objectIndex}]`
    const object = catalog.objects.find((one) => one.name === wanted.name || one.singular === wanted.name)
    if (!object) return
    checkSibling(object, object.nameField, `${path}.nameField`)
    for (const part of object.referenceKey?.split('+') ?? []) checkSibling(object, part, `${path}.referenceKey`)
    object.matchKeys.forEach((key, index) => key.criterion.split('+').forEach((part) => checkSibling(object, part, `${path}.matchKeys[${index}]`)))
    checkPipelines(object, `${path}.pipelines`)
    checkColumns(object, path)
    wanted.fields.forEach((named, index) => {
      const field = object.fields.find((one) => one.name === named.name)
      if (field) checkField(catalog, object, field, `${path}.fields[${index}]`)
    })
  })
}

/** A reference to several objects has a second column, whose name another field may have taken. */
function checkColumns(object: ObjectType, path: string): void {
  const seen = new Set<string>()
  for (const { name } of object.fields.flatMap(columnsOf)) {
    if (seen.has(name)) throw schemaFault(`${path}.fields`, `two fields of ${object.name} would share the column "${name}"; rename one of them`)
    seen.add(name)
  }
}
