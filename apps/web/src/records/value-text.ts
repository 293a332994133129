import type { FieldAnswer } from '@longshore/contract'
import { dateAndTime } from '../ui/time.ts'
import { words } from '../words/words.ts'

/** A day has no zone: it is shown as it stands, wherever the reader is. */
const day = new Intl.DateTimeFormat(globalThis.navigator?.language ?? 'en', { dateStyle: 'medium', timeZone: 'UTC' })

/** A canonical value for reading; what is edited stays canonical. */
export function valueText(kind: FieldAnswer['kind'], value: string): string {
  if (kind === 'date-time' && !Number.isNaN(Date.parse(value))) return dateAndTime(value)
  if (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value)) return day.format(new Date(`${value}T00:00:00Z`))
  if (kind === 'boolean') return value === 'true' ? words.records.yes : words.records.no
  return value
}
