import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { issueRegistry } from '../issues/registry.ts'
import { fieldKinds } from '../schema/field.ts'
import type { Field, FieldKind } from '../schema/field.ts'
import type { BooleanPair } from './boolean.ts'
import { currencyCodes } from './currency-codes.ts'
import { fieldType } from './field-type.ts'
import { Problem } from './problem.ts'
import { rowContext } from './row-context.ts'

const options = [{ value: 'Web' }, { value: 'Trade Show', label: 'Messe' }, { value: 'Straße' }, { value: 'Fax', active: false }]
const members = [{ id: '7', email: 'Ada@Example.com', name: 'Ada Berg' }, { id: '9', email: 'grace@example.com', name: 'Grace Lind' }, { id: '11', email: 'grace2@example.com', name: 'Grace  Lind' }]
const row = rowContext(null, { members })

function fieldOf(kind: FieldKind, more: Partial<Field> = {}): Field {
  return { name: 'f', label: 'F', kind, ...(kind === 'picklist' || kind === 'multi-select' ? { options } : {}), ...more }
}

/** Kind, what a cell holds, what is kept of it. */
const good: [FieldKind, string, string][] = [
  ['text', 'Ada Lovelace', 'Ada Lovelace'],
  ['text', 'two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['text', '😀'.repeat(255), '😀'.repeat(255)],
  ['long-text', 'x'.repeat(131_072), 'x'.repeat(131_072)],
  ['external-id', '00042', '00042'],
  ['reference', 'Acme, Inc.', 'Acme, Inc.'],
  ['email', 'Ada.Lovelace+crm@Example.co.uk', 'Ada.Lovelace+crm@Example.co.uk'],
  ['email', 'mailto:Ada@example.com?subject=Hello', 'Ada@example.com'],
  ['email', "o'neill@example.com", "o'neill@example.com"],
  ['email', 'jürgen@münchen.example', 'jürgen@münchen.example'],
  ['email', 'a@xn--mnchen-3ya.de', 'a@xn--mnchen-3ya.de'],
  ['email', 'a@b.xn--p1ai', 'a@b.xn--p1ai'],
  ['phone', '(212) 555-2345', '+12125552345'],
  ['phone', '+49 89 1234567', '+49891234567'],
  ['phone', '0049 89 1234567', '+49891234567'],
  ['phone', '011 49 89 1234567', '+49891234567'],
  ['phone', '1-212-555-2345', '+12125552345'],
  ['phone', '+12125552345', '+12125552345'],
  ['phone', '+1 212 555 2345 ext. 5', '+12125552345'],
  ['phone', '212.555.2345x123', '+12125552345'],
  ['phone', '(+49) 89 1234567', '+49891234567'],
  ['phone', '+49 (0) 89 1234567', '+49891234567'],
  ['phone', '555 1234', '555 1234'],
  ['phone', '1-800-FLOWERS', '1-800-FLOWERS'],
  ['phone', '1.415555E+09', '1.415555E+09'],
  ['phone', '212-555-2345 / 212-555-2346', '+12125552345'],
  ['phone', '+49 89 1234567; +49 89 1234568', '+49891234567'],
  ['phone', '212 555 2345 or 212 555 2346', '+12125552345'],
  ['phone', '12125552345', '+12125552345'],
  ['url', 'https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['url', 'Example.com', 'Example.com'],
  ['url', 'www.example.co.uk:8080/x', 'www.example.co.uk:8080/x'],
  ['url', 'münchen.de/straße', 'münchen.de/straße'],
  ['url', 'http://localhost:3000/', 'http://localhost:3000/'],
  ['url', 'http://192.0.2.7/', 'http://192.0.2.7/'],
  ['url', 'mailto:ada@example.com', 'mailto:ada@example.com'],
  ['date', '2024-02-29', '2024-02-29'],
  ['date', '20240229', '2024-02-29'],
  ['date', '2024/2/9', '2024-02-09'],
  ['date', '0001-01-01', '0001-01-01'],
  ['date', '9999-12-31', '9999-12-31'],
  ['date', '2000-02-29', '2000-02-29'],
  ['date', '12 Mar 2021', '2021-03-12'],
  ['date', 'Mar 12, 2021', '2021-03-12'],
  ['date', 'March 3rd, 2021', '2021-03-03'],
  ['date', '12-Mar-2021', '2021-03-12'],
  ['date', '12. März 2021', '2021-03-12'],
  ['date', '3 de marzo de 2021', '2021-03-03'],
  ['date', '1.2.2021', '2021-02-01'],
  ['date', '13/4/2021', '2021-04-13'],
  ['date', '4-13-2021', '2021-04-13'],
  ['date', '3/3/2021', '2021-03-03'],
  ['date', '2024-01-31 00:00:00', '2024-01-31'],
  ['date', '2024-01-31T00:00:00.000Z', '2024-01-31'],
  ['date', '1/31/2021 12:00:00 AM', '2021-01-31'],
  ['date-time', '2024-02-29T14:30:00Z', '2024-02-29T14:30:00Z'],
  ['date-time', '2024-02-29', '2024-02-29T00:00:00Z'],
  ['date-time', '2024-02-29 14:30', '2024-02-29T14:30:00Z'],
  ['date-time', '2024-02-29T14:30:00.120+02:00', '2024-02-29T12:30:00.12Z'],
  ['date-time', '2024-02-29T23:30:15-0130', '2024-03-01T01:00:15Z'],
  ['date-time', '2024-12-31T23:59:59.999999999Z', '2024-12-31T23:59:59.999999Z'],
  ['date-time', '2024-02-29T14:30:00.000Z', '2024-02-29T14:30:00Z'],
  ['date-time', '2/29/2024 2:30 PM', '2024-02-29T14:30:00Z'],
  ['date-time', '12/31/2021, 12:05:00 AM', '2021-12-31T00:05:00Z'],
  ['date-time', '2024-02-29 14:30:00 UTC', '2024-02-29T14:30:00Z'],
  ['number', '12.50', '12.50'],
  ['number', '-0', '0'],
  ['number', '-0.00', '0.00'],
  ['number', '007', '7'],
  ['number', '+5', '5'],
  ['number', '.5', '0.5'],
  ['number', '5.', '5'],
  ['number', '1,234', '1234'],
  ['number', '1,234,567.89', '1234567.89'],
  ['number', '12,34,567.8', '1234567.8'],
  ['number', '1.234,56', '1234.56'],
  ['number', '1.234.567', '1234567'],
  ['number', '12,5', '12.5'],
  ['number', '0,125', '0.125'],
  ['number', '1234,567', '1234.567'],
  ['number', '1.234', '1.234'],
  ['number', '1 234 567,8', '1234567.8'],
  ['number', '1\u202f234,5', '1234.5'],
  ['number', "1'234.50", '1234.50'],
  ['number', '(1,234.50)', '-1234.50'],
  ['number', '\u22125', '-5'],
  ['number', '5-', '-5'],
  ['number', '1.5e3', '1500'],
  ['number', '1.5E-3', '0.0015'],
  ['number', '12.340000000', '12.340000'],
  ['number', '999999999999999999.999999', '999999999999999999.999999'],
  ['percent', '45%', '45'],
  ['percent', '12,5 %', '12.5'],
  ['percent', '45', '45'],
  ['currency', '1234.56', '1234.56'],
  ['currency', '$1,234.56', '1234.56'],
  ['currency', '-$5', '-5'],
  ['currency', '($5.00)', '-5.00'],
  ['currency', '$-5', '-5'],
  ['currency', '1.234,56 €', '1234.56'],
  ['currency', 'USD 12', '12'],
  ['currency', "CHF 1'234.50", '1234.50'],
  ['currency', '$5 USD', '5'],
  ['boolean', 'TRUE', 'true'],
  ['boolean', 'Yes', 'true'],
  ['boolean', 'x', 'true'],
  ['boolean', '1', 'true'],
  ['boolean', 'Ja', 'true'],
  ['boolean', 'off', 'false'],
  ['boolean', 'N', 'false'],
  ['boolean', 'Não', 'false'],
  ['picklist', 'web', 'Web'],
  ['picklist', 'MESSE', 'Trade Show'],
  ['picklist', 'straße', 'Straße'],
  ['multi-select', 'web; messe', '{"Web","Trade Show"}'],
  ['multi-select', 'Web, Trade Show', '{"Web","Trade Show"}'],
  ['multi-select', 'Web|web', '{"Web"}'],
  ['multi-select', '["Web","Messe"]', '{"Web","Trade Show"}'],
  ['tags', 'red; green;; Red', '{"red","green"}'],
  ['tags', 'a|b', '{"a","b"}'],
  ['tags', 'Lovelace, Ada', '{"Lovelace, Ada"}'],
  ['tags', '["a;b", 1, null]', '{"a;b","1"}'],
  ['tags', '[urgent]', '{"[urgent]"}'],
  ['tags', 'say "hi"; back\\slash', '{"say \\"hi\\"","back\\\\slash"}'],
  ['tags', 'NULL', '{"NULL"}'],
  ['owner', 'ADA@example.com', '7'],
  ['owner', '9', '9'],
  ['owner', 'ada  BERG', '7'],
]

/** Kind, what a cell holds, the code of what is wrong with it. */
const bad: [FieldKind, string, string][] = [
  ['date', '--04-12', 'type.date-no-year'],
  ['date', '--1231', 'type.date-no-year'],
  ['date', '--13-01', 'type.date'],
  ['text', 'a\0b', 'read.nul-byte'],
  ['text', 'a\ud83d', 'read.lone-surrogate'],
  ['text', '\udc00a', 'read.lone-surrogate'],
  ['text', 'a\x1fb', 'type.control-character'],
  ['text', 'x'.repeat(256), 'type.too-long'],
  ['long-text', 'x'.repeat(131_073), 'type.too-long'],
  ['external-id', 'x'.repeat(256), 'type.too-long'],
  ['email', 'not-an-email', 'type.email'],
  ['email', 'ada@example', 'type.email'],
  ['email', 'ada@@example.com', 'type.email'],
  ['email', 'a b@example.com', 'type.email'],
  ['email', 'a..b@example.com', 'type.email'],
  ['email', '.a@example.com', 'type.email'],
  ['email', 'a@-example.com', 'type.email'],
  ['email', 'a@example.123', 'type.email'],
  ['email', 'Ada <ada@example.com>', 'type.email'],
  ['email', 'a@example.com, b@example.com', 'type.email'],
  ['email', `${'a'.repeat(65)}@example.com`, 'type.email'],
  ['email', `a@${'b.'.repeat(130)}com`, 'type.email'],
  ['email', 'a\0@example.com', 'type.email'],
  ['phone', 'none', 'type.phone'],
  ['phone', '12', 'type.phone'],
  ['phone', '212\x00555', 'read.nul-byte'],
  ['url', 'javascript:alert(1)', 'type.url'],
  ['url', 'data:text/html,x', 'type.url'],
  ['url', 'n/a', 'type.url'],
  ['url', 'two words.com', 'type.url'],
  ['url', 'http://', 'type.url'],
  ['url', 'ada@example.com', 'type.url'],
  ['url', `example.com/${'x'.repeat(2048)}`, 'type.too-long'],
  ['external-id', '1.41556E+11', 'type.digits-lost'],
  ['external-id', '4,915E+12', 'type.digits-lost'],
  ['date', '30/04', 'type.date'],
  ['date', '25/12/2564', 'type.date-impossible'],
  ['date', '2024-02-31', 'type.date-impossible'],
  ['date', '2023-02-29', 'type.date-impossible'],
  ['date', '1900-02-29', 'type.date-impossible'],
  ['date', '2024-13-01', 'type.date-impossible'],
  ['date', '0000-01-01', 'type.date-impossible'],
  ['date', '31.4.2021', 'type.date-impossible'],
  ['date', 'Feb 30, 2021', 'type.date-impossible'],
  ['date', '3/4/2021', 'type.date-ambiguous'],
  ['date', '03-04-2021', 'type.date-ambiguous'],
  ['date', '3/14/21', 'type.date'],
  ['date', 'infinity', 'type.date'],
  ['date', 'tomorrow', 'type.date'],
  ['date', '2024-01-31 14:00', 'type.date'],
  ['date', '2024-1', 'type.date'],
  ['date-time', '2024-02-30T00:00:00Z', 'type.date-impossible'],
  ['date-time', '0001-01-01T00:00:00+01:00', 'type.date-impossible'],
  ['date-time', '9999-12-31T23:59:59-01:00', 'type.date-impossible'],
  ['date-time', '3/4/2021 10:00', 'type.date-ambiguous'],
  ['date-time', '2024-02-29T25:00:00Z', 'type.date-time'],
  ['date-time', '2024-02-29T10:61:00Z', 'type.date-time'],
  ['date-time', '2024-02-29 13:00 PM', 'type.date-time'],
  ['date-time', 'infinity', 'type.date-time'],
  ['number', 'lots', 'type.number'],
  ['number', '1,23,4', 'type.number'],
  ['number', '1,234.5,6', 'type.number'],
  ['number', '--5', 'type.number'],
  ['number', '(-5)', 'type.number'],
  ['number', '1e', 'type.number'],
  ['number', '0x1F', 'type.number'],
  ['number', '1e99999', 'type.number'],
  ['number', '1'.repeat(1001), 'type.number'],
  ['number', '.', 'type.number'],
  ['number', 'NaN', 'type.number-not-finite'],
  ['number', '-Infinity', 'type.number-not-finite'],
  ['number', '1234567890123456789', 'type.number-range'],
  ['number', '1e18', 'type.number-range'],
  ['number', '0.1234567', 'type.number-precision'],
  ['percent', '%', 'type.percent'],
  ['percent', '45%%', 'type.percent'],
  ['currency', '5 XXX', 'type.currency'],
  ['currency', '$5 EUR', 'type.currency'],
  ['currency', 'free', 'type.currency'],
  ['currency', '$', 'type.currency'],
  ['boolean', 'maybe', 'type.boolean'],
  ['boolean', '2', 'type.boolean'],
  ['picklist', 'Carrier Pigeon', 'picklist.unknown'],
  ['picklist', 'fax', 'picklist.inactive'],
  ['multi-select', 'Web;Pigeon', 'picklist.unknown'],
  ['multi-select', 'Web, Pigeon', 'picklist.unknown'],
  ['multi-select', '[{"a":1}]', 'type.list'],
  ['tags', 'ok; \0', 'read.nul-byte'],
  ['owner', 'nobody@example.com', 'owner.unknown'],
  ['owner', 'Grace Lind', 'owner.unknown'],
]

describe('every kind of field', () => {
  test.each(good)('reads %s %j as %j', (kind, text, canonical) => {
    expect(fieldType(kind).parse(text, fieldOf(kind), row)).toBe(canonical)
  })

  test.each(bad)('refuses %s %j with %s', (kind, text, code) => {
    expect(fieldType(kind).parse(text, fieldOf(kind), row)).toMatchObject({ code })
  })

  test.each(fieldKinds)('%s calls itself by its name and has good and bad cases above', (kind) => {
    expect(fieldType(kind).kind).toBe(kind)
    expect(fieldType(kind).mayWarn).toBe(fieldType(kind).warn !== undefined)
    expect(good.some(([of]) => of === kind)).toBe(true)
    expect(bad.some(([of]) => of === kind) || kind === 'reference').toBe(true)
  })

  test.each(good)('prints what it kept of %s %j so that it is read as the same again', (kind, _text, canonical) => {
    const type = fieldType(kind)
    expect(type.parse(type.print(canonical, fieldOf(kind)), fieldOf(kind), row)).toBe(canonical)
  })
})

const someText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'0123456789.,-+/() eE:TZ%$€;|"\\[]{}\0\ud800'), maxLength: 24 }),
)

test.each(fieldKinds)('%s never throws, and what it takes it reads as the same again after printing', (kind) => {
  const type = fieldType(kind)
  const field = fieldOf(kind)
  fc.assert(fc.property(someText, (typed) => {
    const text = typed.trim()
    if (text === '') return
    const parsed = type.parse(text, field, row)
    if (parsed instanceof Problem) {
      expect(issueRegistry).toHaveProperty([parsed.code])
      return
    }
    expect(parsed.includes('\0')).toBe(false)
    expect(parsed.isWellFormed()).toBe(true)
    expect(type.parse(type.print(parsed, field), field, row)).toBe(parsed)
    type.companion?.(text, parsed, field, row)
    type.warn?.(text, parsed, field, row)
  }), { numRuns: 2000 })
})

test('keeps the source text of a phone number beside it only where the number was rewritten', () => {
  const { companion } = fieldType('phone')
  expect(companion?.('(212) 555-2345', '+12125552345', fieldOf('phone'), row)).toBe('(212) 555-2345')
  expect(companion?.('+12125552345', '+12125552345', fieldOf('phone'), row)).toBeNull()
})

test('warns of a phone number that was kept as typed, and of no other', () => {
  const { warn } = fieldType('phone')
  expect(warn?.('555 1234', '555 1234', fieldOf('phone'), row)).toMatchObject({ code: 'type.phone-doubtful', params: { country: 'US' } })
  expect(warn?.('(212) 555-2345', '+12125552345', fieldOf('phone'), row)).toBeNull()
  expect(warn?.('+12125552345', '+12125552345', fieldOf('phone'), row)).toBeNull()
})

test('reads a phone number as one of the row\'s country, and of the default one where the row\'s is no country', () => {
  const german = rowContext(null, { defaultCountry: 'DE' })
  expect(fieldType('phone').parse('089 1234567', fieldOf('phone'), german)).toBe('+49891234567')
  german.country = 'FR'
  expect(fieldType('phone').parse('01 42 34 56 78', fieldOf('phone'), german)).toBe('+33142345678')
  german.country = 'XX'
  expect(fieldType('phone').parse('089 1234567', fieldOf('phone'), german)).toBe('+49891234567')
})

const currencies: [string, string, string | null][] = [
  ['12', 'EUR', null], ['€12', 'USD', 'EUR'], ['12 eur', 'USD', 'EUR'], ['$12', 'USD', 'USD'], ['$12', 'CAD', 'CAD'], ['$12', 'EUR', 'USD'],
  ['R$ 12', 'USD', 'BRL'], ['¥12', 'CNY', 'CNY'], ['kr 12', 'NOK', 'NOK'], ['(£12.50)', 'USD', 'GBP'], ['12zł', 'USD', 'PLN'],
  ['12 đ', 'USD', 'VND'], ['S/ 12', 'USD', 'PEN'], ['12円', 'USD', 'JPY'], ['12,– €', 'USD', 'EUR'],
]
test.each(currencies)('%s is, for an organization with %s, in the currency %s', (text, defaultCurrency, code) => {
  const context = rowContext(null, { defaultCurrency })
  expect(fieldType('currency').companion?.(text, '12', fieldOf('currency'), context)).toBe(code)
})

test('holds numbers against the bounds of their field, both ends included', () => {
  const score = fieldOf('percent', { min: '0', max: '100' })
  const parse = (text: string) => fieldType('percent').parse(text, score, row)
  expect([parse('0'), parse('100'), parse('100.00')]).toEqual(['0', '100', '100.00'])
  expect(parse('100.01')).toMatchObject({ code: 'type.number-range', params: { bounds: '0 to 100' } })
  expect(parse('-0.01')).toMatchObject({ code: 'type.number-range' })
  const whole = fieldOf('number', { precision: { integerDigits: 3, decimals: 0 } })
  expect(fieldType('number').parse('12.00', whole, row)).toBe('12')
  expect(fieldType('number').parse('12.5', whole, row)).toMatchObject({ code: 'type.number-precision' })
  expect(fieldType('number').parse('1000', whole, row)).toMatchObject({ code: 'type.number-range' })
})

test('takes dates in the order decided for their column, and no other', () => {
  const parse = (text: string, dates: 'dmy' | 'mdy') => fieldType('date').parse(text, fieldOf('date'), row, { dates })
  expect(parse('3/4/2021', 'dmy')).toBe('2021-04-03')
  expect(parse('3/4/2021', 'mdy')).toBe('2021-03-04')
  expect(parse('12/25/2021', 'dmy')).toMatchObject({ code: 'type.date-impossible' })
})

test('reads an international number without its + as one, where the country\'s own calling code begins it', () => {
  const german = rowContext(null, { defaultCountry: 'DE' })
  expect(fieldType('phone').parse('4915112345678', fieldOf('phone'), german)).toBe('+4915112345678')
  expect(fieldType('phone').parse('015112345678', fieldOf('phone'), german)).toBe('+4915112345678')
})

test('warns of a phone number whose digits a spreadsheet has cut', () => {
  expect(fieldType('phone').warn?.('7.73E+016', '7.73E+016', fieldOf('phone'), row)).toMatchObject({ code: 'type.phone-digits-lost' })
})

test('says which of several phone numbers was taken', () => {
  const text = '212-555-2345 / 212-555-2346'
  expect(fieldType('phone').warn?.(text, '+12125552345', fieldOf('phone'), row)).toMatchObject({ code: 'type.phone-several', params: { kept: '+12125552345' } })
  expect(fieldType('phone').warn?.('(212) 555/2345', '+12125552345', fieldOf('phone'), row)).toBeNull()
})

test.each<[string, BooleanPair | undefined, string]>([
  ['x', undefined, 'true'], ['x', 'o-x', 'false'], ['O', 'o-x', 'true'], ['e', 'e-h', 'true'], ['E', 'k-e', 'false'], ['ja', 'o-x', 'true'],
  ['да', undefined, 'true'], ['HAYIR', undefined, 'false'], ['いいえ', undefined, 'false'], ['NIE', undefined, 'false'], ['Kyllä', undefined, 'true'], ['όχι', undefined, 'false'],
])('%s in a column of %s is %s', (text, booleans, expected) => {
  expect(fieldType('boolean').parse(text, fieldOf('boolean'), row, booleans === undefined ? {} : { booleans })).toBe(expected)
})

test('options that are codes of currencies are found by signs that mean one of them', () => {
  const of = (...values: string[]): Field => fieldOf('picklist', { options: values.map((value) => ({ value })) })
  const read = (texts: string[], field: Field) => texts.map((text) => { const found = fieldType('picklist').parse(text, field, row); return typeof found === 'string' ? found : found?.code })
  expect(read(['€', 'eur', 'Euro', '₹', 'zł', 'US$', '$', '£', 'X'], of(...currencyCodes))).toEqual(['EUR', 'EUR', 'EUR', 'INR', 'PLN', 'USD', 'picklist.unknown', 'picklist.unknown', 'picklist.unknown'])
  // $ and £ mean one currency where no other of theirs is in the list
  expect(read(['$', '£', '₹'], of('EUR', 'USD', 'GBP', 'CHF', 'PLN'))).toEqual(['USD', 'GBP', 'picklist.unknown'])
  expect(read(['€'], of('EUR', 'Andere'))).toEqual(['picklist.unknown'])
})

test('options that are codes of countries or states are found by their names', () => {
  const of = (...values: string[]): Field => fieldOf('picklist', { options: values.map((value) => ({ value })) })
  const countries = of('DE', 'AT', 'CH', 'FR', 'US', 'GB')
  expect(['Deutschland', 'Autriche', 'usa', 'Niemcy', 'fr'].map((text) => fieldType('picklist').parse(text, countries, row))).toEqual(['DE', 'AT', 'US', 'DE', 'FR'])
  expect(fieldType('picklist').parse('Spain', countries, row)).toMatchObject({ code: 'picklist.unknown' })
  const states = of('CA', 'NY', 'TX', 'WA', 'DC')
  expect(['California', 'new york', 'Washington', 'washington dc'].map((text) => fieldType('picklist').parse(text, states, row))).toEqual(['CA', 'NY', 'WA', 'DC'])
  expect(fieldType('picklist').parse('Québec', of('QC', 'ON', 'BC', 'AB', 'NS'), row)).toBe('QC')
  expect(fieldType('picklist').parse('Deutschland', of('DE', 'Andere'), row)).toMatchObject({ code: 'picklist.unknown' })
})

test('names both readings of a date that can be read two ways', () => {
  expect(fieldType('date').parse('3/4/2021', fieldOf('date'), row)).toMatchObject({ params: { first: '2021-04-03', second: '2021-03-04' } })
})

test('names the nearest option of a misspelt one, and the nearest member', () => {
  expect(fieldType('picklist').parse('Trade Shwo', fieldOf('picklist'), row)).toMatchObject({ params: { nearest: ', the nearest is "Trade Show"' } })
  expect(fieldType('owner').parse('adda@example.com', fieldOf('owner'), row)).toMatchObject({ params: { nearest: ', the nearest is "ada@example.com"' } })
})

test('tells of a tag that may be several', () => {
  const tags = fieldOf('tags')
  const warned = (text: string) => fieldType('tags').warn?.(text, String(fieldType('tags').parse(text, tags, row)), tags, row) ?? null
  expect(warned('VIP, Messe 2024')).toMatchObject({ code: 'tags.comma', params: { found: 'VIP, Messe 2024' } })
  for (const text of ['VIP; Messe 2024', 'Smith, Jo; VIP', 'VIP', '["Lovelace, Ada"]']) expect(warned(text)).toBeNull()
})

test('takes new values where a picklist is not restricted, and says so', () => {
  const open = fieldOf('picklist', { restricted: false })
  expect(fieldType('picklist').parse('Pigeon', open, row)).toBe('Pigeon')
  expect(fieldType('picklist').warn?.('Pigeon', 'Pigeon', open, row)).toMatchObject({ code: 'picklist.added' })
  expect(fieldType('picklist').warn?.('web', 'Web', open, row)).toBeNull()
  const several = fieldOf('multi-select', { restricted: false })
  expect(fieldType('multi-select').parse('Web;Pigeon', several, row)).toBe('{"Web","Pigeon"}')
  expect(fieldType('multi-select').warn?.('Web;Pigeon', '{"Web","Pigeon"}', several, row)).toMatchObject({ code: 'picklist.added' })
})
