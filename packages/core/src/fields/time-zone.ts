/** Offsets already found, by zone and hour. Bounded, because a hostile file may name any hour. */
const remembered = 20_000
const formats = new Map<string, Intl.DateTimeFormat | null>()
const offsets = new Map<string, number>()

/** Whether the platform knows the zone (`Europe/Berlin`, `UTC`). */
export function isTimeZone(zone: string): boolean {
  return formatOf(zone) !== null
}

/**
 * Minutes by which clocks of `zone` are ahead of UTC when they show `localMs` (that clock's reading, taken as if it were UTC). In the hour
 * that comes twice in autumn the first one is meant; in the one that spring leaves out, the time before it goes on.
 */
export function offsetOf(zone: string, localMs: number): number {
  const before = offsetAt(zone, localMs - 86_400_000)
  if (offsetAt(zone, localMs - before * 60_000) === before) return before
  const after = offsetAt(zone, localMs + 86_400_000)
  return offsetAt(zone, localMs - after * 60_000) === after ? after : before
}

function offsetAt(zone: string, utcMs: number): number {
  const hour = Math.floor(utcMs / 3_600_000)
  const key = `${zone}|${hour}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(zone)?.formatToParts(hour * 3_600_000) ?? []) parts[type] = Number(value)
  const shown = Date.UTC(parts['year'] ?? 1970, (parts['month'] ?? 1) - 1, parts['day'] ?? 1, parts['hour'] ?? 0, parts['minute'] ?? 0, parts['second'] ?? 0)
  const offset = formatOf(zone) === null ? 0 : Math.round((shown - hour * 3_600_000) / 60_000)
  if (offsets.size < remembered) offsets.set(key, offset)
  return offset
}

function formatOf(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone)
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat('en-u-ca-gregory', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
    } catch {
      format = null
    }
    formats.set(zone, format)
  }
  return format
}
