import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseImportDefinition } from '../definition/parse.ts'
import { Fault } from '../issues/fault.ts'
import { compileMapping } from '../map/compile-mapping.ts'
import { restoreMapping, storeMapping } from './stored-mapping.ts'
import { smallCatalog } from '../map/testing/small-catalog.ts'
import type { RawRow } from '../ports/row.ts'
import { allPaths, findField } from '../schema/catalog.ts'
import { standardCatalog } from '../schema/standard/standard-catalog.ts'
import type { CheckSettings } from '../validate/check-settings.ts'
import type { CheckedRow } from '../validate/checked-row.ts'
import { compileCheck } from './compile-check.ts'
import { hashKey } from './hash-key.ts'
import { planKeys } from './plan-keys.ts'

const settings: CheckSettings = { country: 'US', currency: 'USD', members: [{ id: '7', email: 'Sam@example.com' }], formulaGuard: false }

interface Setup { columns: string[]; settings?: Partial<CheckSettings>; catalog?: typeof smallCatalog }

function checker(document: object, { columns, settings: more, catalog = smallCatalog }: Setup): (raw: RawRow) => CheckedRow & { byPath: Record<string, string | null> } {
  const definition = parseImportDefinition(document)
  const mapping = compileMapping({ catalog, definition, columns })
  const keys = planKeys({ catalog, mapping, definition })
  const check = compileCheck({ catalog, definition, mapping, keys, settings: { ...settings, ...more } })
  return (raw) => {
    const row = check(raw)
    return { ...row, byPath: Object.fromEntries(mapping.targets.map((target, i) => [target.path, row.cells[i] ?? null])) }
  }
}

function one(document: object, columns: string[], cells: (string | null)[], more: Partial<CheckSettings> = {}) {
  return checker(document, { columns, settings: more })({ row: 2, cells })
}
const found = (row: CheckedRow): (string | null)[][] => row.issues.map((issue) => [issue.field, issue.code, issue.column])

const contacts = { object: 'contacts', columns: [{ header: 'Name', field: 'full_name' }] }
const updates = { object: 'contacts', operation: 'update' }
const upserts = { object: 'contacts', operation: 'upsert' }
const deals = { object: 'deals' }
const dealColumns = ['Deal Name', 'Stage', 'Pipeline', 'Amount', 'Currency']

const cases: [name: string, document: object, columns: string[], cells: (string | null)[], byPath: Record<string, string | null>, issues: (string | null)[][]][] = [
  ['trims cells and keeps blank ones empty', { object: 'contacts' }, ['Last Name', 'Title'], ['  Lovelace\t', '  '], { last_name: 'Lovelace', title: null }, []],
  ['fills missing cells with nothing', { object: 'contacts' }, ['Last Name', 'Title'], ['Lovelace'], { last_name: 'Lovelace', title: null }, []],
  ['reports every issue of a row', { object: 'contacts' }, ['Last Name', 'Email', 'Birthdate', 'Lead Source'], ['', 'x', '2024-02-31', 'Pigeon'],
    { last_name: null, email: 'x', birthdate: '2024-02-31', lead_source: 'Pigeon' },
    [['last_name', 'required.missing', 'Last Name'], ['email', 'type.email', 'Email'], ['birthdate', 'type.date-impossible', 'Birthdate'], ['lead_source', 'picklist.unknown', 'Lead Source']]],
  ['refuses options that are no longer in use', { object: 'contacts' }, ['Last Name', 'Lead Source'], ['L', 'fax'], {}, [['lead_source', 'picklist.inactive', 'Lead Source']]],
  ['keeps the source text of a phone beside it', { object: 'contacts' }, ['Last Name', 'Phone'], ['L', '(212) 555-2368'], { phone: '+12125552368', phone_source: '(212) 555-2368' }, []],
  ['reads a phone by the country of its row', { object: 'contacts' }, ['Last Name', 'Phone', 'Country'], ['L', '089 1234567', 'Germany'], { phone: '+49891234567' }, []],
  ['reads an account\'s phone by the account\'s country', { object: 'contacts' }, ['Last Name', 'Company', 'account.phone', 'account.billing_country', 'Country'],
    ['L', 'Acme', '01 42 68 53 00', 'fr', 'DE'], { 'account.phone': '+33142685300' }, []],
  ['warns of a phone that cannot be dialled and keeps it as typed', { object: 'contacts' }, ['Last Name', 'Phone'], ['L', '12345'], { phone: '12345', phone_source: null },
    [['phone', 'type.phone-doubtful', 'Phone']]],
  ['leaves the companion of a bad phone empty', { object: 'contacts' }, ['Last Name', 'Phone'], ['L', 'call me'], { phone: 'call me', phone_source: null }, [['phone', 'type.phone', 'Phone']]],
  ['splits a full name', contacts, ['Name'], ['Ludwig van Beethoven'], { first_name: 'Ludwig', last_name: 'van Beethoven' }, []],
  ['lets a part of its own go before the full name', contacts, ['Name', 'First Name'], ['Ada Lovelace', 'Augusta'], { first_name: 'Augusta', last_name: 'Lovelace' }, []],
  ['says which column a missing part of a name should have come from', contacts, ['Name'], [' '], {}, [['last_name', 'required.missing', 'Name']]],
  ['transforms before it reads the type', { object: 'contacts', columns: [{ header: 'S', field: 'lead_source', transforms: [{ kind: 'value-map', values: { TS: 'trade show' } }] }] },
    ['Last Name', 'S'], ['L', 'ts'], { lead_source: 'Trade Show' }, []],
  ['gives empty cells the default', { object: 'contacts', defaults: { lead_source: 'web', last_name: 'Unknown' } }, ['Last Name', 'Email'], ['', 'a@b.example'],
    { last_name: 'Unknown', lead_source: 'Web' }, []],
  ['finds owners by e-mail', { object: 'contacts' }, ['Last Name', 'Owner'], ['L', 'sam@EXAMPLE.com'], { owner: '7' }, []],
  ['needs no required field in an update', updates, ['Email', 'Last Name'], ['a@b.example', ''], { last_name: null }, []],
  ['lets an update not empty a required field', { ...updates, columns: [{ header: 'L', field: 'last_name', blankClears: true }] }, ['L', 'Email'], ['', 'a@b.example'], {},
    [['last_name', 'required.missing', 'L']]],
  ['asks for nothing of an account that the row does not name', { object: 'contacts' }, ['Last Name', 'Company', 'Account Website'], ['L', '', ''], {}, []],
  ['asks for the name of an account that the row describes', { object: 'contacts' }, ['Last Name', 'Company', 'account.website'], ['L', '', 'acme.example'], {},
    [['account.name', 'required.missing', 'Company']]],
  ['takes an account that another key finds', { object: 'contacts' }, ['Last Name', 'Company', 'account.external_id'], ['L', '', 'A-1'], { 'account.external_id': 'A-1' }, []],
  ['needs the name of an account that no key finds', { object: 'contacts', missingReference: 'create' }, ['Last Name', 'Company', 'account.website', 'account.external_id'], ['L', '', 'https://example.com', ''], {},
    [['account.name', 'required.missing', 'Company']]],
  ['leaves it to the plan what an account lacks that a key may find', { object: 'contacts', missingReference: 'create' }, ['Last Name', 'Company', 'account.external_id'], ['L', '', 'A-1'], { 'account.external_id': 'A-1' }, []],
  ['checks an account\'s columns by the account\'s rules', { object: 'contacts' }, ['Last Name', 'Company', 'account.website'], ['L', 'Acme', 'javascript:alert(1)'], {},
    [['account.website', 'type.url', 'account.website']]],
  ['takes the currency from the amount', deals, ['Deal Name', 'Stage', 'Amount'], ['D', 'New', '€1.234,56'], { amount: '1234.56', currency: 'EUR' }, []],
  ['fills an empty currency cell from the amount', deals, dealColumns, ['D', 'New', '', 'EUR 5', ''], { currency: 'EUR' }, []],
  ['takes the currency column where the amount says another', deals, dealColumns, ['D', 'New', '', '€5', 'USD'], { amount: '5', currency: 'USD' }, [['amount', 'type.currency-conflict', 'Amount']]],
  ['takes a stage of the row\'s pipeline', deals, dealColumns, ['D', 'due', 'Renewals', '', ''], { stage: 'Due' }, []],
  ['refuses a stage of another pipeline', deals, dealColumns, ['D', 'Due', 'Sales', '', ''], { stage: 'Due' }, [['stage', 'stage.not-in-pipeline', 'Stage']]],
  ['holds a row without a pipeline to the default one', deals, dealColumns, ['D', 'Due', '', '', ''], {}, [['stage', 'stage.not-in-pipeline', 'Stage']]],
  ['lets an update name a stage without its pipeline', { ...deals, operation: 'update' }, ['External ID', 'Stage'], ['1', 'Due'], { stage: 'Due' }, []],
]

describe('compileCheck', () => {
  it.each(cases)('%s', (_, document, columns, cells, byPath, issues) => {
    const row = one(document, columns, cells)
    expect(row.byPath).toMatchObject(byPath)
    expect(found(row)).toEqual(issues)
    expect(row.errors).toBe(row.issues.filter((issue) => issue.severity === 'error' && !issue.onCreate).length)
  })

  it('says row, column, value and what to do', () => {
    const [issue] = one({ object: 'contacts' }, ['Last Name', 'E-mail'], ['L', 'not-an-email']).issues
    expect(issue).toMatchObject({ row: 2, column: 'E-mail', field: 'email', value: 'not-an-email', severity: 'error' })
    expect(issue?.message).toBe('Not an e-mail address in row 2, column "E-mail": found "not-an-email" (it has no @). Write one address, such as ada@example.com, or leave the cell empty.')
  })

  it('counts a missing required value only against creating where the row may update', () => {
    for (const document of [upserts, { object: 'contacts', onDuplicate: 'update' }]) {
      const row = one(document, ['Email', 'Last Name'], ['a@b.example', ''])
      expect([row.errors, row.createErrors]).toEqual([0, 1])
      expect(row.issues[0]).toMatchObject({ code: 'required.missing', onCreate: true })
      expect(row.keys[0]).toBe(hashKey('a@b.example'))
    }
  })

  it('says so for a required field without any column, too', () => {
    const row = one(upserts, ['Email'], ['a@b.example'])
    expect(found(row)).toEqual([['last_name', 'required.missing', null]])
    expect([row.errors, row.createErrors]).toEqual([0, 1])
  })

  it('names the cells that hold a default', () => {
    const check = checker({ object: 'contacts', defaults: { title: 'Buyer' } }, { columns: ['Last Name', 'Title'] })
    expect(check({ row: 2, cells: ['L', ''] }).defaulted).toEqual([1])
    expect(check({ row: 3, cells: ['L', 'Clerk'] }).defaulted).toBeUndefined()
  })

  it('minds an error value of a spreadsheet where its column feeds a field, and there alone', () => {
    const check = checker({ object: 'contacts' }, { columns: ['Last Name', 'Title', 'Look-up of the office'] })
    const fault = (position: number) => ({ code: 'read.error-value' as const, position, line: 2, character: null, found: 'C2' })
    expect(check({ row: 2, cells: ['Lind', 'Buyer', '#N/A'], faults: [fault(2)] }).issues).toEqual([])
    expect(check({ row: 2, cells: ['Lind', '#N/A', ''], faults: [fault(1)] }).issues.map(({ code, field }) => [code, field])).toEqual([['read.error-value', 'title']])
  })

  it('refuses a default that its field does not take, before any row', () => {
    expect(() => checker({ object: 'contacts', defaults: { lead_source: 'Pigeon' } }, { columns: ['Last Name'] })).toThrow(Fault)
    expect(() => checker({ object: 'contacts', defaults: { lead_source: 'Pigeon' } }, { columns: ['Last Name'] })).toThrow(/Pigeon.*Web, Trade Show/)
  })

  it('gives keys to a good row and none to a bad one', () => {
    const check = checker({ object: 'contacts', match: [['email']] }, { columns: ['Last Name', 'Email', 'Company'] })
    expect(check({ row: 2, cells: ['L', 'ADA@example.com', 'Acme, Inc.'] }).keys).toEqual([hashKey('ada@example.com'), hashKey('acme inc')])
    expect(check({ row: 3, cells: ['', 'ADA@example.com', 'Acme'] }).keys).toEqual([null, null])
  })

  it('takes reading errors over as issues of their column, each said once', () => {
    const check = checker({ object: 'contacts' }, { columns: ['Last Name', 'Email', 'Rest'] })
    const few = check({ row: 5, cells: ['L'], faults: [{ code: 'read.too-few-cells', position: null, line: 9, character: null, found: '1', expected: '3' }] })
    expect(found(few)).toEqual([[null, 'read.too-few-cells', null]])
    expect(few.errors).toBe(0)
    const many = check({ row: 6, cells: ['L', '', '', 'x'], faults: [{ code: 'read.too-many-cells', position: null, line: 10, character: null, found: '4', expected: '3' }] })
    expect(many.errors).toBe(1)
    const nul = check({ row: 7, cells: ['a\0b'], faults: [{ code: 'read.nul-byte', position: 0, line: 11, character: 2 }] })
    expect(found(nul)).toEqual([['last_name', 'read.nul-byte', 'Last Name']])
    const aside = check({ row: 8, cells: ['L', '', 'a\0'], faults: [{ code: 'read.nul-byte', position: 2, line: 12, character: 2 }] })
    expect(found(aside)).toEqual([[null, 'read.nul-byte', 'Rest']])
  })

  it('keeps a source text in a form that a database holds', () => {
    expect(one({ object: 'contacts' }, ['Last Name'], ['a\0b\ud800']).byPath).toEqual({ last_name: 'a␀b\ufffd' })
  })

  it('takes the mark of a guarded formula off when the definition says so', () => {
    const decodeFormula = (text: string): string => text.replace(/^'(?=[=+@-])/, '')
    const guarded = { formulaGuard: true, decodeFormula }
    expect(one({ object: 'contacts' }, ['Last Name'], ["'=cmd"], guarded).byPath).toEqual({ last_name: '=cmd' })
    expect(one({ object: 'contacts' }, ['Last Name'], ["'=cmd"]).byPath).toEqual({ last_name: "'=cmd" })
  })

  it('checks the same by a mapping that was stored and read again', () => {
    const definition = parseImportDefinition({ object: 'contacts', missingReference: 'create' })
    const mapping = compileMapping({ catalog: smallCatalog, definition, columns: ['Last Name', 'Company', 'account.website', 'account.phone', 'account.billing_country'] })
    const keys = planKeys({ catalog: smallCatalog, mapping, definition })
    const again = restoreMapping(JSON.parse(JSON.stringify(storeMapping(mapping, keys, 0))), smallCatalog)
    const rows = [['L', 'Acme', 'acme.example', '01 42 68 53 00', 'France'], ['L', '', 'acme.example', '', ''], ['', 'x', ':', 'x', '']]
    for (const cells of rows) {
      const [one, other] = [mapping, again].map((m) => compileCheck({ catalog: smallCatalog, definition, mapping: m, keys, settings })({ row: 2, cells }))
      expect(other).toEqual(one)
    }
  })

  it('never throws, counts errors right and gives only texts that a database holds, whatever the cells', () => {
    const catalog = standardCatalog()
    const anything = fc.oneof(
      fc.constant(null), fc.constant(''), fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 20 }),
      fc.constantFrom('\0', '\ud800', 'infinity', 'NaN', '2024-02-31', '1e400', '__proto__', '{"a', '+', '=1+1', '€', 'Web', 'x'.repeat(300), '12.50', '(', '🙂', 'US', 'Sales Pipeline'),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 10 }).map((units) => String.fromCharCode(...units)),
    )
    for (const object of catalog.objects) {
      // columns of single objects and one for whichever object do not go together
      // and a row that makes what is missing can lead to seven related records
      const ways = new Set<string>()
      const columns = allPaths(catalog, object).filter((path) => findField(object, path)?.kind !== 'reference').filter((path) => {
        const way = path.split('.').slice(0, -1).join('.')
        if (way !== '' && ways.size < 7) ways.add(way)
        return way === '' || ways.has(way)
      })
      // missing records of the imported object itself are not made
      const missingReference = object.fields.some((field) => field.targets?.[0] === object.name) ? 'error' : 'create'
      const definition = { object: object.name, operation: 'upsert', missingReference }
      const check = checker(definition, { columns, catalog })
      fc.assert(fc.property(fc.array(anything, { minLength: columns.length - 2, maxLength: columns.length + 2 }), (cells) => {
        const row = check({ row: 2, cells })
        const errors = row.issues.filter((issue) => issue.severity === 'error')
        expect([row.errors, row.createErrors]).toEqual([errors.filter((issue) => !issue.onCreate).length, errors.filter((issue) => issue.onCreate).length])
        for (const cell of row.cells) if (cell !== null && (cell === '' || cell.includes('\0') || !cell.isWellFormed())) throw new Error(`cell ${JSON.stringify(cell)}`)
        for (const { message, value } of row.issues) {
          expect(message.isWellFormed()).toBe(true)
          expect((value ?? '').length).toBeLessThanOrEqual(255)
          expect(message).not.toMatch(/[\0-\x1f]/)
        }
      }), { numRuns: 40 })
    }
  })
})
