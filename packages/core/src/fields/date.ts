import { noReading } from './column-reading.ts'
import { isIsoDay } from './day/calendar.ts'
import { readCount } from './day/read-count.ts'
import { centuryOf, readDay } from './day/read-day.ts'
import { longestDay } from './day/scan-day.ts'
import type { FieldType } from './field-type.ts'
import { latinDigits } from './latin-digits.ts'
import { Problem } from './problem.ts'

/** A day without time or zone, years 0001 to 9999. Canonical is `YYYY-MM-DD`. A time of midnight after it is dropped: spreadsheets add it. */
export const dateType: FieldType = {
  kind: 'date',
  mayWarn: false,
  appendable: false,
  parse(source, field, row, reading = noReading) {
    if (isIsoDay(source)) return source
    const text = latinDigits(source)
    if (noYear.test(text)) return new Problem('type.date-no-year')
    if (reading.dates !== undefined) {
      const ms = readCount(text, reading.dates)
      if (ms !== null) return new Date(ms).toISOString().slice(0, 10)
    }
    return readDay(text.length <= longestDay ? text.replace(midnight, '') : text, reading, centuryOf(field, row.thisYear))
  },
  print(canonical) {
    return canonical
  },
}

/** A birthday as vCard and ISO 8601 write it where nobody knows the year: `--04-12`, `--0412`. */
const noYear = /^--(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])$/

const midnight = /(?:T|,?\s+)(?:0{1,2}:00(?::00(?:\.0+)?)?|12:00(?::00)?\s?AM)(?:\s?(?:Z|UTC|[+-]00:?00))?$/i
