import { Fault } from '@longshore/core'

/** The longest that an import waits for its time: what it planned grows old. */
const longestWaitDays = 366

/** The moment at which an import is to start, as it is kept; null: at once. Throws `start.moment` for one that cannot be. */
export function startMoment(text: string | null | undefined): string | null {
  if (text === null || text === undefined) return null
  const moment = Date.parse(text)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(moment)) throw new Fault('start.moment', `"${text.slice(0, 40)}" is no moment with its zone, such as 2030-01-31T06:00:00Z.`, { path: 'startAt' })
  const days = (moment - Date.now()) / 86_400_000
  if (days <= 0 || days > longestWaitDays) throw new Fault('start.moment', `An import can start later at a moment within the next ${longestWaitDays} days; ${text} is ${days <= 0 ? 'over' : 'after that'}. Leave the moment out to start at once.`, { path: 'startAt' })
  return new Date(moment).toISOString()
}
