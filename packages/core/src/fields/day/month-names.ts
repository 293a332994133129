/** Languages whose month names are known, in the forms that the platform's own locale data has: alone, in a date, shortened. */
export const monthLanguages = [
  'en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs', 'sk', 'hu', 'ro', 'tr', 'ru', 'uk', 'bg', 'el', 'hr', 'lt', 'lv', 'et', 'sl', 'id', 'ar', 'hi', 'he', 'ca', 'sr',
] as const
export type MonthLanguage = (typeof monthLanguages)[number]

/** What people write beside the forms of the locale data, by month. */
const customary: readonly (readonly [language: MonthLanguage, names: string])[] = [
  ['en', 'jan feb mar apr may jun jul aug sep oct nov dec'], ['en', '- - - - - - - - sept - - -'],
  ['de', 'jan feb mär apr mai jun jul aug sep okt nov dez'], ['de', 'jänner feber mrz - - - - - sept - - -'], ['de', 'jan - märz april mai juni juli aug sept okt nov dez'],
  ['fr', 'jan fév mar avr mai jun jul aoû sep oct nov déc'], ['fr', '- fevrier - - - - juill aout - - - decembre'],
  ['es', 'ene feb mar abr may jun jul ago sep oct nov dic'], ['es', '- - - - - - - - set - - -'], ['es', '- - - - - - - - setiembre - - -'],
  ['it', 'gen feb mar apr mag giu lug ago set ott nov dic'], ['it', '- - - - - - - - sett - - -'],
  ['pt', 'jan fev mar abr mai jun jul ago set out nov dez'], ['pt', '- - marco - - - - - - - - -'],
  ['nl', 'jan feb mrt apr mei jun jul aug sep okt nov dec'], ['nl', '- - maa - - - - - - - - -'],
  ['sv', 'jan feb mar apr maj jun jul aug sep okt nov dec'], ['da', 'jan feb mar apr maj jun jul aug sep okt nov dec'], ['nb', 'jan feb mar apr mai jun jul aug sep okt nov des'],
]

/** What a name means: the month by each language that has it. */
export interface MonthName {
  /** 1 to 12; 0 where languages differ (Polish and Croatian "listopad"). */
  month: number
  byLanguage: ReadonlyMap<MonthLanguage, number>
}

let names: Map<string, MonthName & { byLanguage: Map<MonthLanguage, number> }> | null = null

/** The month of a name or abbreviation, with or without a point at its end; null for anything else. */
export function monthNamed(name: string): MonthName | null {
  names ??= allNames()
  const key = fold(name)
  // Hebrew joins "in" to the month
  return names.get(key) ?? (key.startsWith('ב') ? names.get(key.slice(1)) ?? null : null)
}

function allNames(): NonNullable<typeof names> {
  const found: NonNullable<typeof names> = new Map()
  const add = (language: MonthLanguage, month: number, name: string): void => {
    const key = fold(name)
    if (!/^\p{L}[\p{L}\p{M}]+$/u.test(key)) return
    const known = found.get(key)
    if (!known) { found.set(key, { month, byLanguage: new Map([[language, month]]) }); return }
    if (!known.byLanguage.has(language)) known.byLanguage.set(language, month)
    if (known.month !== month) known.month = 0
  }
  const styles: Intl.DateTimeFormatOptions[] = [{ month: 'long' }, { month: 'short' }, { day: 'numeric', month: 'long' }, { day: 'numeric', month: 'short' }, { dateStyle: 'medium' }, { dateStyle: 'long' }]
  for (const language of monthLanguages) {
    for (const style of styles) {
      const format = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC', calendar: 'gregory' })
      for (let month = 1; month <= 12; month++) {
        const name = format.formatToParts(Date.UTC(2021, month - 1, 15)).find((part) => part.type === 'month')?.value
        if (name !== undefined) add(language, month, name)
      }
    }
  }
  for (const [language, line] of customary) for (const [i, name] of line.split(' ').entries()) add(language, i + 1, name)
  return found
}

function fold(name: string): string {
  return name.normalize('NFC').toLowerCase().replace(/[.׳॰]$/, '')
}
