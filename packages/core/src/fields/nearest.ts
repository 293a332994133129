import { closest } from '../issues/closest.ts'

/** Beyond these nobody meant one of the candidates, and comparing would let a hostile file cost minutes. */
const longestMisspelling = 64
const mostCandidates = 300

/** `, the nearest is "Web"` for the end of a message, or nothing when no candidate is near. */
export function nearestHint(text: string, candidates: Iterable<string>): string {
  if (text.length > longestMisspelling) return ''
  const similar: string[] = []
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - text.length) <= 2 + text.length * 0.4) similar.push(candidate)
    if (similar.length === mostCandidates) break
  }
  const found = closest(text, similar)
  return found === null ? '' : `, the nearest is "${found}"`
}
