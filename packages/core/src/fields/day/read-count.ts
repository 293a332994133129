import type { DateForm } from '../column-reading.ts'

/** Days that Excel counts, with the time as a fraction; or seconds or milliseconds since 1970. */
const counted = /^\d{1,13}(?:[.,]\d{1,12})?$/

/** A moment that is written as a number, as milliseconds since 1970 in UTC; null when the text is no such number, or beyond the years 1900 to 2399. */
export function readCount(text: string, form: DateForm): number | null {
  if (!counted.test(text)) return null
  const value = Number(text.replace(',', '.'))
  const ms = form === 'unix-s' ? value * 1000 : form === 'unix-ms' ? value : Math.round(excelDay(value, form) * 86_400) * 1000
  return Number.isFinite(ms) && ms >= earliest && ms < latest ? Math.trunc(ms) : null
}

/**
 * Days since 1970. Excel's first system takes 1900 for a leap year: its day 60 is 29 February 1900, which never was, so days before it
 * count from one later. The second begins at 1 January 1904.
 */
function excelDay(value: number, form: DateForm): number {
  if (form === 'excel-1904') return value - 24_107
  if (value >= 60 && value < 61) return Number.NaN
  return value < 60 ? value - 25_568 : value - 25_569
}

const earliest = Date.UTC(1900, 0, 1)
const latest = Date.UTC(2400, 0, 1)

/** Forms that a number can be: by their size these do not overlap for the years 1910 to 2099. */
export function countForm(text: string): DateForm | null {
  if (!counted.test(text)) return null
  const value = Number(text.replace(',', '.'))
  if (value >= 3_654 && value < 73_051) return 'excel-1900'
  if (value >= 1e8 && value < 4.1e9) return 'unix-s'
  return value >= 1e11 && value < 4.1e12 ? 'unix-ms' : null
}
