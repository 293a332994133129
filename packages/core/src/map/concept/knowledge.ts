import type { Attribute, Entity } from '../lexicon/meanings.ts'

/** What the words of a header mean in a file of one object. Field paths that the object does not have (any more) are harmless. */
export interface ObjectKnowledge {
  /** Entities that a record of this object is, so that they say nothing new: "Contact phone" of a contact. */
  self: readonly Entity[]
  /** The field that a column fills which only names an entity: "Company" of a contact. */
  named: Partial<Record<Entity, string>>
  /** The field for each attribute of the record itself. */
  fields: Partial<Record<Attribute, string>>
  /** Fields of related records, by entity and attribute: the e-mail of a deal's contact. */
  related?: Partial<Record<Entity, Partial<Record<Attribute, string>>>>
  /** The field for a number or id of an entity: "Customer number" of an account. */
  numbers: Partial<Record<Entity, string>>
  /** Address groups of the object: which fields hold the address of record, and which the other. */
  addresses: { main: string | null; shipping: string | null }
}

const people: ObjectKnowledge['fields'] = {
  first_name: 'first_name', last_name: 'last_name', full_name: 'full_name', name: 'full_name', title: 'title', job: 'title',
  email: 'email', phone: 'phone', mobile: 'mobile_phone', website: 'website', notes: 'description', description: 'description', owner: 'owner',
  created: 'created_at', updated: 'updated_at', joined: 'created_at', optout: 'email_opt_out', external_id: 'external_id',
}

export const knowledge: Readonly<Record<string, ObjectKnowledge>> = {
  contacts: {
    self: ['person', 'customer', 'lead'],
    named: { person: 'full_name', customer: 'full_name', lead: 'full_name', company: 'account.name' },
    fields: {
      ...people, salutation: 'salutation', fax: 'fax', department: 'department', linkedin: 'linkedin_url', birth: 'birthdate', source: 'lead_source', tags: 'tags', groups: 'tags',
      account_number: 'external_id',
    },
    numbers: { person: 'external_id', customer: 'external_id', lead: 'external_id' },
    addresses: { main: 'mailing_', shipping: null },
  },
  leads: {
    self: ['lead', 'person', 'customer', 'company'],
    named: { person: 'full_name', lead: 'full_name', customer: 'full_name', company: 'company' },
    fields: {
      ...people, source: 'source', status: 'status', rating: 'rating', industry: 'industry', employees: 'employee_count', revenue: 'annual_revenue', stage: 'status',
    },
    numbers: { lead: 'external_id', person: 'external_id', customer: 'external_id' },
    addresses: { main: '', shipping: null },
  },
  accounts: {
    self: ['company', 'customer', 'vendor'],
    named: { company: 'name', customer: 'name', parent: 'parent_account.name' },
    fields: {
      name: 'name', domain: 'domain', website: 'website', industry: 'industry', employees: 'employee_count', revenue: 'annual_revenue', phone: 'phone', fax: 'fax', type: 'account_type', category: 'account_type',
      notes: 'description', description: 'description', account_number: 'account_number', owner: 'owner', external_id: 'external_id', created: 'created_at', updated: 'updated_at',
      joined: 'created_at', tags: 'tags', groups: 'tags',
    },
    numbers: { company: 'external_id', customer: 'account_number', vendor: 'account_number' },
    addresses: { main: 'billing_', shipping: 'shipping_' },
  },
  deals: {
    self: ['deal'],
    named: { deal: 'name', company: 'account.name', customer: 'account.name', person: 'contact.full_name' },
    fields: {
      name: 'name', subject: 'name', title: 'name', amount: 'amount', revenue: 'amount', currency: 'currency', stage: 'stage', status: 'stage', pipeline: 'pipeline', close: 'close_date', probability: 'probability',
      type: 'deal_type', source: 'lead_source', next_step: 'next_step', notes: 'description', description: 'description', owner: 'owner', external_id: 'external_id', created: 'created_at',
      updated: 'updated_at', email: 'contact.email', full_name: 'contact.full_name',
    },
    related: { person: { email: 'contact.email', name: 'contact.full_name', full_name: 'contact.full_name' }, customer: { email: 'contact.email' } },
    numbers: { deal: 'external_id' },
    addresses: { main: null, shipping: null },
  },
  products: {
    self: ['product'],
    named: { product: 'name' },
    fields: {
      name: 'name', title: 'name', sku: 'sku', price: 'price', cost: 'cost', currency: 'currency', category: 'category', type: 'category', groups: 'category', description: 'description',
      notes: 'description', status: 'status', quantity: 'quantity', tax: 'tax', unit: 'unit', external_id: 'external_id',
    },
    numbers: { product: 'external_id' },
    addresses: { main: null, shipping: null },
  },
  activities: {
    self: ['activity'],
    named: { activity: 'subject', person: 'related_contact.full_name', lead: 'related_contact.full_name', company: 'related_account.name', customer: 'related_account.name', deal: 'related_deal.name', user: 'owner' },
    fields: {
      name: 'subject', subject: 'subject', title: 'subject', type: 'type', category: 'type', start: 'date', due: 'due_date', duration: 'duration', status: 'status', stage: 'status', priority: 'priority',
      notes: 'description', description: 'description', owner: 'owner', full_name: 'related_contact.full_name',
    },
    related: { person: { email: 'related_contact.email', name: 'related_contact.full_name', full_name: 'related_contact.full_name' } },
    numbers: {},
    addresses: { main: null, shipping: null },
  },
}
