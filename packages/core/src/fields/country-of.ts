/** Region codes that CLDR names although no telephone or post goes there. */
const noCountries: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

/** Names in daily use that are no display name in any of the languages below. */
export const dailyCountryNames: Readonly<Record<string, string>> = {
  usa: 'US', 'u.s.a.': 'US', 'u.s.': 'US', 'united states of america': 'US', america: 'US', uk: 'GB', 'u.k.': 'GB', 'great britain': 'GB', britain: 'GB', england: 'GB',
  scotland: 'GB', wales: 'GB', 'northern ireland': 'GB', gbr: 'GB', deu: 'DE', ger: 'DE', fra: 'FR', esp: 'ES', ita: 'IT', nld: 'NL', holland: 'NL', 'the netherlands': 'NL',
  che: 'CH', aut: 'AT', bel: 'BE', can: 'CA', aus: 'AU', bra: 'BR', mex: 'MX', jpn: 'JP', chn: 'CN', ind: 'IN', irl: 'IE', swe: 'SE', nor: 'NO', dnk: 'DK', fin: 'FI', pol: 'PL',
  prt: 'PT', 'republic of ireland': 'IE', 'czech republic': 'CZ', turkey: 'TR', korea: 'KR', 'republic of korea': 'KR', 'russian federation': 'RU', uae: 'AE', 'viet nam': 'VN',
  'hong kong': 'HK', macau: 'MO', macao: 'MO', 'ivory coast': 'CI', burma: 'MM', swaziland: 'SZ', 'cape verde': 'CV', 'peoples republic of china': 'CN', "people's republic of china": 'CN',
}
/**
 * Signs of countries on cars, which people write into addresses before the postal code (D-10115): those that are no ISO code. They mean a country
 * where one is asked for; that a column holds countries, a letter does not show.
 */
const carSigns: Readonly<Record<string, string>> = {
  a: 'AT', b: 'BE', d: 'DE', e: 'ES', f: 'FR', h: 'HU', i: 'IT', l: 'LU', n: 'NO', p: 'PT', s: 'SE', fl: 'LI', slo: 'SI', cdn: 'CA', rus: 'RU', lux: 'LU', est: 'EE', el: 'GR', srb: 'RS', mne: 'ME', bih: 'BA',
}
/** English first: its names are known to all files, and those of the others are looked up only when a text is none of them. */
const languages = [
  'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs', 'sk', 'hu', 'ro', 'tr', 'ru', 'uk', 'bg', 'el', 'hr', 'lt', 'lv', 'et', 'sl', 'ca', 'id', 'vi', 'ar', 'he', 'hi', 'th', 'ja', 'ko', 'zh-Hans', 'zh-Hant',
]

let english: Map<string, string> | null = null
let others: Map<string, string> | null = null

/**
 * ISO 3166 alpha-2 of a country written as its code, its sign on cars or its name in one of some forty languages, in any letter case; null when the text
 * names none. Not a spelling corrector: it decides how telephone numbers are read, so it never guesses. A name that means two countries in two
 * languages means neither.
 */
export function countryOf(text: string): string | null {
  const key = text.trim().normalize('NFC').toLowerCase()
  english ??= englishNames()
  const found = english.get(key)
  if (found !== undefined || key.length < 2 || /\d/.test(key)) return found ?? null
  others ??= otherNames(english)
  return others.get(key) || null
}

function englishNames(): Map<string, string> {
  const found = new Map<string, string>()
  for (const { code, today, name } of countryNamesIn('en')) {
    found.set(code.toLowerCase(), today)
    const key = name.toLowerCase()
    if (!found.has(key)) found.set(key, today)
  }
  for (const [name, code] of Object.entries(dailyCountryNames)) found.set(name, code)
  for (const [sign, code] of Object.entries(carSigns)) if (!found.has(sign)) found.set(sign, code)
  return found
}

/** '' for a name that means two countries. */
function otherNames(known: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>()
  for (const language of languages) {
    for (const { today, name } of countryNamesIn(language)) {
      const key = name.normalize('NFC').toLowerCase()
      if (!known.has(key)) found.set(key, found.has(key) && found.get(key) !== today ? '' : today)
    }
  }
  return found
}

/** Every country's name in a language, with its code and the code in use today. */
export function* countryNamesIn(language: string): Generator<{ code: string; today: string; name: string }> {
  const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  for (const code of letters.flatMap((a) => letters.map((b) => a + b))) {
    const name = noCountries.has(code) ? undefined : display.of(code)
    // "UK" and other former or reserved codes are names of the code in use today.
    if (name !== undefined) yield { code, today: new Intl.Locale('und', { region: code }).region ?? code, name }
  }
}
