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
  return year >= 1 && isDay(year, month, dayOfMonth)
}

export function isDay(year: number, month: number, dayOfMonth: number): boolean {
  return month >= 1 && month <= 12 && dayOfMonth >= 1 && (dayOfMonth <= 28 || dayOfMonth <= daysIn(year, month))
}

/** Two digits as a number; a large negative number where they are none, so that every comparison above fails. */
export function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -100_000
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** `YYYY-MM-DD`. The parts are not looked at. */
export function isoDay(year: number, month: number, dayOfMonth: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`
}
