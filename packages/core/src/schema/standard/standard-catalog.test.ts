import { expect, test } from 'vitest'
import { fieldType } from '../../fields/field-type.ts'
import { rowContext } from '../../fields/row-context.ts'
import { allPaths, findField, findObject, resolvePath } from '../catalog.ts'
import { fieldKinds } from '../field.ts'
import type { ObjectType } from '../object.ts'
import { standardCatalog } from './standard-catalog.ts'

const catalog = standardCatalog()

function object(name: string): ObjectType {
  const found = findObject(catalog, name)
  if (!found) throw new Error(`no object ${name}`)
  return found
}

const objects: [string, string][] = [
  ['contacts', 'contact'], ['accounts', 'account'], ['leads', 'lead'], ['deals', 'deal'], ['activities', 'activity'], ['products', 'product'],
  ['notes', 'note'], ['tickets', 'ticket'], ['documents', 'document'], ['associations', 'association'],
]
test.each(objects)('has %s, called %s, too', (plural, singular) => {
  expect(object(singular)).toBe(object(plural))
})

test('has no other objects', () => {
  expect(catalog.objects.map(({ name }) => name).sort()).toEqual(objects.map(([name]) => name).sort())
})

/** Fields that people expect, by object, as they reach them. */
const expected: [string, string][] = [
  ['contacts', 'first_name last_name full_name salutation email secondary_email phone mobile_phone fax title department account.name website linkedin_url '
    + 'mailing_street mailing_street2 mailing_city mailing_state mailing_postal_code mailing_country birthdate description lead_source lead_score owner '
    + 'external_id created_at updated_at email_opt_out tags'],
  ['accounts', 'name domain website industry employee_count annual_revenue phone fax account_type billing_street billing_city billing_state '
    + 'billing_postal_code billing_country shipping_street shipping_city shipping_state shipping_postal_code shipping_country description '
    + 'parent_account.name account_number owner external_id created_at updated_at tags'],
  ['leads', 'first_name last_name full_name email phone mobile_phone company title source status rating lead_score website industry employee_count '
    + 'annual_revenue street city state postal_code country description owner external_id created_at updated_at'],
  ['deals', 'name amount currency stage pipeline close_date probability account.name contact.full_name contact.email deal_type lead_source next_step '
    + 'description owner external_id created_at updated_at'],
  ['products', 'name sku price cost currency category description status quantity tax unit external_id'],
  ['activities', 'type subject date due_date duration status priority related_contact.email related_account.name related_deal.name description owner'],
]
test.each(expected)('%s have every field that people expect', (name, paths) => {
  const known = allPaths(catalog, object(name))
  expect(paths.split(' ').filter((path) => !known.includes(path))).toEqual([])
})

test.each(objects)('%s have an owner, an external id and both dates', (name) => {
  for (const field of ['owner', 'external_id', 'created_at', 'updated_at']) expect(findField(object(name), field)).toBeDefined()
})

test('asks only for what a record cannot do without', () => {
  const required = catalog.objects.flatMap(({ name, fields }) => fields.filter((field) => field.required).map((field) => `${name}.${field.name}`)).sort()
  expect(required).toEqual(['accounts.name', 'associations.from', 'associations.to', 'contacts.last_name', 'deals.name', 'deals.stage', 'leads.last_name', 'products.name'])
})

test('keeps the source text beside every phone number, and a currency beside every amount', () => {
  const fields = catalog.objects.flatMap((of) => of.fields.map((field) => ({ of, field })))
  const phones = fields.filter(({ field }) => field.kind === 'phone')
  const amounts = fields.filter(({ field }) => field.kind === 'currency')
  expect(phones.filter(({ of, field }) => !of.fields.some((other) => other.companionOf === field.name && other.kind === 'text'))).toEqual([])
  expect(amounts.filter(({ of, field }) => !of.fields.some((other) => other.name === field.currencyField))).toEqual([])
  expect([phones.length, amounts.length]).toEqual([7, 5])
})

test.each(objects)('%s are well formed: names, kinds, targets, options, keys', (name) => {
  const { fields, matchKeys, nameField, referenceKey } = object(name)
  expect(new Set(fields.map((field) => field.name)).size).toBe(fields.length)
  const row = rowContext(object(name))
  for (const field of fields) {
    expect(field.name).toMatch(/^[a-z][a-z0-9_]{0,47}$/)
    expect(fieldKinds).toContain(field.kind)
    for (const target of field.targets ?? []) expect(findObject(catalog, target)).toBeDefined()
    if (field.kind === 'picklist') expect(field.options?.length).toBeGreaterThan(0)
    if (field.kind === 'picklist' && field.name !== 'stage') {
      for (const option of field.options ?? []) expect(fieldType('picklist').parse(option.value.toUpperCase(), field, row)).toBe(option.value)
    }
    if (field.companionOf !== undefined) expect(fields.map((other) => other.name)).toContain(field.companionOf)
  }
  expect(findField(object(name), nameField)).toBeDefined()
  expect(matchKeys.map((rule) => rule.criterion)).toContain('external_id')
  expect(matchKeys.map((rule) => rule.criterion)).toContain(referenceKey)
  for (const { criterion } of matchKeys) for (const part of criterion.split('+')) expect(findField(object(name), part)).toBeDefined()
})

test('gives every match rule an id of its own', () => {
  const ids = catalog.objects.flatMap(({ matchKeys }) => matchKeys.map((rule) => rule.id))
  expect(new Set(ids).size).toBe(ids.length)
})

test('keeps the ids of match rules, because stored keys bear them', () => {
  const rules = Object.fromEntries(catalog.objects.flatMap(({ name, matchKeys }) => matchKeys.map((rule) => [`${name} ${rule.criterion}`, rule.id])))
  expect(rules).toMatchObject({ 'contacts email': 1, 'contacts external_id': 2, 'leads email': 3, 'leads external_id': 4, 'accounts name': 5, 'accounts external_id': 6 })
})

test('gives a pipeline one default, and stages of their own, in order', () => {
  for (const name of ['deals', 'tickets']) {
    const { pipelines = [], fields } = object(name)
    expect(pipelines.filter((pipeline) => pipeline.default)).toHaveLength(1)
    expect(fields.find((field) => field.name === 'stage')?.options?.map(({ value }) => value)).toEqual(pipelines[0]?.stages.map((stage) => stage.name))
  }
  const stages = object('deals').pipelines?.[0]?.stages ?? []
  expect(stages.filter((stage) => stage.won).map((stage) => stage.name)).toEqual(['Closed Won'])
  expect(stages.filter((stage) => stage.closed && !stage.won).map((stage) => stage.name)).toEqual(['Closed Lost'])
})

test('reaches an account by its name, and a person by e-mail', () => {
  expect(resolvePath(catalog, object('contacts'), 'account')).toMatchObject({ path: 'account.name' })
  expect(resolvePath(catalog, object('deals'), 'contact')).toMatchObject({ path: 'contact.email' })
})

test('gives every caller a catalog of its own', () => {
  const mine = standardCatalog()
  mine.objects[0]?.fields.splice(0)
  expect(standardCatalog()).toEqual(catalog)
})
