import { describe, expect, it } from 'vitest'
import { parseImportDefinition } from '../definition/parse.ts'
import { findObject } from '../schema/catalog.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { guessFieldKind } from './guess-field-kind.ts'
import { mapFile } from './map-file.ts'
import { newFieldsOf } from './new-fields.ts'
import { profileColumn } from './values/column-profile.ts'

const catalog = standardCatalog()
const object = findObject(catalog, 'contacts')
if (!object) throw new Error('The catalog has no contacts.')
const many = (...values: string[]): string[] => Array.from({ length: 60 }, (_, i) => values[i % values.length] ?? '')

describe('the kind of field that takes', () => {
  it.each([
    ['numbers', many('1', '2.5', '-3', '1,200'), 'number'], ['numbers with leading zeros', many('007', '1234'), 'text'], ['dates', many('2024-01-31', '2023-12-01'), 'date'], ['dates with a time', many('2024-01-31 10:00', '2024-02-01 11:30'), 'date-time'],
    ['addresses', many('a@example.com', 'b@example.com'), 'email'], ['telephones', many('+49 89 123456', '(020) 7946 0018'), 'phone'], ['web pages', many('https://example.com/a', 'www.example.org/b'), 'url'],
    ['yes and no', many('yes', 'no'), 'boolean'], ['one and nought', many('1', '0'), 'boolean'], ['ones alone', many('1'), 'number'], ['percentages', many('5 %', '17%'), 'percent'], ['money', many('€ 12.00', '$5'), 'currency'],
    ['few words, often', many('Gold', 'Silver', 'gold'), 'picklist'], ['few words, once each', ['Gold', 'Silver', 'Bronze', 'Iron'], 'text'], ['long texts', many('word '.repeat(20)), 'long-text'], ['lists', many('a;b', 'b;c;d'), 'tags'],
    ['one text among numbers', ['many', ...many('1', '2').slice(1, 20)], 'text'], ['nothing', [], 'text'], ['two values', ['1', '2'], 'text'],
  ])('%s', (_, values, kind) => {
    expect(guessFieldKind(profileColumn(values)).kind).toBe(kind)
  })
})

describe('a column that becomes a field', () => {
  const headers = ['Last Name', 'Shoe Size (EU)', 'Größe', '好き', 'Tier']
  const profiles = [['A'], many('41', '42.5'), ['x'], ['y'], many('Gold', 'Silver')].map(profileColumn)
  const made = (...columns: object[]) => newFieldsOf(catalog, object, parseImportDefinition({ object: 'contacts', columns }), headers, profiles)

  it('has its header for a label, a name that follows from it, and the kind of its values', () => {
    const { definition, fields } = made({ header: 'Shoe Size (EU)', create: {} }, { header: 'Größe', create: { label: 'Size of coat' } }, { position: 4, create: { kind: 'number' } }, { header: 'Tier', create: {} })
    expect(fields).toEqual([
      { name: 'shoe_size_eu', label: 'Shoe Size (EU)', kind: 'number' }, { name: 'size_of_coat', label: 'Size of coat', kind: 'text' },
      { name: expect.stringMatching(/^[a-z][a-z0-9_]*$/), label: '好き', kind: 'number' }, { name: 'tier', label: 'Tier', kind: 'picklist', options: ['Gold', 'Silver'], restricted: false },
    ])
    expect(definition.columns.map(({ field }) => field)).toEqual(fields.map(({ name }) => name))
  })

  it('of several options has each value of its lists for an option, however few rows there are', () => {
    const { fields } = newFieldsOf(catalog, object, parseImportDefinition({ object: 'contacts', columns: [{ header: 'Interests', create: { kind: 'multi-select' } }] }), ['Interests'], [profileColumn(['Fair;Newsletter', 'newsletter', 'A|B', 'Fair'])])
    expect(fields).toEqual([{ name: 'interests', label: 'Interests', kind: 'multi-select', options: ['A', 'B', 'Fair', 'Newsletter'], restricted: false }])
  })

  it('is led to its field when the definition is used again', () => {
    const { definition } = made({ header: 'Tier', create: {} })
    const grown = { ...object, fields: [...object.fields, { name: 'tier', label: 'Tier', kind: 'picklist' as const }] }
    expect(newFieldsOf(catalog, grown, definition, headers, profiles)).toMatchObject({ fields: [], definition: { columns: [{ field: 'tier' }] } })
  })

  it.each([
    ['has the name of a field', [{ header: 'Tier', create: { label: 'E-Mail' } }], /becomes?.* the field "E-Mail", and Contacts have it already: email\. Lead the column there with --map "Tier=email"/],
    ['is not in the file', [{ header: 'Teir', create: {} }], /The file has no column "Teir"\. Did you mean "Tier"/],
  ])('that %s is refused', (_, columns, says) => {
    expect(() => made(...columns)).toThrowError(says)
  })

  it('is no name that another new field has', () => {
    expect(made({ header: 'Tier', create: { label: 'X y' } }, { header: 'Größe', create: { label: 'X-y.' } }).fields.map(({ name }) => name)).toEqual(['x_y', 'x_y_2'])
  })

  it('cannot be matched by, because no record has it', () => {
    expect(() => newFieldsOf(catalog, object, parseImportDefinition({ object: 'contacts', match: [['tier']], columns: [{ header: 'Tier', create: {} }] }), headers, profiles)).toThrowError(/No record has the field "tier" yet/)
  })
})

it('a column that no field takes is told what it could become', () => {
  const proposals = mapFile({ catalog, object, columns: ['Last Name', 'Shoe size'], profiles: [profileColumn(['A', 'B', 'C']), profileColumn(many('41', '42'))] }, parseImportDefinition({ object: 'contacts' }))
  expect(proposals.map(({ newField }) => newField)).toEqual([undefined, { kind: 'number', reason: 'its values are numbers: --create-field "Shoe size:number"' }])
})
