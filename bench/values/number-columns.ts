import type { Chance } from './chance.ts'
import type { TestColumn } from './column.ts'
import type { Locale } from './locales.ts'

type Shape = 'decimals' | 'whole' | 'three decimals' | 'thousands only'

/** A column of numbers or money as the platform writes them in the locale. */
export function numberColumn(chance: Chance, locale: Locale, kind: 'number' | 'currency' | 'percent', shape: Shape, rows: number): TestColumn {
  const format = formatOf(locale, kind, shape)
  const exact = Array.from({ length: rows }, () => anyNumber(chance, kind, shape, format.resolvedOptions().maximumFractionDigits ?? 2))
  const values = exact.map((text) => (kind === 'percent' ? withSign(format.format(text as Intl.StringNumericLiteral), chance) : format.format(text as Intl.StringNumericLiteral)))
  const semicolon = locale.semicolon && chance.next() < 0.5
  return {
    name: `${locale.tag} ${kind} ${shape}`, kind, object: kind === 'number' ? 'contacts' : 'deals', field: kind === 'number' ? 'lead_score' : kind === 'percent' ? 'probability' : 'amount',
    values, truth: exact.map((text) => trimmed(text)), delimiter: semicolon ? ';' : ',', country: null, sort: isOpen(values) ? 'open' : 'decidable',
  }
}

/** Numbers with both marks in the roles of both. */
export function mixedNumbers(chance: Chance, rows: number): TestColumn {
  const formats = ['en-US', 'de-DE'].map((tag) => new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 }))
  const exact = Array.from({ length: rows }, () => anyNumber(chance, 'currency', 'decimals', 2))
  return {
    name: 'en-US and de-DE numbers mixed', kind: 'currency', object: 'deals', field: 'amount', delimiter: ',', country: null, sort: 'mixed',
    values: exact.map((text, i) => formats[i % 2]?.format(text as Intl.StringNumericLiteral) ?? ''), truth: exact.map(trimmed),
  }
}

function formatOf({ tag, currency }: Locale, kind: TestColumn['kind'], shape: Shape): Intl.NumberFormat {
  const decimals = shape === 'three decimals' ? 3 : shape === 'whole' || shape === 'thousands only' ? 0 : 2
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  if (kind !== 'currency') return new Intl.NumberFormat(tag, digits)
  return new Intl.NumberFormat(tag, shape === 'decimals' ? { style: 'currency', currency } : { style: 'currency', currency, ...digits })
}

function anyNumber(chance: Chance, kind: TestColumn['kind'], shape: Shape, decimals: number): string {
  const sign = kind !== 'percent' && chance.next() < 0.05 ? '-' : ''
  const whole = kind === 'percent' ? chance.whole(1, 99)
    : shape === 'three decimals' ? chance.whole(1, 900) : shape === 'thousands only' ? chance.whole(1_000, 900_000) : Math.floor(10 ** (chance.next() * 7))
  const fraction = decimals === 0 ? '' : `.${String(chance.whole(0, 10 ** decimals - 1)).padStart(decimals, '0')}`
  return `${whole === 0 && /^\.?0*$/.test(fraction) ? '' : sign}${whole}${fraction}`
}

function withSign(text: string, chance: Chance): string {
  return chance.next() < 0.5 ? `${text} %` : `${text}%`
}

/** Whether every mark in the column may be either; the digits are looked at as people write them, not as we read them. */
function isOpen(values: readonly string[]): boolean {
  const bodies = values.map((value) => /\p{Nd}[\p{Nd}.,'’\u00a0\u202f٬٫]*/u.exec(value)?.[0].trim() ?? '')
  const marked = bodies.filter((body) => /[.,]/.test(body))
  return marked.length > 0 && marked.every((body) => /^[1-9]\d{0,2}[.,]\d{3}$/.test(body))
}

/** As it is kept: zeros before the digits go, those after them stay. */
function trimmed(text: string): string {
  return text.replace(/^(-?)0+(?=\d)/, '$1')
}
