import type { CountryCode, MetadataJson } from 'libphonenumber-js/max'
import metadataJson from 'libphonenumber-js/max/metadata'

/** What a country's numbers look like, compiled once from the phone library's own metadata. */
export interface NumberingPlan {
  country: CountryCode
  /** `49` */
  callingCode: string
  /** What is dialled before a calling code, where a number starts. */
  abroad: RegExp | null
  /** National prefix, where a number starts. */
  prefix: RegExp | null
  /** The prefix may be replaced by other digits, which only the library does. */
  prefixReplaced: boolean
  /** Any number of the country; laxer than `valid`. */
  general: RegExp
  /** A number of one of the country's types: what the library calls valid. */
  valid: RegExp
  /** Numbers that start so belong to this country among those that share the calling code; null: `valid` decides. */
  leadingDigits: RegExp | null
  /** Lengths of a national number, ascending; null: not limited. */
  lengths: readonly number[] | null
}

/** The positions that we read of a country's metadata; the library documents them in its METADATA.md. */
type PackedPlan = [
  callingCode: string, abroad: string | 0, general: string, lengths: number[] | 0, formats: unknown, prefix: string | 0, prefixRule: unknown,
  prefixForParsing: string | 0, prefixReplacement: string | 0, prefixOptional: unknown, leadingDigits: string | 0,
  types: (0 | [pattern: string, lengths?: number[]])[] | 0,
]

// The library declares its metadata as opaque, yet keeps the shape stable by version: it is checked by the differential test.
const metadata = metadataJson as MetadataJson & { countries: Record<string, PackedPlan | undefined>; country_calling_codes: Record<string, CountryCode[] | undefined> }

const plans = new Map<string, NumberingPlan | null>()
const shared = new Map<string, readonly NumberingPlan[]>()

/** The plan of a country by its ISO 3166 alpha-2 code in upper case; null when the library has none, or one without types. */
export function numberingPlan(country: string): NumberingPlan | null {
  let plan = plans.get(country)
  if (plan === undefined) {
    const packed = Object.hasOwn(metadata.countries, country) ? metadata.countries[country] : undefined
    plans.set(country, plan = packed ? compile(country as CountryCode, packed) : null)
  }
  return plan
}

/** Whether telephone numbers can be read as of this country. */
export function hasNumberingPlan(country: string): boolean {
  return numberingPlan(country) !== null
}

/** Plans of the countries that share a calling code, the main one first; none for a code that is not geographic, or unknown. */
export function plansOf(callingCode: string): readonly NumberingPlan[] {
  let found = shared.get(callingCode)
  if (found === undefined) {
    const countries = Object.hasOwn(metadata.country_calling_codes, callingCode) ? metadata.country_calling_codes[callingCode] ?? [] : []
    const compiled = countries.map(numberingPlan)
    found = compiled.every((plan) => plan !== null) ? compiled : []
    shared.set(callingCode, found)
  }
  return found
}

function compile(country: CountryCode, packed: PackedPlan): NumberingPlan | null {
  const [callingCode, abroad, general, lengths, , prefix, , prefixForParsing, prefixReplacement, , leadingDigits, types] = packed
  const patterns: string[] = []
  for (const type of types || []) {
    if (!type || type[0] === '') continue
    const [pattern, ofType] = type
    const allowed = ofType ?? (lengths || null)
    patterns.push(allowed ? `(?=(?:${allowed.map((length) => `\\d{${length}}`).join('|')})$)(?:${pattern})` : `(?:${pattern})`)
  }
  if (patterns.length === 0) return null
  const national = prefixForParsing || prefix
  return {
    country,
    callingCode,
    abroad: abroad ? new RegExp(abroad, 'y') : null,
    prefix: national ? new RegExp(`(?:${national})`, 'y') : null,
    prefixReplaced: Boolean(prefixReplacement),
    general: new RegExp(`^(?:${general})$`),
    valid: new RegExp(`^(?=(?:${general})$)(?:${patterns.join('|')})$`),
    leadingDigits: leadingDigits ? new RegExp(`^(?:${leadingDigits})`) : null,
    lengths: lengths || null,
  }
}
