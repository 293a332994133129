import type { Field } from '../../schema/field.ts'
import { orderOf, type ColumnReading, type DateOrder } from '../column-reading.ts'
import { Problem } from '../problem.ts'
import { daysIn, isDay, isoDay, isIsoDay } from './calendar.ts'
import { scanDay, type ScannedDay } from './scan-day.ts'

/** The three parts of a day, not looked at: they may be no day of the calendar. */
export interface DayParts { year: number; month: number; day: number }

/** Years beyond these are of another calendar (2564 in Thailand, 1442 by the moon) or a slip of the pen; only ISO days are taken at their word. */
const leastYear = 1500
const mostYear = 2399

/** Reads a day in any of its forms as its column is to be read. Where that is not decided, only what can be read one way is taken. */
export function readDay(text: string, reading: ColumnReading, century: Century): string | Problem {
  if (isIsoDay(text)) return text
  const scanned = scanDay(text)
  if (scanned === null) return new Problem('type.date')
  // a value alone whose numbers have points between them puts the day first; whether its column does is for the column to say
  const order = orderOf(reading.dates) ?? (scanned.kind === 'numbers' && scanned.mark === '.' && scanned.cDigits === 4 ? 'dmy' : null)
  if (scanned.kind === 'named') return readNamed(scanned, reading, century)
  const readings = possibleOrders(scanned)
  if (order !== null && readings.includes(order)) return dayOf(scanned, order, century)
  const good = readings.filter((candidate) => exists(partsIn(scanned, candidate, century)))
  // an order that is decided allows forms in which no order is left open (a year in front), and nothing else
  if (order !== null && good.length !== 1) return dayOf(scanned, readings[0] ?? 'ymd', century)
  const days = [...new Set(good.map((candidate) => dayOf(scanned, candidate, century)))]
  const [first, second] = days
  if (typeof first === 'string' && typeof second === 'string') return new Problem('type.date-ambiguous', { first, second })
  if (first !== undefined && (order === null || readings.length === 1)) return isTwoDigit(scanned) && order === null && readings.length > 1 ? new Problem('type.date') : first
  return dayOf(scanned, readings[0] ?? 'ymd', century)
}

/** Which century a year of two digits belongs to. */
export interface Century {
  /** The last year that it can be, such as 2036 for dates that may lie ten years ahead. */
  latest: number
}

/** Days of birth, and when a record was made, lie behind us; other dates may lie ahead. `thisYear` null: unknown, so 2029 is the last. */
export function centuryOf(field: Field, thisYear: number | null): Century {
  const latest = thisYear ?? 2029
  return { latest: isPast(field) ? latest : latest + 20 }
}

/** Whether days of the field cannot lie in the future. */
export function isPast({ name, audit }: Field): boolean {
  return audit === true || /birth|geburt|created|modified|updated|founded|joined|signup|signed_up|registered/.test(name)
}

/** Orders that the form leaves open; the year has four digits, or is at one of the ends. */
export function possibleOrders(scanned: Exclude<ScannedDay, { kind: 'named' }>): readonly DateOrder[] {
  if (scanned.kind === 'compact') return allOrders
  if (scanned.aDigits === 4) return yearFirst
  if (scanned.cDigits === 4) return yearLast
  return scanned.cDigits === 2 ? scanned.aDigits === 2 ? allOrders : yearLast : yearFirst
}

const allOrders: readonly DateOrder[] = ['dmy', 'mdy', 'ymd']
const yearLast: readonly DateOrder[] = ['dmy', 'mdy']
const yearFirst: readonly DateOrder[] = ['ymd']

/** The parts as they are in one of the possible orders. */
export function partsIn(scanned: Exclude<ScannedDay, { kind: 'named' }>, order: DateOrder, century: Century): DayParts {
  if (scanned.kind === 'compact') {
    const at = (from: number, to: number): number => Number(scanned.digits.slice(from, to))
    if (order === 'ymd') return { year: at(0, 4), month: at(4, 6), day: at(6, 8) }
    return { year: at(4, 8), month: order === 'dmy' ? at(2, 4) : at(0, 2), day: order === 'dmy' ? at(0, 2) : at(2, 4) }
  }
  const { a, b, c, aDigits, cDigits } = scanned
  if (order === 'ymd') return { year: fullYear(a, aDigits, century), month: b, day: c }
  const year = fullYear(c, cDigits, century)
  return order === 'dmy' ? { year, month: b, day: a } : { year, month: a, day: b }
}

/** Whether the parts are a day that people write without ISO's help. */
export function exists({ year, month, day }: DayParts): boolean {
  return year >= leastYear && year <= mostYear && isDay(year, month, day)
}

export function fullYear(year: number, digits: number, { latest }: Century): number {
  if (digits > 2) return year
  const sameCentury = latest - (latest % 100) + year
  return sameCentury > latest ? sameCentury - 100 : sameCentury
}

function isTwoDigit(scanned: ScannedDay): boolean {
  return scanned.kind === 'numbers' && scanned.aDigits <= 2 && scanned.cDigits <= 2
}

function readNamed({ day, month, year, yearDigits }: Extract<ScannedDay, { kind: 'named' }>, { months }: ColumnReading, century: Century): string | Problem {
  const number = month.month !== 0 ? month.month : months === undefined ? 0 : month.byLanguage.get(months) ?? 0
  const full = fullYear(year, yearDigits, century)
  if (number !== 0) return checked({ year: full, month: number, day })
  const [first = '', second = ''] = [...new Set(month.byLanguage.values())].map((candidate) => isoDay(full, candidate, day))
  return new Problem('type.date-ambiguous', { first, second })
}

function dayOf(scanned: Exclude<ScannedDay, { kind: 'named' }>, order: DateOrder, century: Century): string | Problem {
  return checked(partsIn(scanned, order, century))
}

function checked({ year, month, day }: DayParts): string | Problem {
  if (year < 1) return new Problem('type.date-impossible', { detail: 'there is no year 0' })
  if (year < leastYear || year > mostYear) return new Problem('type.date-impossible', { detail: `the year ${year} is of another calendar, or a slip` })
  if (month < 1 || month > 12) return new Problem('type.date-impossible', { detail: `there is no month ${month}` })
  const last = daysIn(year, month)
  if (day < 1 || day > last) return new Problem('type.date-impossible', { detail: `month ${month} of ${year} has ${last} days` })
  return isoDay(year, month, day)
}
