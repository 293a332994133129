import { isIsoDay, isIsoDayAt, parseDay, two } from './date.ts'
import type { FieldType } from './field-type.ts'
import { Problem } from './problem.ts'
import type { DateOrder } from './row-context.ts'

/**
 * An instant. Canonical is `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`, in UTC; a text without a zone is taken as UTC, a day without a time as its
 * midnight. Fractions keep six digits, as the database does; zeros at their end go.
 */
export const dateTimeType: FieldType = {
  kind: 'date-time',
  mayWarn: false,
  appendable: false,
  parse(text, _field, row) {
    return isCanonical(text) ? text : parseInstant(text, row.dateOrder)
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

const clock = /^(.*?\d)(?:T|,?\s+(?:at\s+)?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s?([AP])\.?M\.?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/i

function parseInstant(text: string, order: DateOrder | null): string | Problem {
  if (text.length > 80) return new Problem('type.date-time')
  const match = clock.exec(text)
  if (!match) {
    const day = isIsoDay(text) ? text : parseDay(text, order)
    if (typeof day === 'string') return `${day}T00:00:00Z`
    return day.code === 'type.date' ? new Problem('type.date-time') : day
  }
  const [, dayText = '', hourText, minuteText, secondText = '0', fraction = '', half, zone = 'Z'] = match
  const day = parseDay(dayText, order)
  if (typeof day !== 'string') return day.code === 'type.date' ? new Problem('type.date-time') : day
  const hour = hourOf(Number(hourText), half)
  const minute = Number(minuteText)
  const second = Number(secondText)
  const offset = offsetMinutes(zone)
  if (hour === null || minute > 59 || second > 59 || offset === null) return new Problem('type.date-time')
  const instant = shiftMinutes(day, hour, minute, -offset)
  if (instant === null) return new Problem('type.date-impossible', { detail: 'beyond the years 1 to 9999 in UTC' })
  const kept = fraction.slice(0, 6).replace(/0+$/, '')
  return `${instant}:${String(second).padStart(2, '0')}${kept === '' ? '' : `.${kept}`}Z`
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null
  return hour >= 1 && hour <= 12 ? (hour % 12) + (half.toUpperCase() === 'P' ? 12 : 0) : null
}

function offsetMinutes(zone: string): number | null {
  if (!/^[+-]/.test(zone)) return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(3).replace(':', ''))
  return hours <= 15 && minutes <= 59 ? (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) : null
}

/** `YYYY-MM-DDTHH:MM` moved by `minutes`; null outside the years 1 to 9999. */
function shiftMinutes(day: string, hour: number, minute: number, minutes: number): string | null {
  if (minutes === 0) return `${day}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  const moved = new Date(`${day}T00:00:00Z`)
  moved.setUTCMinutes(hour * 60 + minute + minutes)
  const year = moved.getUTCFullYear()
  return year < 1 || year > 9999 ? null : moved.toISOString().slice(0, 16)
}
