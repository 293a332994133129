import { describe, expect, it } from 'vitest'
import { PhoneEvidence } from './phone-evidence.ts'

function majority(numbers: string[]): string | null {
  const evidence = new PhoneEvidence()
  numbers.forEach((number, i) => evidence.see(number, i + 2, null))
  return evidence.majority()
}
const german = ['4915112345678', '4915212345678', '4917012345678', '4916012345678', '498912345678']

/** Numbers with the country of their row; null: the row names none. */
function home(numbers: [number: string, country: string | null][]): string | null {
  const parts = [new PhoneEvidence(), new PhoneEvidence()] as const
  numbers.forEach(([number, country], i) => parts[i % 2 === 0 ? 0 : 1].see(number, i + 2, country))
  parts[0].join(parts[1])
  return parts[0].home()?.country ?? null
}
const times = (count: number, number: [string, string | null]): [string, string | null][] => Array.from({ length: count }, () => number)
const nameless: [string, null] = ['0301234567', null]
const inGermany: [string, string] = ['0301234567', 'DE']
const withCode: [string, null] = ['+49 30 1234567', null]

describe('the country of numbers whose row names none', () => {
  it.each<[string, [string, string | null][], string | null]>([
    ['rows of one country beside them', [...times(5, inGermany), ...times(9, nameless)], 'DE'], ['calling codes and rows of one country', [withCode, withCode, inGermany, inGermany, inGermany, nameless], 'DE'],
    ['two calling codes and one such number', [withCode, nameless, withCode], 'DE'], ['two calling codes and three such numbers', [withCode, nameless, withCode, nameless, nameless], null], ['one calling code', [withCode, nameless], null],
    ['rows of two countries', [inGermany, inGermany, inGermany, ['2125550101', 'US'], ['2125550102', 'US'], nameless], null], ['few that do not agree', [withCode, withCode, ['+33612345678', null], nameless], null],
    ['calling codes against most rows', [...times(5, withCode), ...times(40, ['2125550101', 'US']), nameless], 'US'],
    ['a country without telephones', [...times(6, ['123456', 'AQ']), nameless], null],
  ])('is told by %s', (_, numbers, country) => {
    expect(home(numbers)).toBe(country)
  })
})

describe('the country of a column of telephones', () => {
  it.each([
    ['digits that begin with one calling code', german, 'DE'], ['the same, and a few others', [...german, ...german, '123'], 'DE'], ['too few of them', german.slice(0, 4), null], ['as many others', [...german, '2125550101', '2125550102', '2125550103'], null],
    ['national numbers of ten digits', Array.from({ length: 8 }, (_, i) => `212555010${i}`), null], ['Brazilian mobile numbers without a country', Array.from({ length: 8 }, (_, i) => `1198765432${i}`), null],
    ['Chinese mobile numbers without a country', Array.from({ length: 8 }, (_, i) => `1381234567${i}`), null], ['numbers with a +', ['+33612345678', '+33612345679', '+33612345670', '+33612345671', '+33612345672'], 'FR'],
  ])('%s', (_, numbers, country) => {
    expect(majority(numbers)).toBe(country)
  })
})
