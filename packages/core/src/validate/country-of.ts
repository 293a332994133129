/** Region codes that CLDR names although no telephone or post goes there. */
const noCountries: ReadonlySet<string> = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ'])

/** Names in daily use that are no display name in any of the languages below. */
const daily: Record<string, string> = {
  usa: 'US', 'u.s.a.': 'US', 'u.s.': 'US', 'united states of america': 'US', america: 'US', uk: 'GB', 'u.k.': 'GB', 'great britain': 'GB', britain: 'GB', england: 'GB',
  scotland: 'GB', wales: 'GB', 'northern ireland': 'GB', gbr: 'GB', deu: 'DE', ger: 'DE', fra: 'FR', esp: 'ES', ita: 'IT', nld: 'NL', holland: 'NL', 'the netherlands': 'NL',
  che: 'CH', aut: 'AT', bel: 'BE', can: 'CA', aus: 'AU', bra: 'BR', mex: 'MX', jpn: 'JP', chn: 'CN', ind: 'IN', irl: 'IE', swe: 'SE', nor: 'NO', dnk: 'DK', fin: 'FI', pol: 'PL',
  prt: 'PT', 'republic of ireland': 'IE', 'czech republic': 'CZ', turkey: 'TR', korea: 'KR', 'republic of korea': 'KR', 'russian federation': 'RU', uae: 'AE', 'viet nam': 'VN',
  'hong kong': 'HK', macau: 'MO', macao: 'MO', 'ivory coast': 'CI', burma: 'MM', swaziland: 'SZ', 'cape verde': 'CV', 'peoples republic of china': 'CN', "people's republic of china": 'CN',
}
const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl']

let names: Map<string, string> | null = null

/**
 * ISO 3166 alpha-2 of a country written as its code or its name in English (or German, French, Spanish, Italian, Portuguese, Dutch), in
 * any letter case; null when the text names none. Not a spelling corrector: it decides how telephone numbers are read, so it never guesses.
 */
export function countryOf(text: string): string | null {
  names ??= allNames()
  return names.get(text.trim().toLowerCase()) ?? null
}

function allNames(): Map<string, string> {
  const found = new Map<string, string>()
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
  const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter((code) => !noCountries.has(code))
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const code of codes) {
      const name = display.of(code)
      if (name === undefined) continue
      // "UK" and other former or reserved codes are names of the code in use today.
      const today = new Intl.Locale('und', { region: code }).region ?? code
      if (language === languages[0]) found.set(code.toLowerCase(), today)
      const key = name.toLowerCase()
      if (!found.has(key)) found.set(key, today)
    }
  }
  for (const [name, code] of Object.entries(daily)) found.set(name, code)
  return found
}
