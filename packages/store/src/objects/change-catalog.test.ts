import { Fault, findField, findObject, standardCatalog } from '@longshore/core'
import type { Catalog, ObjectType } from '@longshore/core'
import { describe, expect, test } from 'vitest'
import { changeCatalog } from './change-catalog.ts'
import type { CatalogChange } from './change-catalog.ts'
import { printSchema } from '@longshore/core'
import { parseSchemaDocument } from './schema-document.ts'

const standard = standardCatalog()

/** Two custom objects beside the standard ones, for changes of what was made before. */
const projects = apply({
  objects: [{
    name: 'projects', pipelines: [{ name: 'Plain', stages: [{ name: 'Open' }, { name: 'Shut', closed: true }] }],
    fields: [
      { name: 'budget', kind: 'currency' }, { name: 'hotline', kind: 'phone' }, { name: 'size', kind: 'picklist', options: ['S', 'M', { value: 'L', label: 'Large' }] },
      { name: 'about', kind: 'reference', targets: ['contacts', 'accounts'] }, { name: 'lead_contact', kind: 'reference', targets: ['contacts'] },
    ],
  }],
}).catalog

function apply(document: unknown, catalog: Catalog = standard): CatalogChange {
  return changeCatalog(catalog, parseSchemaDocument(document))
}

function object(catalog: Catalog, name: string): ObjectType {
  const found = findObject(catalog, name)
  if (!found) throw new Error(`no object ${name}`)
  return found
}

describe('a schema document', () => {
  test('that was printed changes nothing where it came from', () => {
    for (const catalog of [standard, projects]) {
      expect(apply(JSON.parse(JSON.stringify(printSchema(catalog))), catalog)).toEqual({ catalog, changes: [], steps: [] })
    }
  })

  test('that was printed makes the same custom object elsewhere', () => {
    const { catalog } = apply(JSON.parse(JSON.stringify(printSchema(projects, 'project'))), standard)
    expect(new Set(object(catalog, 'projects').fields)).toEqual(new Set(object(projects, 'projects').fields))
  })

  test('adds an object with the fields that every object has', () => {
    const { catalog, changes, steps } = apply({ objects: [{ name: 'visits', fields: [{ name: 'day', kind: 'date' }] }] })
    expect(object(catalog, 'visits')).toMatchObject({ singular: 'visit', label: 'Visit', pluralLabel: 'Visits', custom: true, nameField: 'name' })
    expect(object(catalog, 'visit').fields.map((field) => `${field.name} ${field.kind}`)).toEqual(
      ['name text', 'day date', 'owner owner', 'external_id external-id', 'created_at date-time', 'updated_at date-time'])
    expect(changes).toEqual(['visits: object added with 6 fields'])
    expect(steps.map((step) => step.kind)).toEqual(['create-object'])
    expect(catalog.version).toBe(standard.version + 1)
  })

  test('gives a new object match keys with numbers that no other rule has', () => {
    const numbers = projects.objects.flatMap((one) => one.matchKeys.map((key) => key.id))
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(object(projects, 'projects').matchKeys.map((key) => key.criterion)).toEqual(['external_id'])
  })

  test('keeps the currency of an amount and the source text of a phone in fields of their own', () => {
    const fields = object(projects, 'projects')
    expect(findField(fields, 'budget')).toMatchObject({ currencyField: 'budget_currency' })
    expect(findField(fields, 'budget_currency')).toMatchObject({ kind: 'text', companionOf: 'budget' })
    expect(findField(fields, 'hotline_source')).toMatchObject({ kind: 'text', companionOf: 'hotline' })
  })

  test('adds, changes and removes fields, each with a line that says so', () => {
    const first = apply({ objects: [{ name: 'contact', fields: [{ name: 'shoe_size', kind: 'number', min: '1', max: '60' }, { name: 'email', label: 'E-mail', required: true }] }] })
    expect(first.changes).toEqual(['contacts.shoe_size: field added (number)', 'contacts.email: label, required changed'])
    const second = apply({ objects: [{ name: 'contacts', fields: [{ name: 'shoe_size', min: null }, { name: 'email', required: false }] }] }, first.catalog)
    expect(findField(object(second.catalog, 'contacts'), 'shoe_size')).toEqual({ name: 'shoe_size', label: 'Shoe size', kind: 'number', max: '60', custom: true })
    const third = apply({ objects: [{ name: 'contacts', fields: [{ name: 'shoe_size', remove: true }] }] }, second.catalog)
    expect(third.steps).toMatchObject([{ kind: 'drop-field', field: { name: 'shoe_size' } }])
    expect(findField(object(third.catalog, 'contacts'), 'shoe_size')).toBeUndefined()
  })

  test('removes a companion with its field', () => {
    expect(apply({ objects: [{ name: 'projects', fields: [{ name: 'budget', remove: true }] }] }, projects).changes)
      .toEqual(['projects.budget: field removed', 'projects.budget_currency: field removed'])
  })

  test('lets the options of stages follow the pipelines, and keeps one that went as inactive', () => {
    const { catalog } = apply({ objects: [{ name: 'projects', pipelines: [{ name: 'Plain', stages: [{ name: 'Open' }, { name: 'Done' }] }] }] }, projects)
    expect(findField(object(catalog, 'projects'), 'stage')?.options).toEqual([{ value: 'Open' }, { value: 'Done' }, { value: 'Shut', active: false }])
  })

  test('may let a reference point to an object that comes later in it', () => {
    const { catalog } = apply({ objects: [{ name: 'visits', fields: [{ name: 'site', kind: 'reference', targets: ['sites'] }] }, { name: 'sites' }] })
    expect(findField(object(catalog, 'visits'), 'site')?.targets).toEqual(['sites'])
  })

  test('adds targets to a reference that has several', () => {
    const { changes } = apply({ objects: [{ name: 'projects', fields: [{ name: 'about', targets: ['contacts', 'accounts', 'leads'] }] }] }, projects)
    expect(changes).toEqual(['projects.about: targets changed'])
  })

  test('leaves the catalog that it was given as it was', () => {
    const before = JSON.stringify(projects)
    apply({ objects: [{ name: 'projects', label: 'P', fields: [{ name: 'size', options: ['X'] }, { name: 'more', kind: 'text' }, { name: 'hotline', remove: true }] }] }, projects)
    expect(JSON.stringify(projects)).toBe(before)
  })
})

const inContacts = (field: unknown): unknown => ({ objects: [{ name: 'contacts', fields: [field] }] })
const inProjects = (field: unknown): unknown => ({ objects: [{ name: 'projects', fields: [field] }] })
const refused: [document: unknown, path: string, says: string][] = [
  [{}, 'objects', 'expected array'],
  [{ objcts: [] }, 'objects', 'expected array'],
  [{ objects: [], extra: 1 }, 'extra', 'nothing called "extra" here; what can be said is version, objects'],
  [{ objects: [{ name: 'contacts', fields: [{ name: 'size', type: 'number' }] }] }, 'objects[0].fields[0].type', 'nothing called "type" here; did you mean "kind"?'],
  [{ objects: [{ name: 'contacts', feilds: [] }] }, 'objects[0].feilds', 'nothing called "feilds" here; did you mean "fields"?'],
  [{ objects: [{ name: 'contacts', feilds: [] }] }, 'objects[0].feilds', 'did you mean "fields"'],
  [inContacts({ name: 'x', kind: 'text', requird: true }), 'objects[0].fields[0].requird', 'did you mean "required"'],
  [inContacts({ name: 'x', kind: 'picklst', options: ['a'] }), 'objects[0].fields[0].kind', 'did you mean "picklist"'],
  [inContacts({ name: 'x' }), 'objects[0].fields[0].kind', 'a new field needs a kind'],
  [inContacts({ name: 'x', kind: 'reference', targets: ['acounts'] }), 'objects[0].fields[0].targets[0]', 'did you mean "accounts"'],
  [inContacts({ name: 'x', kind: 'reference' }), 'objects[0].fields[0].targets', 'names the objects'],
  [inContacts({ name: 'x', kind: 'picklist' }), 'objects[0].fields[0].options', 'needs options'],
  [inContacts({ name: 'x', kind: 'picklist', options: ['a', 'A'] }), 'objects[0].fields[0].options[1]', 'stands twice'],
  [inContacts({ name: 'x', kind: 'picklist', options: ['Gold', 'Silver'], default: 'Sliver' }), 'objects[0].fields[0].default', 'did you mean "Silver"'],
  [inContacts({ name: 'x', kind: 'date', maxLength: 5 }), 'objects[0].fields[0].maxLength', 'has no maxLength'],
  [inContacts({ name: 'x', kind: 'number', min: '5', max: '4' }), 'objects[0].fields[0].min', 'above the greatest'],
  [inContacts({ name: 'x', kind: 'number', min: 'five' }), 'objects[0].fields[0].min', 'a number as text'],
  [inContacts({ name: 'x', kind: 'currency', currencyField: 'nope' }), 'objects[0].fields[0].currencyField', 'has no field "nope"'],
  [inContacts({ name: 'Bad Name', kind: 'text' }), 'objects[0].fields[0].name', 'cannot name a field'],
  [inContacts({ name: 'x'.repeat(49), kind: 'text' }), 'objects[0].fields[0].name', 'cannot name a field'],
  [inContacts({ name: 'a"; drop table x', kind: 'text' }), 'objects[0].fields[0].name', 'cannot name a field'],
  [inContacts({ name: 'id', kind: 'text' }), 'objects[0].fields[0].name', 'keeps for itself'],
  [inContacts({ name: 'deleted_at', kind: 'date' }), 'objects[0].fields[0].name', 'keeps for itself'],
  [inContacts({ name: 'xmin', kind: 'text' }), 'objects[0].fields[0].name', 'keeps for itself'],
  [inContacts({ name: 'email', kind: 'text' }), 'objects[0].fields[0].kind', 'cannot become text'],
  [inContacts({ name: 'email', audit: true }), 'objects[0].fields[0].audit', 'cannot be changed'],
  [inContacts({ name: 'x', kind: 'date-time', audit: true }), 'objects[0].fields[0].audit', 'Longshore makes itself'],
  [inContacts({ name: 'email', remove: true }), 'objects[0].fields[0]', 'standard fields'],
  [inContacts({ name: 'emial', remove: true }), 'objects[0].fields[0].name', 'did you mean "email"'],
  [inContacts({ name: 'account', targets: ['leads'] }), 'objects[0].fields[0].targets', 'cannot be changed so'],
  [inProjects({ name: 'lead_contact', targets: ['contacts', 'accounts'] }), 'objects[0].fields[0].targets', 'cannot be changed so'],
  [inProjects({ name: 'name', remove: true }), 'objects[0].fields[0]', 'names the records'],
  [inProjects({ name: 'budget_currency', remove: true }), 'objects[0].fields[0]', 'goes with "budget"'],
  [inProjects({ name: 'external_id', remove: true }), 'objects[0].fields[0]', 'every object has it'],
  [inProjects({ name: 'about_object', kind: 'text' }), 'objects[0].fields', 'share the column "about_object"'],
  [{ objects: [{ name: 'contacts', fields: [{ name: 'x', kind: 'text' }, { name: 'x', kind: 'date' }] }] }, 'objects[0].fields[1].name', 'stands twice'],
  [{ objects: [{ name: 'visits' }, { name: 'visits' }] }, 'objects[1].name', 'stands twice'],
  [{ objects: [{ name: 'visits', singular: 'contact' }] }, 'objects[0].singular', 'already names Contact'],
  [{ objects: [{ name: '_plan' }] }, 'objects[0].name', 'cannot name an object'],
  [{ objects: [{ name: 'contacts', singular: 'person' }] }, 'objects[0].singular', 'cannot be changed'],
  [{ objects: [{ name: 'contacts', matchKeys: ['last_name+phne'] }] }, 'objects[0].matchKeys[2]', '"phone"'],
  [{ objects: [{ name: 'contacts', nameField: 'fullname' }] }, 'objects[0].nameField', 'did you mean "full_name"'],
  [{ objects: [{ name: 'visits', matchKeys: ['name+day'] }] }, 'objects[0].matchKeys[0]', 'no field "day"'],
  [{ objects: [{ name: 'visits', fields: [{ name: 'x', remove: true }] }] }, 'objects[0].fields[0].remove', 'is new'],
  [{ objects: [{ name: 'deals', pipelines: [{ name: 'A', stages: [{ name: 'x' }, { name: 'X' }] }] }] }, 'objects[0].pipelines[0].stages[1].name', 'stands twice'],
  [{ objects: [{ name: 'deals', pipelines: [{ name: 'A', stages: [{ name: 'x', probabilty: 5 }] }] }] }, 'objects[0].pipelines[0].stages[0].probabilty', 'did you mean "probability"'],
]

describe('a schema document is refused, with the place and the reason,', () => {
  test.each(refused.map(([document, path, says]) => [JSON.stringify(document), path, says]))('for %s', (document, path, says) => {
    let fault: unknown
    try { apply(JSON.parse(document), projects) } catch (error) { fault = error }
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ remedy: 'refuse', path, message: expect.stringContaining(says) as string })
  })
})

test('printSchema names the nearest object where there is none of that name', () => {
  expect(() => printSchema(standard, 'contcats')).toThrow('Did you mean "contacts"?')
})
