import type { Attribute, Entity } from '../lexicon/meanings.ts'
import type { ObjectType } from '../../schema/object.ts'
import { knowledge, type ObjectKnowledge } from './knowledge.ts'

/** Names that fields of any object go by, for each attribute: the first that an object has is meant. */
const usualNames: Partial<Record<Attribute, readonly string[]>> = {
  first_name: ['first_name'], last_name: ['last_name'], full_name: ['full_name', 'contact.full_name'], name: ['name', 'title', 'subject', 'full_name'], title: ['title', 'subject', 'name'], subject: ['subject', 'title', 'name'],
  email: ['email', 'contact.email'], phone: ['phone'], mobile: ['mobile_phone', 'mobile'], website: ['website', 'url'], notes: ['body', 'description', 'notes'], description: ['description', 'body', 'notes'],
  status: ['status'], stage: ['stage', 'status'], priority: ['priority'], type: ['type', 'category'], category: ['category', 'type'], owner: ['owner'], external_id: ['external_id'], created: ['created_at'],
  updated: ['updated_at'], due: ['due_date'], start: ['start_date', 'date'], end: ['end_date'], source: ['source', 'lead_source', 'channel'], tags: ['tags'], groups: ['tags'], amount: ['amount'], currency: ['currency'],
  price: ['price'], quantity: ['quantity'], job: ['title'], department: ['department'], industry: ['industry'],
}
const entityReferences: Partial<Record<Entity, readonly string[]>> = { company: ['account'], customer: ['account', 'contact'], person: ['contact'], deal: ['deal'], product: ['product'] }

/** What headers mean for an object: written by hand for the standard ones, for others read off the names of their fields. */
export function knowledgeOf(object: ObjectType): ObjectKnowledge {
  const known = knowledge[object.name]
  if (known && object.custom !== true) return known
  const names = new Set(object.fields.map((field) => field.name))
  const references = (wanted: readonly string[]): string | undefined => wanted.flatMap((name) => [name, `related_${name}`]).find((name) => names.has(name))
  const fields: ObjectKnowledge['fields'] = {}
  for (const [attribute, wanted] of Object.entries(usualNames) as [Attribute, readonly string[]][]) {
    const path = wanted.find((name) => names.has(name.split('.')[0] ?? name))
    if (path !== undefined) fields[attribute] = path
  }
  const named: ObjectKnowledge['named'] = {}
  for (const [entity, wanted] of Object.entries(entityReferences) as [Entity, readonly string[]][]) {
    const reference = references(wanted)
    if (reference !== undefined) named[entity] = `${reference}.${reference.endsWith('contact') ? 'full_name' : 'name'}`
  }
  const group = object.fields.find((field) => field.address)?.name.replace(/(street|city|state|postal_code|country)2?$/, '')
  return { self: [], named, fields, numbers: {}, addresses: { main: group ?? null, shipping: null } }
}
