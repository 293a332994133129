import { describe, expect, it } from 'vitest'
import { parseImportDefinition } from '../definition/parse.ts'
import { parseSavedMapping } from '../definition/saved-mapping.ts'
import { findObject } from '../schema/catalog.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import { savedMappingOf, withSavedMapping } from './saved-mapping.ts'

const catalog = standardCatalog()
const contacts = findObject(catalog, 'contacts')
if (!contacts) throw new Error('The catalog has no contacts.')
const saved = parseSavedMapping({ name: 'Monthly', object: 'contacts', columns: [{ header: 'Name', field: 'last_name' }, { header: 'Mood', field: 'title' }, { header: 'Junk', field: null }], defaults: { lead_source: 'Web' }, dates: 'dmy' })
const define = (columns: object[] = [], more: object = {}) => parseImportDefinition({ object: 'contacts', columns, ...more })
const laid = (headers: string[], columns: object[] = [], more: object = {}) => withSavedMapping(catalog, contacts, define(columns, more), saved, headers)

describe('a saved mapping', () => {
  it('says what the columns mean, in whatever order they stand, and what is not in the file is left out', () => {
    expect(laid(['Mood', 'Name'])).toMatchObject({ columns: [{ header: 'Name', field: 'last_name' }, { header: 'Mood', field: 'title' }], defaults: { lead_source: 'Web' }, dates: 'dmy' })
  })

  it('gives way to what the definition says of a column, a field, a default or the dates', () => {
    expect(laid(['Name', 'Mood', 'Junk', 'Job'], [{ header: 'Job', field: 'title' }, { header: 'Name', nullWords: true }], { defaults: { lead_source: 'Event' }, dates: 'mdy' })).toMatchObject({
      columns: [{ header: 'Name', field: 'last_name', nullWords: true }, { header: 'Junk', field: null }, { header: 'Job', field: 'title' }], defaults: { lead_source: 'Event' }, dates: 'mdy',
    })
  })

  it('of another object is refused', () => {
    const accounts = findObject(catalog, 'accounts') ?? contacts
    expect(() => withSavedMapping(catalog, accounts, define(), saved, ['Name'])).toThrowError(/"Monthly" leads to contacts, and accounts are imported\. Import with --object contacts/)
  })

  it('with columns that the file has not is refused, with the nearest, until the definition says where they are', () => {
    expect(() => laid(['Name', 'Moods'])).toThrowError(/wants columns that the file has not: "Mood"\. The nearest is "Moods".*--map "Moods=title".*--map "Mood="/)
    expect(laid(['Name', 'Moods'], [{ header: 'Moods', field: 'title' }]).columns).toEqual([{ header: 'Name', field: 'last_name' }, { header: 'Moods', field: 'title' }])
    expect(laid(['Name'], [{ header: 'Mood', field: null }]).columns).toEqual([{ header: 'Name', field: 'last_name' }])
  })

  it('to a field that is no more is refused, with the nearest', () => {
    const old = { ...saved, columns: [{ header: 'Name', field: 'last_nam' }] }
    expect(() => withSavedMapping(catalog, contacts, define(), old, ['Name'])).toThrowError(/sends the column "Name" to "last_nam".*--map "Name=last_name".*--save-mapping "Monthly"/)
  })

  it.each([
    [{ object: 'contacts', columns: [{ header: 'A', field: 'email' }] }, /"name" in the saved mapping: nothing found/],
    [{ name: 'A', object: 'contacts', columns: [{ header: 'A', feild: 'email' }] }, /"columns\[0\]\.feild" in the saved mapping: there is no such setting\. Did you mean "field"\?/],
    ['nothing', /A saved mapping document is a JSON object/],
  ])('as the document %j is refused', (document, says) => {
    expect(() => parseSavedMapping(document)).toThrowError(says)
  })
})

it('a job\'s columns are saved by their headers, by their numbers only where a header stands twice or not at all', () => {
  const definition = define([
    { header: 'Name', position: 6, field: 'last_name' }, { header: 'Note', position: 7, field: 'description', combine: { with: [8], separator: '; ' } }, { header: 'More', position: 8, field: null },
    { header: 'Tel', position: 9, field: 'phone' }, { header: 'Tel', position: 10, field: 'mobile_phone' }, { header: 'Row number', position: 1, field: null },
  ])
  const headers = ['Row number', 'Field', 'Error type', 'Message', 'Original value', 'Name', 'Note', 'More', 'Tel', 'Tel']
  expect(savedMappingOf('X', definition, headers).columns).toEqual([
    { header: 'Name', field: 'last_name' }, { header: 'Note', field: 'description', combine: { with: ['More'], separator: '; ' } }, { header: 'More', field: null }, { position: 9, field: 'phone' }, { position: 10, field: 'mobile_phone' },
  ])
})
