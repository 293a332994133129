import { describe, expect, it } from 'vitest'
import { parseImportDefinition } from '../definition/parse.ts'
import { compileMapping } from '../map/compile-mapping.ts'
import { proposeMapping } from '../map/propose-mapping.ts'
import { profileColumn } from '../map/values/column-profile.ts'
import { planKeys } from '../match/plan-keys.ts'
import { findObject } from '../schema/catalog.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { compileValidation } from '../validate/compile-validation.ts'
import { importTemplate } from './import-template.ts'

const settings = { country: 'US', currency: 'USD', members: [], formulaGuard: false }
const catalog = standardCatalog()
catalog.objects.push({
  name: 'boats', singular: 'boat', label: 'Boat', pluralLabel: 'Boats', custom: true, nameField: 'name', referenceKey: 'name', matchKeys: [{ criterion: 'name', id: 90 }],
  fields: [
    { name: 'name', label: 'Name', kind: 'text', required: true }, { name: 'length_ft', label: 'Length (ft)', kind: 'number', min: '20', max: '30' }, { name: 'rig', label: 'Rig', kind: 'multi-select', options: [{ value: 'Sloop' }, { value: 'Ketch' }] },
    { name: 'skipper', label: 'Skipper', kind: 'reference', targets: ['contacts'] }, { name: 'email', label: 'Email', kind: 'email' }, { name: 'e_mail', label: 'E-mail', kind: 'email' },
  ],
})

describe('an import template', () => {
  it.each(catalog.objects.map(({ name }) => name))('of %s maps back wholly, and its example row is good', (name) => {
    const { columns } = importTemplate({ catalog, object: name, settings })
    const object = findObject(catalog, name)
    if (!object) throw new Error(name)
    const headers = columns.map(({ header }) => header)
    const profiles = columns.map(({ example }) => profileColumn(example === '' ? [] : [example]))
    expect(proposeMapping({ catalog, object, columns: headers, profiles }).map(({ field, applied }) => [field, applied])).toEqual(columns.map(({ path }) => [path, true]))
    const definition = parseImportDefinition({ object: name })
    const mapping = compileMapping({ catalog, definition, columns: headers, profiles })
    const check = compileValidation({ definition, mapping, keys: planKeys({ catalog, mapping, definition }), settings })
    expect(check({ row: 2, cells: columns.map(({ example }) => example) }).issues).toEqual([])
    expect(columns.filter(({ required, example }) => required && example === '')).toEqual([])
    expect(columns.filter(({ example, kind, path }) => example === '' && kind !== 'owner' && !path.startsWith('parent_account.')).map(({ path }) => path)).toEqual([])
  })

  it('has the columns that somebody chose, in their order, related ones too', () => {
    expect(importTemplate({ catalog, object: 'contact', fields: ['email', 'account.website', 'last_name', 'created_at', 'account'], settings }).columns.map(({ path, required }) => [path, required])).toEqual([['email', false], ['account.website', false], ['last_name', true], ['created_at', false], ['account.name', false]])
  })

  it('says what each column takes', () => {
    const { columns } = importTemplate({ catalog, object: 'boats', settings })
    expect(columns.slice(0, 3)).toMatchObject([{ required: true, takes: 'a text of up to 255 characters' }, { example: '20', takes: 'a number, as in 1250.5' }, { example: 'Sloop;Ketch', takes: 'some of, separated by ;: Sloop, Ketch' }])
  })

  it.each([[{ object: 'contcts' }, /Did you mean "contacts"/], [{ object: 'contacts', fields: ['emial'] }, /no field "emial"\. Did you mean "email"/], [{ object: 'contacts', fields: ['email', 'email'] }, /named twice/], [{ object: 'contacts', fields: ['account.website'] }, /cannot find a record: accounts are found by account\.name/]])('for %j is refused', (wish, says) => {
    expect(() => importTemplate({ catalog, settings, ...wish })).toThrowError(says)
  })
})
