import { describe, expect, it } from 'vitest'
import { PhoneEvidence } from './phone-evidence.ts'

function majority(numbers: string[]): string | null {
  const evidence = new PhoneEvidence()
  numbers.forEach((number, i) => evidence.see(number, i + 2, null))
  return evidence.majority()
}
const german = ['4915112345678', '4915212345678', '4917012345678', '4916012345678', '498912345678']

describe('the country of a column of telephones', () => {
  it.each([
    ['digits that begin with one calling code', german, 'DE'], ['the same, and a few others', [...german, ...german, '123'], 'DE'], ['too few of them', german.slice(0, 4), null], ['as many others', [...german, '2125550101', '2125550102', '2125550103'], null],
    ['national numbers of ten digits', Array.from({ length: 8 }, (_, i) => `212555010${i}`), null], ['Brazilian mobile numbers without a country', Array.from({ length: 8 }, (_, i) => `1198765432${i}`), null],
    ['Chinese mobile numbers without a country', Array.from({ length: 8 }, (_, i) => `1381234567${i}`), null], ['numbers with a +', ['+33612345678', '+33612345679', '+33612345670', '+33612345671', '+33612345672'], 'FR'],
  ])('%s', (_, numbers, country) => {
    expect(majority(numbers)).toBe(country)
  })
})
