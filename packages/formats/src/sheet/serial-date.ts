const dayMs = 86_400_000
/** Days from the spreadsheet's day 0 to 1970-01-01. */
const epochDays = { 1900: 25_569, 1904: 24_107 }
/** The last day that a spreadsheet shows: 9999-12-31. */
const lastSerial = { 1900: 2_958_466, 1904: 2_957_004 }

export type DateSystem = 1900 | 1904

/** What a date format shows of its value. */
export type DateParts = 'date' | 'time' | 'date-time'

/**
 * A day count as ISO text without a time zone: `2024-05-31`, `2024-05-31T10:30:15`, or `10:30:00` for a time of day. A time that the
 * format does not show is kept, for nothing is to get lost. Rounded to the millisecond. Day 60 of 1900 is the 29 February that a spreadsheet shows
 * and that never was: which day was meant is for a person to say, so no other takes its place. null: no date of a spreadsheet, so the number stays one.
 */
export function serialDateText(serial: number, system: DateSystem, parts: DateParts): string | null {
  if (!(serial >= 0) || serial >= lastSerial[system]) return null
  // Excel takes 1900 for a leap year: up to its 29 February the days are counted from one later.
  const shifted = system === 1900 && serial < 60 ? serial + 1 : serial
  const ms = Math.round((shifted - epochDays[system]) * dayMs)
  const iso = new Date(ms).toISOString()
  const text = serial >= 60 ? iso.replace(/^1900-02-28/, '1900-02-29') : iso
  const time = text.slice(11, 19) + (text.slice(19, 23) === '.000' ? '' : text.slice(19, 23))
  if (serial < 1 && parts !== 'date') return time
  return parts === 'date' && time === '00:00:00' ? text.slice(0, 10) : `${text.slice(0, 10)}T${time}`
}

/** A duration in days as `36:00:00`: hours, minutes and seconds, thousandths where there are any. */
export function durationText(days: number): string {
  const totalMs = Math.round(Math.abs(days) * dayMs)
  const ms = totalMs % 1_000
  const seconds = Math.floor(totalMs / 1_000)
  const two = (n: number) => String(n).padStart(2, '0')
  const fraction = ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`
  return `${days < 0 && totalMs > 0 ? '-' : ''}${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction}`
}
