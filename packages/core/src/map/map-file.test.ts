import { describe, expect, it } from 'vitest'
import { parseImportDefinition } from '../definition/parse.ts'
import { findObject } from '../schema/catalog.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { mapFile } from './map-file.ts'
import { profileColumn } from './values/column-profile.ts'

const catalog = standardCatalog()
const object = findObject(catalog, 'contacts')
const memberEmails = ['ann@example.com', 'ben@example.com', 'Cat@example.com']

/** Field, whether it is applied, and the reason for the second of two columns with these values. */
function second(header: string, values: string[], columns: ImportColumns = [], emails: readonly string[] = memberEmails) {
  if (!object) throw new Error('no contacts')
  const proposal = mapFile({ catalog, object, columns: ['Last Name', header], profiles: [profileColumn([]), profileColumn(values)], memberEmails: emails }, parseImportDefinition({ object: 'contacts', columns }))[1]
  return [proposal?.field, proposal?.applied, proposal?.reason]
}
type ImportColumns = { header: string; field: string | null }[]

describe('a column whose values are addresses of members', () => {
  it('is shown as the owner, never used unasked', () => {
    expect(second('Kümmert sich', ['ann@example.com', 'ben@example.com', 'ann@example.com', 'CAT@example.com'])).toEqual(['owner', false, '3 of its 3 different values are addresses of members.'])
  })

  it.each<[string, string, string[], ImportColumns, readonly string[]]>([
    ['one member alone is named', 'Who', ['ann@example.com', 'ann@example.com', 'ann@example.com'], [], memberEmails],
    ['most are addresses of others', 'Who', ['ann@example.com', 'ben@example.com', 'x@example.com', 'y@example.com'], [], memberEmails],
    ['a person has said what it is', 'Who', ['ann@example.com', 'ben@example.com', 'cat@example.com'], [{ header: 'Who', field: null }], memberEmails],
    ['its header says what it is', 'Email', ['ann@example.com', 'ben@example.com', 'cat@example.com'], [], memberEmails],
    ['nobody is a member', 'Who', ['ann@example.com', 'ben@example.com', 'cat@example.com'], [], []],
  ])('is none of owners where %s', (_, header, values, columns, emails) => {
    expect(second(header, values, columns, emails)[0]).not.toBe('owner')
  })
})
