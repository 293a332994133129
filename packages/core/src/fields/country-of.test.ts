import { describe, expect, it } from 'vitest'
import { countryOf } from './country-of.ts'

const countries: [text: string, code: string | null][] = [
  ['US', 'US'], ['us', 'US'], ['USA', 'US'], ['United States', 'US'], ['United States of America', 'US'], ['UK', 'GB'], ['United Kingdom', 'GB'], ['England', 'GB'],
  ['Germany', 'DE'], ['Deutschland', 'DE'], ['DEU', 'DE'], [' france ', 'FR'], ['Côte d’Ivoire', 'CI'], ['Ivory Coast', 'CI'], ['Japan', 'JP'], ['Brasil', 'BR'], ['España', 'ES'],
  ['Nederland', 'NL'], ['Niemcy', 'DE'], ['Österreich', 'AT'], ['日本', 'JP'], ['Соединенные Штаты', 'US'], ['ألمانيا', 'DE'], ['Türkiye', 'TR'], ['Turkey', 'TR'], ['D', 'DE'], ['a', 'AT'], ['CH', 'CH'], ['F', 'FR'], ['I', 'IT'], ['E', 'ES'], ['FL', 'LI'], ['SLO', 'SI'], ['X', null], ['U.S.A.', 'US'], ['European Union', null], ['EU', null], ['ZZ', null], ['Bavaria', null], ['', null], ['__proto__', null],
]

describe('countryOf', () => {
  it.each(countries)('reads %j as %j', (text, code) => {
    expect(countryOf(text)).toBe(code)
  })
})
