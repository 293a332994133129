import { distance } from 'fastest-levenshtein'

/** The candidate nearest to `text` in spelling, or null when none is near enough to be what was meant. */
export function closest(text: string, candidates: Iterable<string>): string | null {
  const wanted = text.trim().toLowerCase()
  let best: string | null = null
  let bestDistance = Infinity
  for (const candidate of candidates) {
    const d = distance(wanted, candidate.toLowerCase())
    if (d < bestDistance) { best = candidate; bestDistance = d }
  }
  return best !== null && bestDistance <= Math.max(2, Math.floor(Math.max(wanted.length, best.length) * 0.4)) ? best : null
}
