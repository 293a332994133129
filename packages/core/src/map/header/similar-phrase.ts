import type { HeaderReading } from './read-header.ts'
import { phraseIndex, type Sense } from './phrase-index.ts'

/** A known phrase that a header nearly is. */
export interface SimilarPhrase {
  phrase: string
  senses: readonly Sense[]
}

const shortest = 5
const longest = 24
/** Below this length only two letters changed over count as a slip: "Emial", but not "Casts" for "Costs". */
const anySlipFrom = 7
/** Letters of scripts that spell: a character of Chinese is no slip of another. */
const lettersOnly = /^[a-z\u0370-\u03FF\u0400-\u052F\u0590-\u05FF\u0600-\u06FF]+$/
/** How much a language must be spoken in the file for its words to be guessed at. */
const spoken = 0.5

/** Longer words may differ by more than a slip where most of their letters stand together as in the known one. */
const trigramsFrom = 9
const enoughTrigrams = 0.75

let alike: { of: number; phrases: ReadonlyMap<string, readonly string[]> } | null = null

/** Known phrases by first letter and length, which a slip changes by one at most; made when the first header is unknown. */
function phrasesAlike(): ReadonlyMap<string, readonly string[]> {
  const { senses } = phraseIndex()
  if (alike?.of === senses.size) return alike.phrases
  const found = new Map<string, string[]>()
  for (const phrase of senses.keys()) {
    if (phrase.length < shortest || phrase.length > longest || !lettersOnly.test(phrase)) continue
    const key = likeness(phrase, phrase.length)
    const known = found.get(key)
    if (known) known.push(phrase)
    else found.set(key, [phrase])
  }
  alike = { of: senses.size, phrases: found }
  return found
}

function likeness(text: string, length: number): string {
  return `${text.charAt(0)}${length}`
}

/** The phrase that a header becomes by mending one slip of the pen; null where none, or more than one, is as near. */
export function similarPhrase({ words }: HeaderReading, languages: ReadonlyMap<string, number>): SimilarPhrase | null {
  return nearest(words.join(''), languages)
}

/** A reading whose only unknown word is nearly a known one, read as that: "Telphone (office)", "Adressse facturation". null where there is none. */
export function withSimilarWord(reading: HeaderReading, languages: ReadonlyMap<string, number>): { reading: HeaderReading; phrase: string } | null {
  const unknown = reading.segments.filter(({ senses }) => senses.length === 0)
  const [only] = unknown
  if (only === undefined || unknown.length > 1 || reading.segments.length === 1 || only.text.length < anySlipFrom) return null
  const similar = nearest(only.text, languages)
  return similar && { phrase: similar.phrase, reading: { ...reading, segments: reading.segments.map((segment) => (segment === only ? { text: similar.phrase, senses: similar.senses, compound: false } : segment)) } }
}

function nearest(text: string, languages: ReadonlyMap<string, number>): SimilarPhrase | null {
  if (text.length < shortest || text.length > longest || !lettersOnly.test(text)) return null
  const near = [text.length - 1, text.length, text.length + 1].flatMap((length) => phrasesAlike().get(likeness(text, length)) ?? [])
  return theOnly(near.filter((phrase) => isSlip(text, phrase)), languages)
    ?? (text.length < trigramsFrom ? null : theOnly(near.filter((phrase) => sharedTrigrams(text, phrase) >= enoughTrigrams), languages))
}

/** The one of these phrases that a language of the file has; the first of several that mean the same. */
function theOnly(phrases: readonly string[], languages: ReadonlyMap<string, number>): SimilarPhrase | null {
  const { senses } = phraseIndex()
  const possible = phrases.flatMap((phrase): SimilarPhrase[] => {
    const of = (senses.get(phrase) ?? []).filter((sense) => sense.languages.some((language) => (languages.get(language) ?? 0) >= spoken))
    return of.length > 0 ? [{ phrase, senses: of }] : []
  })
  const meanings = new Set(possible.map((phrase) => phrase.senses.map(({ word }) => word).toSorted().join()))
  return meanings.size === 1 ? possible[0] ?? null : null
}

/** Share of the groups of three letters that two words have in common, their ends marked. */
function sharedTrigrams(a: string, b: string): number {
  const [first, second] = [trigrams(a), trigrams(b)]
  let common = 0
  for (const one of first) if (second.has(one)) common += 1
  return 2 * common / (first.size + second.size)
}

function trigrams(text: string): Set<string> {
  const marked = ` ${text} `
  return new Set(Array.from({ length: marked.length - 2 }, (_, i) => marked.slice(i, i + 3)))
}

/** One letter more, less or other, or two neighbours changed over. */
function isSlip(text: string, phrase: string): boolean {
  let start = 0
  while (start < text.length && text[start] === phrase[start]) start++
  const [a, b] = [text.slice(start), phrase.slice(start)]
  if (a.length === b.length && a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2)) return true
  if (text.length < anySlipFrom) return false
  return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
}
