/** Whether the canonical instant `a` is later than `b`. An unknown age (null) is older than every known one; equal is not later. */
export function isLater(a: string | null, b: string | null): boolean {
  if (a === null) return false
  return b === null || comparable(a) > comparable(b)
}

/** Instants of one length up to the second compare as texts; zeros at the end of a fraction say nothing. */
function comparable(instant: string): string {
  return instant.replace(/(?:\.0*|(\.\d*?)0+)?Z$/, '$1')
}
