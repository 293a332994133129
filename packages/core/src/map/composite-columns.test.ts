import { describe, expect, it } from 'vitest'
import { parseImportDefinition } from '../definition/parse.ts'
import { findObject } from '../schema/catalog.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { transformOf } from '../transform/compile-transforms.ts'
import { compileMapping } from './compile-mapping.ts'
import { mapFile } from './map-file.ts'
import { profileColumn } from './values/column-profile.ts'

const catalog = standardCatalog()
const places = ['Springfield, IL 62701', 'New York, NY 10001', 'Boston, MA 02110', 'Austin TX 73301']
function proposed(name: string, columns: string[], values: string[][] = []) {
  const object = findObject(catalog, name)
  if (!object) throw new Error(name)
  return mapFile({ catalog, object, columns, profiles: columns.map((_, i) => profileColumn(values[i] ?? [])) }, parseImportDefinition({ object: name }))
}

describe('a column that holds several parts', () => {
  it('of an address is shown with the fields that it could be cut into', () => {
    expect(proposed('contacts', ['Last Name', 'Place'], [[], places])[1]).toMatchObject({
      field: null, applied: false, split: { into: ['mailing_city', 'mailing_state', 'mailing_postal_code'] }, reason: '100 % of its values are a city with state and postal code: --map "Place=mailing_city|mailing_state|mailing_postal_code" cuts them.',
    })
  })

  it('is left alone where another column fills one of the parts, or the object has no address', () => {
    expect(proposed('contacts', ['Last Name', 'Place', 'City'], [[], places, ['Boston', 'Austin', 'Dallas']])[1]).not.toHaveProperty('split')
    expect(proposed('deals', ['Deal Name', 'Place'], [[], places])[1]).not.toHaveProperty('split')
  })

  it('is cut as the definition says; a text that is no place stays whole, as the city', () => {
    const definition = parseImportDefinition({ object: 'contacts', columns: [{ header: 'Place', field: null, split: { into: ['mailing_city', 'mailing_state', 'mailing_postal_code'] } }] })
    const { targets } = compileMapping({ catalog, definition, columns: ['Last Name', 'Place'] })
    const cut = (text: string) => targets.filter(({ part }) => part).map((target) => [target.path, transformOf(target)?.(text)])
    expect(cut('Winston-Salem, NC 27101')).toEqual([['mailing_city', 'Winston-Salem'], ['mailing_state', 'NC'], ['mailing_postal_code', '27101']])
    expect(cut('somewhere')).toEqual([['mailing_city', 'somewhere'], ['mailing_state', ''], ['mailing_postal_code', '']])
    expect(() => parseImportDefinition({ object: 'contacts', columns: [{ header: 'Place', field: null, split: { into: ['mailing_city', 'mailing_state'] } }] })).toThrowError(/a place has three parts/)
  })
})

describe('a second line of a street', () => {
  it('is shown with the column that it could be joined to, where the object has one line', () => {
    expect(proposed('accounts', ['Account Name', 'Address 1', 'Address 2'])[2]).toMatchObject({ field: null, join: { field: 'billing_street', position: 1 }, reason: expect.stringContaining('joined to the column "Address 1"') })
  })

  it('has its own field where the object has two', () => {
    expect(proposed('contacts', ['Last Name', 'Address 1', 'Address 2'])[2]).toMatchObject({ field: 'mailing_street2', applied: true })
  })
})

it('what nearly all headers begin with is kept where it names another record', () => {
  expect(proposed('contacts', ['Last Name', 'Account Name', 'Account Phone', 'Account Street', 'Account City', 'Account Website']).map(({ field, applied }) => (applied ? field : null))).toEqual(['last_name', 'account.name', 'phone', null, null, 'website'])
  expect(proposed('contacts', ['Contact Last Name', 'Contact Phone', 'Contact Street', 'Contact City']).map(({ field }) => field)).toEqual(['last_name', 'phone', 'mailing_street', 'mailing_city'])
})
