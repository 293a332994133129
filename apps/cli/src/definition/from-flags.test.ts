import { describe, expect, it } from 'vitest'
import { Fault } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import { importCommand } from '../commands/import.ts'
import { parseCall } from '../parse-call.ts'
import { mergeColumns } from './column-flag.ts'
import { parseNewField } from './new-field-flag.ts'
import { definitionFromFlags } from './from-flags.ts'

/** Command line → the definition document, without the object that every line names. */
const cases: [string[], Partial<ImportDefinitionInput>][] = [
  [[], {}],
  [['--operation', 'upsert'], { operation: 'upsert' }],
  [['--match', 'email,phone,first_name+last_name+account'], { match: [['email'], ['phone'], ['first_name', 'last_name', 'account']] }],
  [['--match', 'email', '--match', 'external_id'], { match: [['email'], ['external_id']] }],
  [['--match', ' email , first_name + last_name '], { match: [['email'], ['first_name', 'last_name']] }],
  [['--on-duplicate', 'update', '--on-several', 'oldest'], { onDuplicate: 'update', onSeveral: 'oldest' }],
  [['--missing-reference', 'create'], { missingReference: 'create' }],
  [['--map', 'E-mail address=email'], { columns: [{ header: 'E-mail address', field: 'email' }] }],
  [['--map', 'A=B=email'], { columns: [{ header: 'A=B', field: 'email' }] }],
  [['--map', 'Notes='], { columns: [{ header: 'Notes', field: null }] }],
  [['--map', '#3=account.name'], { columns: [{ position: 3, field: 'account.name' }] }],
  [['--map', '#3='], { columns: [{ position: 3, field: null }] }],
  [['--map', '# of seats=seats'], { columns: [{ header: '# of seats', field: 'seats' }] }],
  [['--map', '__proto__=email'], { columns: [{ header: '__proto__', field: 'email' }] }],
  [['--map=-x-=email'], { columns: [{ header: '-x-', field: 'email' }] }],
  [['--join', 'Street 1|Street 2=mailing_street'], { columns: [{ header: 'Street 1', field: 'mailing_street', combine: { with: ['Street 2'] } }] }],
  [['--join', '#3| A=B |#5=description', '--join-with', '; '], { columns: [{ position: 3, field: 'description', combine: { with: ['A=B', 5], separator: '; ' } }] }],
  [['--default', 'lead_source=Web', '--default', 'note=a=b'], { defaults: { lead_source: 'Web', note: 'a=b' } }],
  [['--default', 'note='], { defaults: { note: '' } }],
  [['--merge', 'phone=if-empty'], { merge: { phone: 'if-empty' } }],
  [['--map', 'Firm=account.name', '--blank-clears', 'Firm', '--blank-clears', '#4'], { columns: [{ header: 'Firm', field: 'account.name', blankClears: true }, { position: 4, blankClears: true }] }],
  [['--restore-binned', '--operation', 'upsert'], { restoreBinned: true, operation: 'upsert' }],
  [['--owner', 'ann@example.com'], { owner: 'ann@example.com' }],
  [['--delimiter', ';', '--encoding', 'utf-8', '--header-row', '3'], { source: { delimiter: ';', encoding: 'utf-8', headerRow: 3 } }],
  [['--delimiter', 'tab'], { source: { delimiter: '\t' } }],
  [['--phone-country', 'de'], { phones: 'DE' }],
  [['--phone-country', 'de', '--phone-country', 'Mobile=FR', '--decimal', ','], { phones: 'DE', decimal: ',', columns: [{ header: 'Mobile', phones: 'FR' }] }],
  [['--header-row', '0'], { source: { headerRow: 0 } }],
  [['--result-formats', 'csv,ndjson'], { results: { formats: ['csv', 'ndjson'] } }],
]

/** Command line → the code of the refusal and a piece of its words. */
const refusals: [string[], string, RegExp][] = [
  [['--operation', 'upsrt'], 'usage.unknown-word', /Did you mean "upsert"/],
  [['--on-duplicate', 'overwrite'], 'usage.unknown-word', /skip, update, update-if-newer, create or flag/],
  [['--merge', 'phone=sometimes'], 'usage.unknown-word', /--merge was given "sometimes"/],
  [['--phone-country', 'Mobile'], 'usage.malformed-pair', /--phone-country DE for the phones of all columns, --phone-country "Mobile=DE" for those of one/],
  [['--merge', 'phone'], 'usage.malformed-pair', /phone=if-empty/],
  [['--map', 'email'], 'usage.malformed-pair', /E-mail address=email/],
  [['--map', '=email'], 'usage.malformed-pair', /--map/],
  [['--join', 'Street 1=mailing_street'], 'usage.malformed-pair', /--join "Street 1\|Street 2=billing_street"/],
  [['--join', 'Street 1|=mailing_street'], 'usage.malformed-pair', /--join/],
  [['--join', 'Street 1|Street 2='], 'usage.malformed-pair', /--join/],
  [['--default', '=x'], 'usage.malformed-pair', /--default/],
  [['--match', 'email,,phone'], 'usage.malformed-pair', /--match/],
  [['--match', 'first_name+'], 'usage.malformed-pair', /--match/],
  [['--delimiter', ';;'], 'usage.not-a-delimiter', /one character/],
  [['--header-row', 'two'], 'usage.not-a-number', /whole number from 0/],
  [['--owner', 'round-robin: ,'], 'usage.malformed-pair', /round-robin:ada@example.com/],
  [['--result-formats', 'csv,xls'], 'usage.unknown-word', /xlsx/],
  [['--result-formats', 'cvs'], 'usage.unknown-word', /Did you mean "csv"/],
]

const callOf = (...flags: string[]) => parseCall(importCommand, ['people.csv', ...flags])

describe('columns laid over those of a document', () => {
  const stored = [{ header: 'E-mail', position: 1, field: 'email' }, { header: 'Name', position: 2, field: 'last_name' }]
  it.each([
    [{ header: 'E-mail', field: 'work_email' }, [{ header: 'E-mail', position: 1, field: 'work_email' }, stored[1]]],
    [{ position: 2, field: null }, [stored[0], { header: 'Name', position: 2, field: null }]],
    [{ header: 'E-mail', position: 3, field: 'other_email' }, [...stored, { header: 'E-mail', position: 3, field: 'other_email' }]],
    [{ position: 3, field: 'phone' }, [...stored, { position: 3, field: 'phone' }]],
  ])('%j', (column, expected) => {
    expect(mergeColumns(stored, [column])).toEqual(expected)
  })
})

describe('definition from flags', () => {
  it.each(cases)('%j', (flags, expected) => {
    expect(definitionFromFlags(callOf('--object', 'contacts', ...flags))).toEqual({ object: 'contacts', ...expected })
  })

  it.each(refusals)('%j is refused', (flags, code, words) => {
    expect(refusalOf(() => definitionFromFlags(callOf('--object', 'contacts', ...flags)))).toMatchObject({ code, message: expect.stringMatching(words) })
  })

  it('refuses a line that does not say what the rows are', () => {
    expect(refusalOf(() => definitionFromFlags(callOf()))).toMatchObject({ code: 'usage.missing-object' })
  })

  it('lays flags over the document, and keeps what they do not speak of', () => {
    const base: ImportDefinitionInput = {
      object: 'leads', operation: 'update', match: [['external_id']],
      columns: [{ header: 'A', field: 'email', blankClears: true }, { header: 'B', field: 'phone' }, { position: 3, field: 'city' }],
      defaults: { lead_source: 'Web', status: 'New' }, merge: { phone: 'never' }, source: { delimiter: ';', encoding: 'utf-8' },
    }
    const call = callOf('--match', 'email', '--map', 'A=other_email', '--map', '#3=', '--default', 'status=Open', '--merge', 'email=if-empty', '--delimiter', ',')
    expect(definitionFromFlags(call, base)).toEqual({
      object: 'leads', operation: 'update', match: [['email']],
      columns: [{ header: 'A', field: 'other_email', blankClears: true }, { header: 'B', field: 'phone' }, { position: 3, field: null }],
      defaults: { lead_source: 'Web', status: 'Open' }, merge: { phone: 'never', email: 'if-empty' }, source: { delimiter: ',', encoding: 'utf-8' },
    })
    expect(base.columns?.[0]).toEqual({ header: 'A', field: 'email', blankClears: true })
  })
})

function refusalOf(work: () => unknown): Fault | null {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

it.each([
  ['two of --map', ['--map', 'A=email', '--map', 'A=phone'], 'The column "A" is named twice, by --map "A=email" and --map "A=phone". Keep one of them.'],
  ['--map and --create-field', ['--map', '#3=', '--create-field', '#3:number'], 'The column "#3" is named twice, by --map "#3=" and --create-field "#3:number". Keep one of them.'],
  ['--map and --join', ['--map', 'A=city', '--join', 'A|B=street'], 'by --map "A=city" and --join "A|B=street"'],
])('a column that %s speak of is refused', (_, line, says) => {
  expect(() => definitionFromFlags(parseCall(importCommand, ['list.csv', '--object', 'contacts', ...line]))).toThrowError(says)
})

describe('--create-field', () => {
  it.each([
    ['Shoe size', { header: 'Shoe size', create: {} }], ['Shoe size:number', { header: 'Shoe size', create: { kind: 'number' } }], ['Shoe size=Size of shoes', { header: 'Shoe size', create: { label: 'Size of shoes' } }],
    ['#3=Size=Of shoes:long-text', { header: '#3=Size', create: { label: 'Of shoes', kind: 'long-text' } }], ['#3=Size:date', { position: 3, create: { label: 'Size', kind: 'date' } }], ['Time 10:30', { header: 'Time 10:30', create: {} }],
  ])('%s', (text, column) => {
    expect(parseNewField(text)).toEqual(column)
  })

  it.each([['Size:numbr', /"numbr"\. Did you mean "number"/], ['=Size', /takes a pair/]])('%s is refused', (text, says) => {
    expect(() => parseNewField(text)).toThrowError(says)
  })
})
