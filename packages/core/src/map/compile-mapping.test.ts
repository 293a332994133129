import { describe, expect, it } from 'vitest'
import { parseImportDefinition } from '../definition/parse.ts'
import { Fault } from '../issues/fault.ts'
import { profileColumn } from './values/column-profile.ts'
import { compileMapping } from './compile-mapping.ts'
import { smallCatalog } from './testing/small-catalog.ts'

function compile(definition: object, columns: string[]) {
  return compileMapping({ catalog: smallCatalog, definition: parseImportDefinition(definition), columns })
}
const paths = (definition: object, columns: string[]): string[] => compile(definition, columns).targets.map((target) => target.path)

const contacts = { object: 'contacts' }
const faults: [name: string, definition: object, columns: string[], code: string, path: string, says: string][] = [
  ['unknown object', { object: 'contcts' }, ['a'], 'unknown-object', 'object', '"contacts"'],
  ['unknown field', { ...contacts, columns: [{ header: 'a', field: 'emial' }] }, ['a'], 'unknown-field', 'columns[0].field', '"email"'],
  ['unknown related field', { ...contacts, columns: [{ header: 'a', field: 'account.nam' }] }, ['a'], 'unknown-field', 'columns[0].field', '"account.name"'],
  ['header not in the file', { ...contacts, columns: [{ header: 'Surnme', field: 'last_name' }] }, ['Surname'], 'unknown-column', 'columns[0].header', '"Surname"'],
  ['position beyond the file', { ...contacts, columns: [{ position: 3, field: 'email' }] }, ['a', 'b'], 'unknown-column', 'columns[0].position', 'the file has 2'],
  ['position of another header', { ...contacts, columns: [{ header: 'a', position: 2, field: 'email' }] }, ['a', 'b'], 'unknown-column', 'columns[0].header', '"b"'],
  ['header that stands twice', { ...contacts, columns: [{ header: 'a', field: 'email' }] }, ['a', 'b', 'a'], 'ambiguous-column', 'columns[0].header', '1 and 3'],
  ['column named twice', { ...contacts, columns: [{ header: 'a', field: 'email' }, { position: 1, field: 'title' }] }, ['a'], 'column-named-twice', 'columns[1]', 'The column "a" (number 1) is given twice: for the field "email", and for the field "title".'],
  ['two columns for one field', { ...contacts, columns: [{ header: 'a', field: 'email' }, { header: 'b', field: 'email' }] }, ['a', 'b'], 'field-mapped-twice', 'columns[1].field', '"a"'],
  ['reference twice under two names', { ...contacts, columns: [{ header: 'a', field: 'account' }, { header: 'b', field: 'account.name' }] }, ['a', 'b'], 'field-mapped-twice', 'columns[1].field', 'account.name'],
  ['companion field', { ...contacts, columns: [{ header: 'a', field: 'phone_source' }] }, ['a'], 'field-not-writable', 'columns[0].field', 'phone'],
  ['record id', { ...contacts, columns: [{ header: 'a', field: 'id' }] }, ['a'], 'field-not-writable', 'columns[0].field', 'external_id'],
  ['bin', { ...contacts, columns: [{ header: 'a', field: 'deleted_at' }] }, ['a'], 'field-not-writable', 'columns[0].field', 'never by a file'],
  ['default for an unknown field', { ...contacts, defaults: { lead_sorce: 'Web' } }, ['Last Name'], 'unknown-field', 'defaults.lead_sorce', '"lead_source"'],
  ['default for a full name', { ...contacts, defaults: { full_name: 'X Y' } }, ['Last Name'], 'field-not-writable', 'defaults.full_name', 'last_name'],
  ['criterion without a column', { ...contacts, match: [['external_id'], ['email']] }, ['Last Name', 'External ID'], 'match-field-not-mapped', 'match[1][0]', '--map "Header=email"'],
  ['criterion of an unknown field', { ...contacts, match: [['emial']] }, ['Last Name'], 'unknown-field', 'match[0][0]', '"email"'],
  ['criterion through a reference', { ...contacts, match: [['last_name', 'account.name']] }, ['Last Name', 'Company'], 'match-field-not-mapped', 'match[0][1]', '"account"'],
  ['criterion of a name without its column', { ...contacts, match: [['name', 'account']] }, ['Last Name', 'Company'], 'match-field-not-mapped', 'match[0][0]', 'first_name'],
  ['append to one value', { ...contacts, merge: { email: 'append' } }, ['Last Name'], 'cannot-append', 'merge.email', 'email'],
  ['append to one value of a column', { ...contacts, columns: [{ header: 'a', field: 'last_name', merge: 'append' }] }, ['a'], 'cannot-append', 'columns[0].merge', 'last_name'],
  ['merge rule for an unknown field', { ...contacts, merge: { emial: 'never' } }, ['Last Name'], 'unknown-field', 'merge.emial', '"email"'],
  ['required field without a column', contacts, ['Email', 'Legacy'], 'required-not-mapped', 'columns', '--default last_name='],
  ['required field of a created account', { ...contacts, missingReference: 'create', columns: [{ header: 'Account ID', field: 'account.external_id' }] }, ['Last Name', 'Account ID'], 'required-not-mapped', 'columns', 'account.name'],
  ['path without an object', { ...contacts, columns: [{ header: 'a', field: 'last_name.x.y.z' }] }, ['a'], 'definition-invalid', 'columns[0].field', 'related_to.contacts.email'],
  ['restoring by what updates nothing', { ...contacts, match: [['email']], restoreBinned: true }, ['Last Name', 'Email'], 'restore-without-update', 'restoreBinned', '--operation upsert'],
  ['nothing mapped', contacts, ['x', 'y'], 'nothing-mapped', 'columns', '--map'],
  ['nothing mapped of a file without a header', contacts, ['Column 1', 'Column 2'], 'nothing-mapped', 'columns', 'The file seems to have no header: its columns are called "Column 1" to "Column 2".'],
  ['no columns', contacts, [], 'nothing-mapped', 'columns', '--map'],
  ['reference that nothing finds', { ...contacts, columns: [{ header: 'Site', field: 'account.website' }] }, ['Last Name', 'Site'], 'reference-not-findable', 'columns[0].field', 'account.name or account.external_id'],
  ['format without a year', { ...contacts, columns: [{ header: 'Last Name', field: 'last_name', transforms: [{ kind: 'date', format: 'DD.MM.' }] }] }, ['Last Name'], 'date-format-invalid', 'columns[0].transforms[0].format', 'YYYY'],
  ['split into an unknown field', { ...contacts, columns: [{ header: 'a', field: null, split: { by: ',', into: ['last_name', 'frist_name'] } }] }, ['a'], 'unknown-field', 'columns[0].split.into[1]', '"first_name"'],
  ['two parts for one field', { ...contacts, columns: [{ header: 'a', field: null, split: { by: ',', into: ['last_name', 'last_name'] } }] }, ['a'], 'field-mapped-twice', 'columns[0].split.into[1]', 'last_name'],
  ['combining a column that is not there', { ...contacts, columns: [{ header: 'Last Name', field: 'last_name', combine: { with: ['Suffx'] } }] }, ['Last Name', 'Suffix'], 'unknown-column', 'columns[0].combine.with[0].header', '"Suffix"'],
  ['hard delete that nobody confirmed', { ...contacts, operation: 'hard-delete', match: [['email']] }, ['Email'], 'hard-delete-unconfirmed', 'confirmHardDelete', '--confirm-hard-delete'],
  ['duplicate strategy of an update', { ...contacts, operation: 'update', match: [['email']], onDuplicate: 'flag' }, ['Email'], 'strategy-unknown', 'onDuplicate', '"flag"'],
  ['duplicate strategy of a delete', { ...contacts, operation: 'delete', match: [['email']], onDuplicate: 'create' }, ['Email'], 'strategy-unknown', 'onDuplicate', 'operation insert'],
  ['flagging by an operation that makes no records', { ...contacts, operation: 'update', match: [['email']], onSeveral: 'flag' }, ['Email'], 'strategy-unknown', 'onSeveral', 'oldest or newest'],
  ['update if newer without a modified time', { ...contacts, match: [['email']], onDuplicate: 'update-if-newer' }, ['Last Name', 'Email'], 'newer-without-modified', 'onDuplicate', '--map "Header=updated_at"'],
  ['modified time from a default', { ...contacts, onDuplicate: 'update-if-newer', defaults: { updated_at: '2025-01-01' } }, ['Last Name'], 'newer-without-modified', 'onDuplicate', 'updated_at'],
  ['merge rule newer without a modified time', { ...contacts, merge: { title: 'if-newer' } }, ['Last Name', 'Job Title'], 'newer-without-modified', 'merge.title', '"title"'],
  ['merge rule newer of a column without a modified time', { ...contacts, columns: [{ header: 'T', field: 'title', merge: 'if-newer' }] }, ['Last Name', 'T'], 'newer-without-modified', 'columns[0].merge', '"title"'],
]

describe('compileMapping', () => {
  it.each(faults)('refuses: %s', (_, definition, columns, code, path, says) => {
    let fault: unknown
    try { compile(definition, columns) } catch (e) { fault = e }
    expect(fault).toBeInstanceOf(Fault)
    expect(fault).toMatchObject({ code, path })
    expect(String(fault)).toContain(says)
  })

  it('takes columns by hand first, then those whose header says it, in the order of the file', () => {
    const definition = { ...contacts, columns: [{ header: 'Whatever', field: 'email' }] }
    const { targets, unmapped } = compile(definition, ['Email', 'Last Name', 'Whatever', 'Nothing'])
    expect(targets.map(({ path, column, header }) => [path, column, header])).toEqual([['last_name', 1, 'Last Name'], ['email', 2, 'Whatever']])
    expect(unmapped).toEqual([{ position: 0, header: 'Email' }, { position: 3, header: 'Nothing' }])
  })

  it('says of columns that go nowhere what they hold, what they most likely mean, and whether that was said by hand', () => {
    const profiles = [['Orr', 'Lee'], ['a@example.com'], ['red'], []].map(profileColumn)
    const columns = ['Last Name', 'Emial', 'Mood', 'Kind']
    const unmapped = (given: object) => compileMapping({ catalog: smallCatalog, definition: parseImportDefinition({ ...contacts, ...given }), columns, profiles }).unmapped
    expect(unmapped({})).toEqual([{ position: 1, header: 'Emial', values: 1, suggested: 'email' }, { position: 2, header: 'Mood', values: 1 }, { position: 3, header: 'Kind', values: 0 }])
    expect(unmapped({ columns: [{ header: 'Emial', field: null }] })[0]).toEqual({ position: 1, header: 'Emial', values: 1, byHand: true })
    expect(unmapped({ autoMap: false, columns: [{ header: 'Last Name', field: 'last_name' }] }).every(({ byHand }) => byHand)).toBe(true)
  })

  it('leaves a column out that is given no field', () => {
    expect(paths({ ...contacts, columns: [{ header: 'Title', field: null }] }, ['Last Name', 'Title'])).toEqual(['last_name'])
  })

  it('maps nothing by header when told not to', () => {
    expect(paths({ ...contacts, autoMap: false, columns: [{ header: 'L', field: 'last_name' }] }, ['L', 'Email'])).toEqual(['last_name'])
  })

  it('finds a header in another case or punctuation when none stands as written', () => {
    expect(paths({ ...contacts, columns: [{ header: 'sur-name', field: 'last_name' }] }, ['Surname'])).toEqual(['last_name'])
    expect(compile({ ...contacts, columns: [{ header: 'x', field: 'last_name' }] }, ['X', 'x']).targets[0]?.column).toBe(1)
  })

  it('names a column without a header by its position', () => {
    expect(compile({ ...contacts, columns: [{ position: 2, field: 'last_name' }] }, ['', '']).targets[0]).toMatchObject({ column: 1, header: '' })
  })

  it('puts a companion right after its parent, with the same rules', () => {
    const definition = { ...contacts, merge: { phone: 'if-empty' }, columns: [{ header: 'Phone', field: 'phone', blankClears: true }] }
    const { targets } = compile(definition, ['Phone', 'Last Name'])
    expect(targets.map((target) => target.path)).toEqual(['phone', 'phone_source', 'last_name'])
    expect(targets[1]).toMatchObject({ companionOf: 0, column: null, merge: 'if-empty', blankClears: true })
  })

  it('makes the code of an amount its companion unless the code has a column', () => {
    const deals = { object: 'deals' }
    expect(paths(deals, ['Name', 'Stage', 'Amount'])).toEqual(['name', 'stage', 'amount', 'currency'])
    expect(compile(deals, ['Name', 'Stage', 'Amount']).targets[3]).toMatchObject({ companionOf: 2 })
    expect(compile(deals, ['Name', 'Stage', 'Currency', 'Amount']).targets[2]).toMatchObject({ path: 'currency', companionOf: null, column: 2 })
  })

  it('feeds first and last name from a full name, and a column of its own goes first', () => {
    const { targets, unmapped } = compile({ ...contacts, columns: [{ header: 'Name', field: 'full_name' }] }, ['Name', 'First Name', 'Email'])
    expect(targets.map(({ path, column, nameFrom }) => [path, column, nameFrom?.column ?? null])).toEqual([['first_name', 1, 0], ['last_name', null, 0], ['email', 2, null]])
    expect(unmapped).toEqual([])
  })

  it('adds targets for defaults without a column, and gives the others their default', () => {
    const { targets } = compile({ ...contacts, defaults: { lead_source: 'Web', title: 'Buyer' } }, ['Last Name', 'Title'])
    expect(targets.map(({ path, column, default: text }) => [path, column, text])).toEqual([['last_name', 0, null], ['title', 1, 'Buyer'], ['lead_source', null, 'Web']])
  })

  it('takes a default of the column before one of the field', () => {
    const definition = { ...contacts, defaults: { title: 'Buyer' }, columns: [{ header: 'T', field: 'title', default: 'Clerk' }] }
    expect(compile(definition, ['T', 'Last Name']).targets[0]?.default).toBe('Clerk')
  })

  it('lets an update and an upsert do without a required field', () => {
    for (const operation of ['update', 'upsert']) expect(paths({ ...contacts, operation }, ['Email', 'Title'])).toEqual(['email', 'title'])
  })

  it('takes a required field from a default', () => {
    expect(paths({ ...contacts, defaults: { last_name: 'Unknown' } }, ['Email'])).toEqual(['email', 'last_name'])
  })

  it('asks nothing about the column of an own export that holds a phone number as it was typed, beside the number', () => {
    expect(compile(contacts, ['Last Name', 'phone', 'phone_source']).unmapped).toEqual([{ position: 2, header: 'phone_source', byHand: true }])
    expect(compile(contacts, ['Last Name', 'phone_source']).unmapped.map(({ byHand }) => byHand)).not.toContain(true)
  })

  it('accepts the singular name of an object', () => {
    expect(compile({ object: 'Contact' }, ['Last Name']).object.name).toBe('contacts')
  })
})
