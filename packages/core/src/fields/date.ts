import type { FieldType } from './field-type.ts'
import { monthNamed } from './month-names.ts'
import { Problem } from './problem.ts'
import type { DateOrder } from './row-context.ts'

/** A day without time or zone, years 0001 to 9999. Canonical is `YYYY-MM-DD`. A time of midnight after it is dropped: spreadsheets add it. */
export const dateType: FieldType = {
  kind: 'date',
  mayWarn: false,
  appendable: false,
  parse(text, _field, row) {
    if (isIsoDay(text)) return text
    return parseDay(text.length <= longestDay ? text.replace(midnight, '') : text, row.dateOrder)
  },
  print(canonical) {
    return canonical
  },
}

/** No form of a day with its time is longer; patterns never see more, so that no file can make them slow. */
const longestDay = 48

const midnight = /(?:T|\s+)(?:0{1,2}:00(?::00(?:\.0+)?)?|12:00(?::00)?\s?AM)(?:\s?(?:Z|UTC|[+-]00:?00))?$/i

/** Reads a day in any of the forms below. Two-digit years are refused: nothing says which century. */
export function parseDay(text: string, order: DateOrder | null): string | Problem {
  if (text.length > longestDay) return new Problem('type.date')
  const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ?? /^(\d{4})()(\d{2})(\d{2})$/.exec(text)
  if (iso) return day(Number(iso[1]), Number(iso[3]), Number(iso[4]))
  const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text)
  if (numeric) return numericDay(Number(numeric[1]), Number(numeric[3]), Number(numeric[4]), numeric[2] === '.' ? 'dmy' : order)
  const named = /^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+|de\s+)?(\p{L}{3,12}\.?)[\s,-]+(?:de\s+)?(\d{4})$/iu.exec(text)
  if (named) return namedDay(Number(named[3]), named[2] ?? '', Number(named[1]))
  const american = /^(\p{L}{3,12}\.?)[\s-]+(\d{1,2})(?:st|nd|rd|th)?[\s,-]+(\d{4})$/iu.exec(text)
  if (american) return namedDay(Number(american[3]), american[1] ?? '', Number(american[2]))
  const yearFirst = /^(\d{4})[\s-](\p{L}{3,12}\.?)[\s-](\d{1,2})$/iu.exec(text)
  if (yearFirst) return namedDay(Number(yearFirst[1]), yearFirst[2] ?? '', Number(yearFirst[3]))
  return new Problem('type.date')
}

/** Whether `text` is `YYYY-MM-DD` and a day of the calendar: the form nearly all cells have, read without allocating. */
export function isIsoDay(text: string): boolean {
  return text.length === 10 && isIsoDayAt(text)
}

/** The same for the first ten characters of a longer text. */
export function isIsoDayAt(text: string): boolean {
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return false
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const dayOfMonth = two(text, 8)
  return year >= 1 && month >= 1 && month <= 12 && dayOfMonth >= 1 && (dayOfMonth <= 28 || dayOfMonth <= daysIn(year, month))
}

/** Two digits as a number; a large negative number where they are none, so that every comparison above fails. */
export function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -100_000
}

/** `first` and `second` are day and month in an order that only their sizes or the column's order can tell. */
function numericDay(first: number, second: number, year: number, order: DateOrder | null): string | Problem {
  if (order === 'dmy') return day(year, second, first)
  if (order === 'mdy') return day(year, first, second)
  if (first > 12 || first === second) return day(year, second, first)
  if (second > 12) return day(year, first, second)
  const readings = [day(year, second, first), day(year, first, second)]
  const possible = readings.filter((reading) => typeof reading === 'string')
  const [a, b] = possible
  return a !== undefined && b !== undefined ? new Problem('type.date-ambiguous', { first: a, second: b }) : possible[0] ?? readings[0] ?? new Problem('type.date')
}

function namedDay(year: number, monthName: string, dayOfMonth: number): string | Problem {
  const month = monthNamed(monthName)
  return month === 0 ? new Problem('type.date') : day(year, month, dayOfMonth)
}

function day(year: number, month: number, dayOfMonth: number): string | Problem {
  if (year < 1) return new Problem('type.date-impossible', { detail: 'there is no year 0' })
  if (month < 1 || month > 12) return new Problem('type.date-impossible', { detail: `there is no month ${month}` })
  const last = daysIn(year, month)
  if (dayOfMonth < 1 || dayOfMonth > last) {
    return new Problem('type.date-impossible', { detail: `month ${month} of ${year} has ${last} days` })
  }
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
