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
  const near = best !== null && bestDistance <= Math.max(2, Math.floor(Math.max(wanted.length, best.length) * 0.4)) ? best : null
  return near ?? longerOf(wanted, candidates)
}

/** "Acme" is not near "Acme Inc." by its letters, and means it all the same: the shortest text that goes on after a whole word, in either direction. */
function longerOf(wanted: string, candidates: Iterable<string>): string | null {
  const begins = (long: string, short: string): boolean => short.length >= shortestWord && long.startsWith(`${short} `)
  const longer = [...candidates].filter((candidate) => begins(candidate.toLowerCase(), wanted) || begins(wanted, candidate.toLowerCase()))
  return longer.sort((a, b) => a.length - b.length)[0] ?? null
}

const shortestWord = 3
