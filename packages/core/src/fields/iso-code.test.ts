import { describe, expect, it } from 'vitest'
import { isoCode } from './iso-code.ts'
import { rowContext } from './row-context.ts'
import { countriesWithStates, statesOf, stateOf } from './state-of.ts'
import { textType } from './text.ts'

const row = (country: string | null) => Object.assign(rowContext(null, { defaultCountry: 'US' }), { country })

describe('the ISO code of', () => {
  it.each([
    ['country', 'Deutschland', null, 'DE'], ['country', 'de', null, 'DE'], ['country', 'Allemagne', null, 'DE'], ['country', 'Vereinigte Staaten', null, 'US'], ['country', 'Narnia', null, null],
    ['state', 'California', null, 'CA'], ['state', 'ca', null, 'CA'], ['state', 'Bavaria', 'DE', 'BY'], ['state', 'BAYERN', 'DE', 'BY'], ['state', 'Thueringen', 'DE', null], ['state', 'Milan', 'IT', 'MI'], ['state', 'forli cesena', 'IT', 'FC'],
    ['state', 'Córdoba', 'ES', 'CO'], ['state', 'Gerona', 'ES', 'GI'], ['state', 'Ile de France', 'FR', 'IDF'], ['state', '75', 'FR', '75'], ['state', "Côte d'Or", 'FR', '21'], ['state', 'Bayern', 'FR', null], ['state', 'anything', 'KI', null],
  ] as const)('the %s %s in a row of %s is %s', (iso, text, country, code) => {
    expect(isoCode(text, iso, row(country))).toBe(code)
  })

  it('every state is found by its code, and no two have one', () => {
    for (const country of countriesWithStates) for (const [code, names] of statesOf(country)) {
      expect([country, code, stateOf(code, country)]).toEqual([country, code, code])
      expect([names[0], statesOf(country).get(stateOf(names[0] ?? '', country) ?? '')?.[0]]).toEqual([names[0], names[0]])
    }
    expect([statesOf('IT').size, statesOf('ES').size, statesOf('FR').size]).toEqual([107, 52, 109])
  })

  it('a text field stores where it asks for it, with a warning for what is not known', () => {
    const field = { name: 'mailing_country', label: 'Country', kind: 'text', iso: 'country' } as const
    expect(['Deutschland', 'Narnia'].map((text) => [textType.parse(text, field, row(null)), textType.warn?.(text, text, field, row(null))?.code ?? null])).toEqual([['DE', null], ['Narnia', 'type.place-unknown']])
    expect(textType.parse('Deutschland', { ...field, iso: undefined } as never, row(null))).toBe('Deutschland')
  })
})
