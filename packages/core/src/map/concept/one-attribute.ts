import type { Attribute } from '../lexicon/meanings.ts'

type Real = Exclude<Attribute, 'none'>

/**
 * Of two attributes in one header, the one that the header is about: the first swallows each of the others. A "mail address" is an e-mail
 * by itself, and a postal one in "MailAddressCity".
 */
const swallows: Partial<Record<Real, readonly Real[]>> = {
  first_name: ['name', 'full_name'], last_name: ['name', 'full_name'], full_name: ['name'],
  street: ['address', 'name', 'location', 'email'], street2: ['street', 'address', 'name', 'email'], city: ['address', 'name', 'location', 'email'],
  state: ['address', 'name', 'location', 'email'], zip: ['address', 'location', 'email'], country: ['address', 'name', 'location', 'email'], address: ['location'],
  email: ['address', 'location'], website: ['address'], linkedin: ['website', 'address'], domain: ['email', 'website', 'name'],
  phone: ['address', 'location'], mobile: ['phone', 'address', 'location'], fax: ['phone', 'address', 'location'], optout: ['email'],
  title: ['job'], job: ['name'], department: ['name'], salutation: ['name', 'title'],
  notes: ['description'], owner: ['name', 'email'], created: ['start'], updated: ['start'], birth: ['start'], close: ['start'], due: ['start'], joined: ['start'],
  groups: ['tags', 'name'], tags: ['name'], source: ['campaign', 'name'], campaign: ['name'],
  currency: ['amount', 'price', 'cost', 'name'], stage: ['status', 'name'], pipeline: ['name', 'stage'], status: ['name'], industry: ['name', 'type'],
  category: ['name', 'type'], type: ['name'], unit: ['name', 'price'], priority: ['name'], subject: ['name'], external_id: ['name'], sku: ['external_id'], account_number: ['external_id'],
  revenue: ['amount'], price: ['amount'], amount: ['name'], description: ['subject', 'name'], next_step: ['name'],
}

const addressParts = new Set<Real>(['street', 'street2', 'city', 'state', 'zip', 'country'])

/** The one attribute that several together stand for; null where they do not go together ("Email status" is neither). */
export function oneAttribute(attributes: readonly Real[]): Real | null {
  let left = [...new Set(attributes)]
  for (const attribute of [...left]) {
    const under = swallows[attribute]
    if (under && left.includes(attribute)) left = left.filter((other) => other === attribute || !under.includes(other))
  }
  return left.length === 1 ? left[0] ?? null : null
}

/** Whether the attributes are several parts of one address: "City, State ZIP". */
export function isSeveralParts(attributes: readonly Real[]): boolean {
  const parts = new Set(attributes.filter((attribute) => addressParts.has(attribute)))
  return parts.size > 1 && attributes.every((attribute) => addressParts.has(attribute) || attribute === 'address')
}
