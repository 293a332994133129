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

describe('a column of telephone numbers that name no country', () => {
  function reasonOf(phones: { home: { country: string; reason: string } | null } | undefined, said: { phones?: string } = {}) {
    if (!object) throw new Error('no contacts')
    const profile = { ...profileColumn(['089 123456', '030 123456', '040 123456']), ...(phones && { phones }) }
    return mapFile({ catalog, object, columns: ['Phone'], profiles: [profile], country: 'DE' }, parseImportDefinition({ object: 'contacts', ...said }))[0]?.reason
  }

  it('says by which country they are read, and why', () => {
    expect(reasonOf({ home: null })).toMatch(/ Numbers that name no country, in rows that name none, are read as numbers of DE: it is the usual here\.$/)
    expect(reasonOf({ home: { country: 'AT', reason: '5 of 5 others looked at are of it, by their calling code or their row' } })).toMatch(/ are read as numbers of AT: 5 of 5 others looked at are of it, by their calling code or their row\.$/)
  })

  it('says nothing where all name theirs, or a person has said it', () => {
    expect(reasonOf(undefined)).not.toMatch(/country/)
    expect(reasonOf({ home: null }, { phones: 'CH' })).not.toMatch(/country/)
  })
})

describe('a German "Titel"', () => {
  it.each([
    ['a job, where its cells hold jobs', ['Geschäftsführerin', 'Vertriebsleiter', 'CEO', 'Einkäufer'], 'title'],
    ['a form of address, where they hold those', ['Dr.', 'Prof. Dr.', 'Dr.', 'Dr.'], 'salutation'],
  ])('is %s', (_, values, field) => {
    if (!object) throw new Error('no contacts')
    const columns = ['Vorname', 'Nachname', 'Titel', 'E-Mail']
    const proposal = mapFile({ catalog, object, columns, profiles: columns.map((name) => profileColumn(name === 'Titel' ? values : [])) }, parseImportDefinition({ object: 'contacts' }))[2]
    expect([proposal?.field, proposal?.applied]).toEqual([field, true])
  })
})
