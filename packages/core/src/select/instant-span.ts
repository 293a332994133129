/**
 * What a filter on an instant means: a text with a time of day means that instant, a text without one the whole day in UTC. So
 * `created_at > 2024-02-29` begins with 1 March, and `<= 2024-02-29` takes the 29th in.
 */
export function instantSpan(text: string, canonical: string): { from: string; before: string | null } {
  return { from: canonical, before: isDay(text) ? nextDay(canonical) : null }
}

/** The same for <, <=, > and >=. */
export function instantOrder(operator: '<' | '<=' | '>' | '>=', text: string, canonical: string): { operator: '<' | '<=' | '>' | '>='; value: string } {
  if (!isDay(text) || operator === '<' || operator === '>=') return { operator, value: canonical }
  return { operator: operator === '<=' ? '<' : '>=', value: nextDay(canonical) }
}

function isDay(text: string): boolean {
  return !text.includes(':')
}

/** `2024-02-29T00:00:00Z` → `2024-03-01T00:00:00Z`. The day after the last one has five digits in its year, which PostgreSQL reads. */
function nextDay(midnight: string): string {
  const next = new Date(midnight)
  next.setUTCDate(next.getUTCDate() + 1)
  return `${next.toISOString().slice(0, -14).replace(/^\+0*/, '')}T00:00:00Z`
}
