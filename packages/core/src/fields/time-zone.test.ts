import { expect, test } from 'vitest'
import { fieldType } from './field-type.ts'
import { rowContext } from './row-context.ts'

const field = { name: 'f', label: 'F', kind: 'date-time' as const }
const parse = (text: string, timeZone: string): unknown => fieldType('date-time').parse(text, field, rowContext(null, { timeZone }), { dates: 'dmy' })

test.each<[string, string, string]>([
  ['2024-07-01 12:00', 'Europe/Berlin', '2024-07-01T10:00:00Z'],
  ['2024-01-01 12:00', 'Europe/Berlin', '2024-01-01T11:00:00Z'],
  ['01/07/2024 23:30:15', 'America/New_York', '2024-07-02T03:30:15Z'],
  ['2024-07-01T12:00:00+05:30', 'Europe/Berlin', '2024-07-01T06:30:00Z'],
  ['2024-07-01T12:00:00Z', 'Europe/Berlin', '2024-07-01T12:00:00Z'],
  ['2024-07-01', 'Europe/Berlin', '2024-07-01T00:00:00Z'],
  // the hour that comes twice is the first one, the one that is left out goes on from the time before it
  ['2024-10-27 02:30', 'Europe/Berlin', '2024-10-27T00:30:00Z'],
  ['2024-10-27 03:30', 'Europe/Berlin', '2024-10-27T02:30:00Z'],
  ['2024-03-31 02:30', 'Europe/Berlin', '2024-03-31T01:30:00Z'],
  ['2024-03-31 03:30', 'Europe/Berlin', '2024-03-31T01:30:00Z'],
  ['2024-11-03 01:30', 'America/New_York', '2024-11-03T05:30:00Z'],
  ['2024-07-01 12:00', 'Asia/Kolkata', '2024-07-01T06:30:00Z'],
])('%s in %s is %s', (text, zone, instant) => {
  expect(parse(text, zone)).toBe(instant)
})
