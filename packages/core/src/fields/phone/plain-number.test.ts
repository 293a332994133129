import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import { expect, test } from 'vitest'
import { readPlainNumber } from './plain-number.ts'

/** Numbers that follow from a seed, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state >>> 0) / 4294967296
  }
}

function library(text: string, country: CountryCode): string | null {
  const number = parsePhoneNumberFromString(text, country)
  return number?.isValid() ? number.number : null
}

/** One national number in the ways people write it, right and wrong. */
function notations(national: string, callingCode: string): string[] {
  return [
    national, `0${national}`, `1${national}`, `8${national}`, `${callingCode}${national}`, `+${callingCode}${national}`, `+${callingCode} (0) ${national}`,
    `+${callingCode}-${national.slice(0, 3)}-${national.slice(3)}`, `00${callingCode}${national}`, `011 ${callingCode} ${national}`,
    `(${national.slice(0, 3)}) ${national.slice(3)}`, `(0${national.slice(0, 2)}) ${national.slice(2, 5)}/${national.slice(5)}`, `+${national}`, `00${national}`,
  ]
}

/** Two in three are near a number that exists, one in three is any run of digits. */
function someNational(country: CountryCode, next: () => number): string {
  const digit = () => String(Math.floor(next() * 10))
  if (next() < 0.33) return Array.from({ length: 3 + Math.floor(next() * 12) }, digit).join('')
  const digits = [...examples[country]]
  for (let changes = Math.floor(next() * 4); changes > 0; changes--) digits[Math.floor(next() * digits.length)] = digit()
  return digits.join('')
}

test('never disagrees with the phone library, for every country, in many notations, valid or not', () => {
  const next = random(20_240_229)
  const countries = getCountries()
  const disagreements: unknown[] = []
  let compared = 0
  let valid = 0
  let unsure = 0
  for (let round = 0; round < 12; round++) {
    for (const country of countries) {
      const national = someNational(country, next)
      const reader = next() < 0.8 ? country : countries[Math.floor(next() * countries.length)] ?? country
      for (const text of notations(national, getCountryCallingCode(country))) {
        const fast = readPlainNumber(text, reader)
        if (fast === undefined) {
          unsure++
          continue
        }
        compared++
        const slow = library(text, reader)
        if (slow !== null) valid++
        if (fast !== slow) disagreements.push([text, reader, fast, slow])
      }
    }
  }
  expect(disagreements).toEqual([])
  expect(compared).toBeGreaterThan(30_000)
  expect(valid).toBeGreaterThan(5_000)
  expect(unsure).toBeLessThan(compared * 0.1)
}, 60_000)

const undecided = ['212-555-2345 x5', '+1 212 555 2345 ext. 5', '２１２ ５５５ ２３４５', 'tel:+12125552345', '+800 1234 5678', '1-800-FLOWERS', '12']
test.each(undecided)('leaves %j to the library', (text) => {
  expect(readPlainNumber(text, 'US')).toBeUndefined()
})

test('leaves countries without a numbering plan to the library', () => {
  expect(readPlainNumber('212 555 2345', 'XX')).toBeUndefined()
  expect(readPlainNumber('212 555 2345', '__proto__')).toBeUndefined()
})
