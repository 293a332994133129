import type { Field } from '../schema/field.ts'
import { countryOf } from './country-of.ts'
import type { RowContext } from './row-context.ts'
import { stateOf } from './state-of.ts'

/** Codes already found, by what was asked: a file has few different places. Bounded, because a hostile file may not. */
const remembered = 5_000
const codes = new Map<string, string | null>()

/** The ISO code of the country or state that a text names, for a field that asks for it; a state as one of the row's country, else of the organization's. Null when it names none. */
export function isoCode(text: string, iso: NonNullable<Field['iso']>, row: RowContext): string | null {
  const country = iso === 'country' ? '' : row.country ?? row.defaultCountry
  const key = `${country}:${text}`
  const known = codes.get(key)
  if (known !== undefined) return known
  const code = iso === 'country' ? countryOf(text) : stateOf(text, country)
  if (codes.size < remembered) codes.set(key, code)
  return code
}
