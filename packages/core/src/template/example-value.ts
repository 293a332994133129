import type { FieldPath } from '../schema/catalog.ts'
import type { AddressPart, Field } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'

/** Fields whose name says more than their kind. */
const byName: Readonly<Record<string, string>> = {
  first_name: 'Ada', last_name: 'Lovelace', full_name: 'Ada Lovelace', title: 'Head of Sales', department: 'Sales', company: 'Example Inc.', domain: 'example.com', sku: 'EX-100', unit: 'piece', category: 'Services',
  next_step: 'Send the offer', subject: 'First call', account_number: 'C-1001', file_name: 'offer.pdf', content_type: 'application/pdf', url: 'https://example.com/offer.pdf',
}
const byPart: Readonly<Record<AddressPart, string>> = { street: '1 Example Street', street2: 'Floor 2', city: 'New York', state: 'New York', 'postal-code': '10001', country: 'US' }
const byKind: Readonly<Record<Field['kind'], string>> = {
  text: 'Example', 'long-text': 'Any text.', email: 'ada@example.com', phone: '+1 415 555 0132', url: 'https://example.com', date: '2026-01-31', 'date-time': '2026-01-31T09:30:00Z', number: '10', currency: '1250.50', percent: '25',
  boolean: 'true', picklist: '', 'multi-select': '', tags: 'example;to replace', reference: '', owner: '', 'external-id': 'EX-1001',
}

/** A value for the example row of a template, as a person would write it; empty where none can be made up: nobody knows who will own the record. */
export function exampleOf(object: ObjectType, { field, object: of, reference }: FieldPath): string {
  if (field.default !== undefined) return field.default
  if (field.name === 'stage' && reference === null && object.pipelines) return (object.pipelines.find((pipeline) => pipeline.default) ?? object.pipelines[0])?.stages[0]?.name ?? ''
  const options = (field.options ?? []).filter(({ active }) => active !== false).map(({ value }) => value)
  if (options.length > 0) return field.kind === 'multi-select' ? options.slice(0, 2).join(';') : options.includes('USD') ? 'USD' : options[0] ?? ''
  if (field.address) return byPart[field.address.part]
  if (field.name === of.nameField && field.kind === 'text' && !Object.hasOwn(byName, field.name)) return `Example ${of.label.toLowerCase()}`
  const text = (Object.hasOwn(byName, field.name) && (field.kind === 'text' || field.kind === 'url') ? byName[field.name] : undefined) ?? byKind[field.kind]
  if (field.kind === 'number' || field.kind === 'currency' || field.kind === 'percent') return within(field, text)
  return field.maxLength === undefined ? text : text.slice(0, field.maxLength)
}

function within({ min, max, precision }: Field, text: string): string {
  const whole = precision?.decimals === 0 ? text.replace(/\..*/, '') : text
  if (min !== undefined && Number(whole) < Number(min)) return min
  return max !== undefined && Number(whole) > Number(max) ? max : whole
}
