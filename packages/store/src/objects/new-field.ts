import type { Field, ObjectType } from '@longshore/core'
import { optionsOf } from './change-field.ts'
import { checkKind } from './check-field.ts'
import { checkFieldName } from './names.ts'
import { takesOptionsFromPipelines } from './pipeline-options.ts'
import { schemaFault } from './schema-document.ts'
import type { FieldDocument } from './schema-document.ts'

/** A custom field as the document describes it. Throws a Fault at the part of `path` that is missing or off. */
export function newField(wanted: FieldDocument, path: string): Field {
  checkFieldName(wanted.name, `${path}.name`)
  if (wanted.audit || wanted.virtual !== undefined) {
    throw schemaFault(`${path}.${wanted.audit ? 'audit' : 'virtual'}`, 'only fields that Longshore makes itself have this')
  }
  const { name, label, kind, remove: _, custom: __, audit: ___, virtual: ____, options: _____, ...rest } = wanted
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== null)
  const options = optionsOf(wanted)
  const field: Field = {
    name, label: label ?? labelOf(name), kind: checkKind(kind, `${path}.kind`), ...Object.fromEntries(given), ...(options && { options }), custom: true,
  }
  if (field.kind === 'picklist' && !options?.length && field.restricted !== false && !takesOptionsFromPipelines(name)) throw schemaFault(`${path}.options`, 'a picklist needs options')
  return field
}

/** A field with those that come with it: where a phone's source text and an amount's currency are kept, unless they have a place. */
export function withCompanion(object: ObjectType, field: Field): Field[] {
  if (field.kind === 'phone') return [field, ...missing(object, `${field.name}_source`, { label: `${field.label} (as typed)`, companionOf: field.name })]
  if (field.kind !== 'currency' || field.currencyField !== undefined) return [field]
  const currencyField = `${field.name}_currency`
  return [{ ...field, currencyField }, ...missing(object, currencyField, { label: `${field.label} (currency)`, maxLength: 3, companionOf: field.name })]
}

/** Fields that every object has, made for a new one where its document does not name them. */
export function fieldsOfEveryObject(object: ObjectType): Field[] {
  const own: Field[] = [
    { name: 'owner', label: 'Owner', kind: 'owner', custom: true },
    { name: 'external_id', label: 'External ID', kind: 'external-id', custom: true },
    { name: 'created_at', label: 'Created', kind: 'date-time', audit: true, custom: true },
    { name: 'updated_at', label: 'Last modified', kind: 'date-time', audit: true, custom: true },
  ]
  return own.filter((field) => !object.fields.some((existing) => existing.name === field.name))
}

/** `start_date` → `Start date`. */
export function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function missing(object: ObjectType, name: string, rest: Omit<Field, 'name' | 'kind'>): Field[] {
  return object.fields.some((field) => field.name === name) ? [] : [{ name, kind: 'text', ...rest, custom: true }]
}
