const tokens: Record<string, string> = { YYYY: '(?<year>\\d{4})', YY: '(?<short>\\d{2})', MM: '(?<month>\\d{2})', M: '(?<month>\\d{1,2})', DD: '(?<day>\\d{2})', D: '(?<day>\\d{1,2})', HH: '(?<hour>\\d{1,2})', mm: '(?<minute>\\d{2})', ss: '(?<second>\\d{2})' }
const token = /YYYY|YY|MM|M|DD|D|HH|mm|ss/g

/** No date by any format is longer; the pattern never sees more. */
const longestDate = 80

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** Whether a format names a year, a month and a day, each once. */
export function isDateFormat(format: string): boolean {
  const found = [...format.matchAll(token)].map(([name]) => (name === 'YY' ? 'YYYY' : name === 'M' ? 'MM' : name === 'D' ? 'DD' : name))
  return ['YYYY', 'MM', 'DD'].every((name) => found.includes(name)) && new Set(found).size === found.length
}

/**
 * Dates written by a format to ISO: 31.12.2025 by DD.MM.YYYY is 2025-12-31, with a time where the format has one. Years of two digits are
 * of 1970 to 2069. A text of another form stays as it is, and its field says what is wrong with it.
 */
export function dateStep(format: string): (text: string) => string {
  let source = ''
  let at = 0
  for (const match of format.matchAll(token)) {
    source += escape(format.slice(at, match.index)) + (tokens[match[0]] ?? '')
    at = match.index + match[0].length
  }
  const shape = new RegExp(`^${source}${escape(format.slice(at))}$`)
  return (text) => {
    const parts = text.length > longestDate ? undefined : shape.exec(text)?.groups
    if (parts === undefined) return text
    const { short = '', month = '', day = '', hour, minute = '00', second = '00' } = parts
    const year = parts['year'] ?? `${Number(short) < 70 ? '20' : '19'}${short}`
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    return hour === undefined ? date : `${date}T${hour.padStart(2, '0')}:${minute}:${second}`
  }
}
