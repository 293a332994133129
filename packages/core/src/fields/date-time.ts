import { noReading, type ColumnReading } from './column-reading.ts'
import { isIsoDayAt, two } from './day/calendar.ts'
import { readCount } from './day/read-count.ts'
import { centuryOf, readDay } from './day/read-day.ts'
import type { Century } from './day/read-day.ts'
import type { FieldType } from './field-type.ts'
import { latinDigits } from './latin-digits.ts'
import { Problem } from './problem.ts'
import { offsetOf } from './time-zone.ts'

/**
 * An instant. Canonical is `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`, in UTC; a text without a zone is of the import's time zone (UTC unless one is
 * set), a day without a time its midnight in UTC. Fractions keep six digits, as the database does; zeros at their end go.
 */
export const dateTimeType: FieldType = {
  kind: 'date-time',
  mayWarn: false,
  appendable: false,
  parse(text, field, row, reading = noReading) {
    return isCanonical(text) ? text : parseInstant(latinDigits(text), reading, centuryOf(field, row.thisYear), row.timeZone)
  },
  print(canonical) {
    return canonical
  },
}

/** `2024-02-29T14:30:00Z`: the form nearly all exports have. */
function isCanonical(text: string): boolean {
  return text.length === 20 && text.charCodeAt(10) === 84 && text.charCodeAt(13) === 58 && text.charCodeAt(16) === 58 && text.charCodeAt(19) === 90
    && isIsoDayAt(text) && within(two(text, 11), 23) && within(two(text, 14), 59) && within(two(text, 17), 59)
}

function within(part: number, last: number): boolean {
  return part >= 0 && part <= last
}

const longestInstant = 80
/** A time at the end of a text, with its half of the day before or after it and its zone. Beginnings are few and all parts bounded, so that it is linear. */
const clock = /(?:(?<=\d)T|[\s,日일])(上午|下午|午前|午後|오전|오후|凌晨|清晨|早上|中午|傍晚|晚上|[AP]M)?\s?(\d{1,2})(?:[:.]|\s?h\s?)(\d{2})(?:(?:[:.]|\s?min\s?)(\d{2})(?:[.,](\d{1,9}))?(?:\s?s)?)?(?:\s?(([ap])\.?\s?m\.?|[πμ]\.?μ\.?|[صم]))?\s?(?:Uhr|ч\.?|बजे)?\s?(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?$/i
/** What stands between a day and its time, in the languages we read. */
const linking = /(?:(?<=[\s,])(?:at|um|à|a las|a la|alle ore|alle|ore|às|om|kl\.?|klo|w|v|o|о|в|la|στις|στη|u|kell|ob|pukul|في|को|ساعت|בשעה))?[\s,]*$/i

/** Whether the text ends with a time of the day, and what stands before it. */
export function dayBeforeTime(text: string): string | null {
  const match = text.length > longestInstant ? null : clock.exec(text)
  return match ? dayPart(text, match) : null
}

function dayPart(text: string, match: RegExpExecArray): string {
  const end = match.index + (/^[日일]/.test(match[0]) ? 1 : 0)
  return text.slice(0, end).trimEnd().replace(linking, '').trimEnd()
}

function parseInstant(text: string, reading: ColumnReading, century: Century, timeZone: string | null): string | Problem {
  if (text.length > longestInstant) return new Problem('type.date-time')
  if (reading.dates !== undefined) {
    const ms = readCount(text, reading.dates)
    // Excel counts the days of a clock on somebody's wall, the others count from one moment
    if (ms !== null) return canonicalMs(ms - (timeZone !== null && reading.dates.startsWith('excel') ? offsetOf(timeZone, ms) * 60_000 : 0))
  }
  const match = clock.exec(text)
  if (!match) {
    const day = readDay(text, reading, century)
    if (typeof day === 'string') return `${day}T00:00:00Z`
    return day.code === 'type.date' ? new Problem('type.date-time') : day
  }
  const [, halfBefore, hourText, minuteText, secondText = '0', fraction = '', halfAfter, , zone] = match
  const day = readDay(dayPart(text, match), reading, century)
  if (typeof day !== 'string') return day.code === 'type.date' ? new Problem('type.date-time') : day
  const hour = hourOf(Number(hourText), halfBefore ?? halfAfter)
  const minute = Number(minuteText)
  const second = Number(secondText)
  if (hour === null || minute > 59 || second > 59) return new Problem('type.date-time')
  const offset = zone !== undefined ? offsetMinutes(zone.replace(/^(?:UTC|GMT)(?=[+-])/i, '')) : timeZone === null ? 0 : offsetOf(timeZone, Date.parse(`${day}T00:00:00Z`) + (hour * 60 + minute) * 60_000)
  if (offset === null) return new Problem('type.date-time')
  const instant = shiftMinutes(day, hour, minute, -offset)
  if (instant === null) return new Problem('type.date-impossible', { detail: 'beyond the years 1 to 9999 in UTC' })
  const kept = fraction.slice(0, 6).replace(/0+$/, '')
  return `${instant}:${String(second).padStart(2, '0')}${kept === '' ? '' : `.${kept}`}Z`
}

/** Begins what means the afternoon, in any letter case. */
const afternoon = /^(?:下午|午後|오후|中午|傍晚|晚上|p|μ|م)/i

function canonicalMs(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0*Z$/, 'Z')
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null
  return hour >= 1 && hour <= 12 ? (hour % 12) + (afternoon.test(half) ? 12 : 0) : null
}

function offsetMinutes(zone: string): number | null {
  if (!/^[+-]/.test(zone)) return 0
  const [, hours = '', minutes = '0'] = /^[+-](\d{1,2}):?(\d{2})?$/.exec(zone) ?? []
  return Number(hours) <= 15 && Number(minutes) <= 59 ? (zone.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : null
}

/** `YYYY-MM-DDTHH:MM` moved by `minutes`; null outside the years 1 to 9999. */
function shiftMinutes(day: string, hour: number, minute: number, minutes: number): string | null {
  if (minutes === 0) return `${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  const moved = new Date(`${day}T00:00:00Z`)
  moved.setUTCMinutes(hour * 60 + minute + minutes)
  const year = moved.getUTCFullYear()
  return year < 1 || year > 9999 ? null : moved.toISOString().slice(0, 16)
}
