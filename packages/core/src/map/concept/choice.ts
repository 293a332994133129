import type { Attribute, Entity, Kind } from '../lexicon/meanings.ts'
import type { Concept } from './concept.ts'
import { directness } from './weights.ts'
import type { ObjectKnowledge } from './knowledge.ts'

/** A field that a column may fill. */
export interface Choice {
  path: string
  /** How direct the way is, 0 to 1, against other columns that lead to the same field. */
  weight: number
  /** Only meant where no other column brings the field: a home phone, the day somebody registered. */
  fallback?: boolean
  /** Says little by itself: a bare "No." may number anything, behind the first column most often the house. */
  vague?: boolean
  /** Set on the parts of an address: whole addresses compete, not their parts. */
  address?: AddressGroup
  /** Set on e-mail addresses: the file's first fills the first field, the next the second. Lower comes first. */
  emailRank?: number
}

export type AddressGroup = Kind | 'plain'

/** What else the file speaks of. */
export interface Presence {
  attributes: ReadonlySet<Attribute>
  entities: ReadonlySet<Entity>
  /** Attributes that the file also brings of a person's home. */
  homes: ReadonlySet<Attribute>
}

const dated: ReadonlySet<Attribute> = new Set(['created', 'updated', 'joined', 'birth', 'close', 'due', 'start', 'end'])
const numbered: ReadonlySet<Attribute> = new Set(['phone', 'mobile', 'fax', 'account_number', 'sku', 'external_id', 'employees', 'quantity'])
const addressed: ReadonlySet<Attribute> = new Set(['address', 'street', 'street2', 'city', 'state', 'zip', 'country'])
const reached: ReadonlySet<Attribute> = new Set(['email', 'phone', 'mobile', 'fax'])
const personal: ReadonlySet<Attribute> = new Set(['email', 'phone', 'mobile', 'first_name', 'last_name', 'full_name', 'name', 'title', 'job'])

/** The field of an object that a concept means there, or null where the object has none for it. */
export function choiceFor(objectName: string, known: ObjectKnowledge, concept: Concept, present: Presence, language: string): Choice | null {
  const { aspects } = concept
  if (concept.bare && (present.attributes.has('phone') || !(present.attributes.has('mobile') && known.self.includes('person')))) return null
  // "Nº de móvil" counts nothing: it is a number.
  const isNumber = concept.attribute === 'phone' || concept.attribute === 'mobile' || concept.attribute === 'fax'
  if (aspects.includes('count') && concept.attribute !== 'employees' && concept.attribute !== 'quantity' && !(isNumber && concept.entity === null)) return null
  if ((aspects.includes('last') || aspects.includes('first')) && concept.attribute !== 'updated') return null
  if (concept.attribute === null) return thingChoice(objectName, known, concept, present)
  if (aspects.includes('id') && !['external_id', 'sku', 'account_number', 'linkedin'].includes(concept.attribute)) return null
  if (aspects.includes('number') && !numbered.has(concept.attribute)) return null
  if (aspects.includes('url') && !['website', 'linkedin', 'domain'].includes(concept.attribute)) return null
  if ((aspects.includes('date') || aspects.includes('time')) && !dated.has(concept.attribute)) return null
  return attributeChoice(objectName, known, concept, concept.attribute, present, language)
}

/** "Company", "Contact ID", "ID", "Date": no attribute, only a thing and what of it. */
function thingChoice(objectName: string, known: ObjectKnowledge, { entity, kind, ordinal, aspects }: Concept, present: Presence): Choice | null {
  const own = entity !== null && known.self.includes(entity)
  if (ordinal !== null && ordinal > 1) return null
  if (aspects.includes('id') || aspects.includes('number')) {
    // What the record is called as a supplier says less than its number as a customer.
    if (entity === 'vendor' && present.attributes.has('account_number')) return null
    const numbered = entity === null ? 'external_id' : known.numbers[entity]
    const path = numbered !== undefined && aspects.includes('id') ? 'external_id' : numbered
    if (path !== undefined) return known.fields.external_id === undefined ? null : { path, weight: entity !== null ? (path === 'external_id' && aspects.includes('id') ? 1 : 0.98) : aspects.includes('id') ? 0.99 : 0.6, ...(entity === null && !aspects.includes('id') && { vague: true }) }
    return entity === 'user' && known.self.includes('person') ? { path: 'external_id', weight: 0.5, fallback: true } : null
  }
  if (aspects.includes('url')) {
    if (entity !== 'company' || known.fields.website === undefined) return null
    return own ? { path: 'website', weight: 0.7 } : { path: 'website', weight: 0.5, fallback: true }
  }
  if (aspects.includes('date') || aspects.includes('time')) {
    // The one day that a list of leads tells is that on which they came into it.
    if (objectName === 'leads' && (entity === null || own) && kind === null) return { path: 'created_at', weight: 0.5, fallback: true }
    return objectName === 'activities' && (entity === null || own) ? { path: 'date', weight: aspects.includes('date') ? 0.9 : 0.6 } : null
  }
  if (entity === null || kind === 'shipping' || kind === 'other' || kind === 'second' || kind === 'home') return null
  if (entity === 'customer') return customerChoice(known, present, kind)
  // "Member" beside first and last names says whether, not who.
  if (entity === 'person' && known.self.includes('person') && present.attributes.has('first_name') && present.attributes.has('last_name')) return null
  const path = known.named[entity]
  // Beside "Name", "Member" is what somebody is.
  const isNamed = entity === 'person' && known.self.includes('person') && present.attributes.has('name')
  return path === undefined ? null : { path, weight: kind === 'billing' ? 0.9 : isNamed ? 0.94 : 1 }
}

/** A customer is a person or a company: beside first and last names the company, beside a company the person. */
function customerChoice(known: ObjectKnowledge, { attributes, entities }: Presence, kind: Kind | null): Choice | null {
  const { company, customer, person } = known.named
  const weight = kind === 'billing' ? 0.9 : 1
  if (known.self.includes('person') && company !== undefined && attributes.has('first_name') && attributes.has('last_name') && !entities.has('company')) return { path: company, weight: 0.7 * weight, fallback: true }
  if (known.self.includes('person') && company !== undefined && attributes.has('full_name') && !entities.has('company')) return { path: company, weight: 0.7 * weight, fallback: true }
  // Whose e-mail address and telephone stand beside is a person.
  if (known.self.includes('activity') && person !== undefined && !entities.has('person') && attributes.has('email') && attributes.has('phone')) return { path: person, weight: 0.9 * weight }
  if (!known.self.includes('person') && entities.has('company') && person !== undefined && !entities.has('person')) return { path: person, weight: 0.9 * weight }
  return customer === undefined ? null : { path: customer, weight }
}

function attributeChoice(objectName: string, known: ObjectKnowledge, concept: Concept, attribute: Attribute, present: Presence, language: string): Choice | null {
  const { entity, kind, ordinal } = concept
  const own = entity === null || known.self.includes(entity) || (entity === 'user' && known.self.includes('person') && personal.has(attribute))
  // "Phone (company)" beside "Phone (private)" is where somebody works.
  const atWork = entity === 'company' && kind === null && known.self.includes('person') && (addressed.has(attribute) ? [...present.homes].some((home) => addressed.has(home)) : reached.has(attribute) && [...present.homes].some((home) => reached.has(home)))
  if (atWork && known.named.company !== undefined) return attributeChoice(objectName, known, { ...concept, entity: null, kind: 'work' }, attribute, present, language)
  if (!own && entity !== null) return relatedChoice(known, entity, attribute)
  // A lead is a person and a company at once: the name of the one is not that of the other.
  if (entity === 'company' && (attribute === 'name' || attribute === 'full_name') && known.self.includes('person') && known.named.company !== undefined) return { path: known.named.company, weight: 0.97 }
  // The "State" of what has no address is how it stands.
  if (attribute === 'state' && known.addresses.main === null && kind === null) return attributeChoice(objectName, known, concept, 'status', present, language)
  if (addressed.has(attribute)) return addressChoice(known, concept, attribute)
  const path = pathFor(known, attribute, present, language)
  if (path === undefined) return null
  const weight = (directness[objectName]?.[attribute] ?? 1) * (entity === 'company' && known.self.includes('person') && personal.has(attribute) ? 0.85 : 1)
  if (attribute === 'email') return path === 'email' ? { path, weight, emailRank: emailRank(kind, ordinal) } : { path, weight }
  // "Billing info updated" is about the bills, as is the name on them.
  if ((attribute === 'name' || dated.has(attribute)) && kind === 'billing') return null
  if (kind === 'second' || (ordinal !== null && ordinal > 1)) return null
  if (attribute === 'phone' || attribute === 'mobile' || attribute === 'fax') return phoneChoice(path, kind, attribute, weight, known.self.includes('person'))
  if (attribute === 'website') return { path, weight: kind === null || kind === 'work' ? weight : weight * 0.9 }
  if (kind === 'shipping' || kind === 'other') return null
  return { path, weight: weight * (kind === null || kind === 'main' || kind === 'work' ? 1 : 0.85), ...(weight <= 0.7 && { fallback: true }) }
}

/** What a related record brings: its name, and what the knowledge says beside. The employer's own web page stands in where the person has none. */
function relatedChoice(known: ObjectKnowledge, entity: Entity, attribute: Attribute): Choice | null {
  const related = known.related?.[entity]?.[attribute]
  if (related !== undefined) return { path: related, weight: 0.95 }
  if (attribute === 'name' || attribute === 'full_name') {
    const path = known.named[entity]
    return path === undefined ? null : { path, weight: 0.97 }
  }
  // An address book's "Organization 1 - Title" is the person's work there.
  if (entity === 'company' && known.self.includes('person') && ['title', 'job', 'department'].includes(attribute)) {
    const path = known.fields[attribute]
    return path === undefined ? null : { path, weight: 0.97 }
  }
  if (entity === 'company' && known.self.includes('person') && (attribute === 'website' || attribute === 'phone')) {
    const path = known.fields[attribute]
    return path === undefined ? null : { path, weight: 0.5, fallback: true }
  }
  return null
}

function pathFor(known: ObjectKnowledge, attribute: Attribute, { attributes }: Presence, language: string): string | undefined {
  const isPerson = known.self.includes('person')
  // "Nom, Prénom" and "Nombre, Apellidos": the plain name is the part that is missing. In English "Name" beside "First name" is the whole.
  if (isPerson && attribute === 'name' && attributes.has('first_name') !== attributes.has('last_name')) {
    return !attributes.has('first_name') ? 'first_name' : language === 'en' ? 'full_name' : 'last_name'
  }
  // In German a "Titel" is an academic one: part of the form of address, and of nothing beside it.
  if (isPerson && attribute === 'title' && language === 'de') return attributes.has('salutation') ? undefined : known.fields.salutation
  // Address books have a form of address in "Title" where the work is in "Job title".
  if (isPerson && attribute === 'title' && attributes.has('job')) return attributes.has('salutation') ? undefined : known.fields.salutation ?? known.fields.title
  return known.fields[attribute]
}

function phoneChoice(path: string, kind: Kind | null, attribute: Attribute, weight: number, isPerson: boolean): Choice | null {
  if (kind === 'shipping') return null
  if (attribute !== 'phone') return attribute === 'fax' && (kind === 'home' || kind === 'other') ? null : { path, weight: weight * (kind === null || kind === 'work' ? 1 : 0.9) }
  if (kind === 'home' || kind === 'other') return { path, weight: kind === 'home' ? 0.5 : 0.4, fallback: true }
  // Behind the main number stands a company; the direct one rings at the person.
  return { path, weight: weight * ({ work: 0.98, main: isPerson ? 0.89 : 0.93, direct: 0.9, billing: 0.9, mailing: 0.9, site: 0.9, second: 0 }[kind ?? 'work'] + (kind === null ? 0.02 : 0)) }
}

function emailRank(kind: Kind | null, ordinal: number | null): number {
  const byKind = { work: 0.2, main: 0.1, billing: 0.3, direct: 0.2, mailing: 0.3, site: 0.3, second: 1, home: 1.1, other: 1.4, shipping: 3 }
  return (kind === null ? 0 : byKind[kind]) + (ordinal !== null && ordinal > 1 ? ordinal - 1 : 0)
}

const partNames: Partial<Record<Attribute, string>> = { address: 'street', street: 'street', street2: 'street2', city: 'city', state: 'state', zip: 'postal_code', country: 'country' }

function addressChoice({ addresses }: ObjectKnowledge, { kind, ordinal }: Concept, attribute: Attribute): Choice | null {
  const second = ordinal === 2 && (attribute === 'address' || attribute === 'street')
  if (ordinal !== null && ordinal > 1 && !second) return null
  const name = second ? 'street2' : partNames[attribute]
  const prefix = kind === 'shipping' ? addresses.shipping : addresses.main
  if (name === undefined || prefix === null) return null
  // Beside a street, "Address" may be a name of the place; the street is more direct.
  return { path: prefix + name, weight: attribute === 'address' && !second ? 0.96 : 1, address: kind === 'shipping' && addresses.shipping !== null ? 'shipping' : kind ?? 'plain' }
}
