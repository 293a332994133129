import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fault } from '../issues/fault.ts'
import { parseFilterText } from './filter-text.ts'

/** Filter, field, operator, values. */
const good: [string, string, string, string[]][] = [
  ['lead_source = Web', 'lead_source', '=', ['Web']],
  ['lead_source=Web', 'lead_source', '=', ['Web']],
  ['  amount>=1000 ', 'amount', '>=', ['1000']],
  ['amount >= -5', 'amount', '>=', ['-5']],
  ['amount=-5', 'amount', '=', ['-5']],
  ['city != New York', 'city', '!=', ['New York']],
  ['city <> New York', 'city', '!=', ['New York']],
  ['city == Rome', 'city', '=', ['Rome']],
  ['city="  Rome "', 'city', '=', ['  Rome ']],
  ["name = 'O''Neill \"Jr\"'", 'name', '=', ['O\'Neill "Jr"']],
  ['name = "5"" pipe"', 'name', '=', ['5" pipe']],
  ["name = O'Neill", 'name', '=', ["O'Neill"]],
  ['name = a = b', 'name', '=', ['a = b']],
  ['account.name contains & Co.', 'account.name', 'contains', ['& Co.']],
  ['account.name CONTAINS x', 'account.name', 'contains', ['x']],
  ['email starts-with ada@', 'email', 'starts-with', ['ada@']],
  ['email contains"x y"', 'email', 'contains', ['x y']],
  ['lead_source in (Web, Trade Show,Referral)', 'lead_source', 'in', ['Web', 'Trade Show', 'Referral']],
  ['name in(a)', 'name', 'in', ['a']],
  [`name in ("a, b", 'c''d' , e)`, 'name', 'in', ['a, b', "c'd", 'e']],
  ['name in (x (y), z)', 'name', 'in', ['x (y)', 'z']],
  ['name in (");", x)', 'name', 'in', [');', 'x']],
  ['email is-empty', 'email', 'is-empty', []],
  ['email is-not-empty', 'email', 'is-not-empty', []],
  ['email = ""', 'email', 'is-empty', []],
  ["email != ''", 'email', 'is-not-empty', []],
  ['name = is-empty', 'name', '=', ['is-empty']],
  [`name = x'); DROP TABLE contacts; --`, 'name', '=', [`x'); DROP TABLE contacts; --`]],
]

test.each(good)('reads the filter %j', (text, field, operator, values) => {
  expect(parseFilterText(text, 'where[0]')).toEqual({ field, operator, values })
})

/** Filter, code of the fault, a word that its message must have. */
const bad: [string, string, RegExp][] = [
  ['', 'where-invalid', /names no field/],
  ['= Web', 'where-invalid', /names no field/],
  ['email', 'where-invalid', /operator is missing/],
  ['email like x', 'unknown-operator', /found "like"/],
  ['email contain x', 'unknown-operator', /Did you mean "contains"\?/],
  ['email start-with x', 'unknown-operator', /Did you mean "starts-with"\?/],
  ['email ~ x', 'unknown-operator', /found "~"/],
  ['email === x', 'unknown-operator', /found "==="/],
  ['email toString x', 'unknown-operator', /found "toString"/],
  ['email =', 'where-invalid', /a value is missing.*is-empty/],
  ['email contains ""', 'where-invalid', /needs a value/],
  ['email is-empty x', 'where-invalid', /takes no value/],
  ['name = "Rome', 'where-invalid', /never closed/],
  ['name = "Rome" and', 'where-invalid', /after the closing "/],
  ['name in a, b', 'where-invalid', /brackets/],
  ['name in ()', 'where-invalid', /empty value/],
  ['name in (a, b,)', 'where-invalid', /empty value/],
  ['name in ("a", )', 'where-invalid', /empty value/],
  ['name in (a,,b)', 'where-invalid', /empty value/],
  ['name in ("a" "b")', 'where-invalid', /comma is missing/],
  ['name in ("a)', 'where-invalid', /never closed/],
  ['name = a\0b', 'where-invalid', /character/],
  ['name = \ud800', 'where-invalid', /character/],
]

test.each(bad)('refuses the filter %j', (text, code, message) => {
  const fault = faultOf(() => parseFilterText(text, 'where[3]'))
  expect(fault).toMatchObject({ code, path: 'where[3]' })
  expect(fault.message).toMatch(message)
})

test('refuses a filter that is longer than any that somebody types', () => {
  expect(faultOf(() => parseFilterText(`name = ${'x'.repeat(100_001)}`, ''))).toMatchObject({ code: 'where-invalid', message: expect.stringMatching(/at most 100000/) })
})

test('takes back every value that it is given in quotes, alone and in a list', () => {
  const value = fc.string({ minLength: 1, unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'))
  const quote = (text: string, sign: string) => sign + text.replaceAll(sign, sign + sign) + sign
  fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), fc.constantFrom('"', "'"), (values, sign) => {
    expect(parseFilterText(`f in (${values.map((one) => quote(one, sign)).join(',')})`, '').values).toEqual(values)
    expect(parseFilterText(`f != ${quote(values[0] ?? '', sign)}`, '').values).toEqual(values.slice(0, 1))
  }))
})

test('answers any text with a filter or a fault, in time linear in its length', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    try {
      parseFilterText(text, '')
    } catch (error) {
      expect(error).toBeInstanceOf(Fault)
    }
  }))
  for (const text of [`f in (${'"a",'.repeat(20_000)})`, `f in (${'('.repeat(90_000)}`, ' '.repeat(99_000), `f = ${'"'.repeat(98_999)}`]) {
    expect(() => parseFilterText(text, '')).toThrow(Fault)
  }
})

function faultOf(work: () => unknown): Fault {
  try {
    work()
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('no fault was thrown')
}
