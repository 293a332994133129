import type { Chance } from './chance.ts'
import type { TestColumn } from './column.ts'
import type { Locale } from './locales.ts'

interface Day { year: number; month: number; day: number; hour: number; minute: number; second: number }
type Style = Intl.DateTimeFormatOptions

const dayStyles: readonly Style[] = [
  { dateStyle: 'short' }, { year: 'numeric', month: 'numeric', day: 'numeric' }, { year: 'numeric', month: '2-digit', day: '2-digit' }, { dateStyle: 'medium' }, { dateStyle: 'long' }, { dateStyle: 'full' },
  { year: '2-digit', month: '2-digit', day: '2-digit' },
]
const timeStyles: readonly Style[] = [{ timeStyle: 'short' }, { timeStyle: 'medium' }]

/** How the days of a column lie: anywhere, in the order of time, or so that no day is above 12. */
type Spread = 'anywhere' | 'in order' | 'low days' | 'first of months'

/** A column of days, or of moments, as the platform writes them in the locale. */
export function dateColumn(chance: Chance, locale: Locale, spread: Spread, withTime: boolean, rows: number): TestColumn {
  const style = chance.pick(spread === 'anywhere' ? dayStyles : dayStyles.slice(0, 3))
  const days = Array.from({ length: rows }, () => anyDay(chance, spread))
  if (spread === 'in order') days.sort((a, b) => stamp(a) - stamp(b))
  const format = formatOf(locale, style, withTime ? chance.pick(timeStyles) : null)
  const values = days.map((day) => format.format(stamp(day)))
  const birth = !withTime && chance.next() < 0.5
  const semicolon = locale.semicolon && chance.next() < 0.5
  const country = chance.next() < 0.2 && (birth || withTime) && countryTells(locale) ? locale.country : null
  const open = isOpen(format, days) && !semicolon && country === null && !(spread === 'in order' && runsOneWay(days, format)) && !pointed(format)
  const seconds = format.formatToParts(0).some(({ type }) => type === 'second')
  return {
    name: `${locale.tag} ${JSON.stringify(style)} ${spread}${withTime ? ' with time' : ''}`, kind: withTime ? 'date-time' : 'date', object: birth ? 'contacts' : withTime ? 'contacts' : 'deals',
    field: withTime ? 'created_at' : birth ? 'birthdate' : 'close_date', values, delimiter: semicolon ? ';' : ',', country, sort: open ? 'open' : 'decidable',
    truth: days.map((day) => (withTime ? instant(day, seconds) : iso(day))),
  }
}

/** Half of the column from one locale and half from another that puts day and month the other way round. */
export function mixedDates(chance: Chance, rows: number): TestColumn {
  const style = dayStyles[chance.whole(1, 2)] ?? {}
  const formats = ['en-US', 'en-GB'].map((tag) => new Intl.DateTimeFormat(tag, { ...style, timeZone: 'UTC' }))
  const days = Array.from({ length: rows }, () => anyDay(chance, 'anywhere'))
  return {
    name: `en-US and en-GB ${JSON.stringify(style)} mixed`, kind: 'date', object: 'deals', field: 'close_date', delimiter: ',', country: null, sort: 'mixed',
    values: days.map((day, i) => formats[i % 2]?.format(stamp(day)) ?? ''), truth: days.map(iso),
  }
}

/** Days as the numbers that a spreadsheet or a program counts. */
export function countedDates(chance: Chance, rows: number): TestColumn {
  const form = chance.pick(['excel', 'seconds', 'milliseconds'] as const)
  const days = Array.from({ length: rows }, () => anyDay(chance, 'anywhere'))
  const written = (day: Day): string => {
    const ms = Date.UTC(day.year, day.month - 1, day.day)
    return String(form === 'excel' ? ms / 86_400_000 + 25_569 : form === 'seconds' ? ms / 1000 + 3600 : ms + 3_600_000)
  }
  return { name: `days as ${form}`, kind: 'date', object: 'deals', field: 'close_date', delimiter: ',', country: null, sort: 'decidable', values: days.map(written), truth: days.map(iso) }
}

function anyDay(chance: Chance, spread: Spread): Day {
  const year = chance.whole(2003, 2025)
  const month = chance.whole(1, 12)
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const day = spread === 'first of months' ? 1 : spread === 'low days' ? chance.whole(1, 12) : chance.whole(1, last)
  return { year, month, day, hour: chance.whole(0, 23), minute: chance.whole(0, 59), second: chance.whole(0, 59) }
}

function formatOf({ tag }: Locale, day: Style, time: Style | null): Intl.DateTimeFormat {
  const clock: Style = time?.timeStyle === 'medium' ? { hour: 'numeric', minute: '2-digit', second: '2-digit' } : { hour: 'numeric', minute: '2-digit' }
  const parts = time === null ? {} : day.dateStyle === undefined ? clock : time
  return new Intl.DateTimeFormat(tag, { ...day, ...parts, timeZone: 'UTC', calendar: 'gregory' })
}

/** Whether three plain numbers with no day above 12 leave their order open, or all fit a year in front, too. */
function isOpen(format: Intl.DateTimeFormat, days: readonly Day[]): boolean {
  const parts = format.formatToParts(0).filter(({ type }) => type === 'year' || type === 'month' || type === 'day')
  const named = format.formatToParts(0).some(({ type, value }) => type === 'month' && !/^\p{Nd}+$/u.test(value))
  if (named) return false
  const [first] = parts
  const year = parts.find(({ type }) => type === 'year')
  const two = (year?.value ?? '').length === 2
  if (first?.type === 'year') return two
  if (two) return true // three numbers of two digits each: what they mean is never proven, only likely
  return days.every(({ day, month }) => day <= 12 && month <= 12) && days.some(({ day, month }) => day !== month)
}

function pointed(format: Intl.DateTimeFormat): boolean {
  return format.formatToParts(0).some(({ type, value }) => type === 'literal' && value.trim() === '.') && (format.formatToParts(0).find(({ type }) => type === 'year')?.value ?? '').length === 4
}

function runsOneWay(days: readonly Day[], format: Intl.DateTimeFormat): boolean {
  return days.length >= 12 && format.formatToParts(0)[0]?.type === 'day'
}

function countryTells({ country }: Locale): boolean {
  return !['CH', 'SE', 'JP'].includes(country)
}

function stamp({ year, month, day, hour, minute, second }: Day): number {
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

function iso({ year, month, day }: Day): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function instant(day: Day, seconds: boolean): string {
  const pad = (n: number): string => String(n).padStart(2, '0')
  return `${iso(day)}T${pad(day.hour)}:${pad(day.minute)}:${seconds ? pad(day.second) : '00'}Z`
}
