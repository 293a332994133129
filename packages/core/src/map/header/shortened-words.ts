import { fold } from './header-words.ts'
import { phraseIndex, type Sense } from './phrase-index.ts'
import type { HeaderReading } from './read-header.ts'

/** Letters that a word cut short keeps at least: fewer begin too many words. */
const shortest = 3
const cutWords = /\p{L}{3,}(?=\.)/gu

/**
 * A header whose unknown words are cut short by a full stop, read as the words that they stand for: "Bemerk." as "Bemerkung", "Anmerkg." as "Anmerkung". null where there
 * is none, where a word begins phrases that mean different things, or where no phrase is of a language that the file speaks.
 */
export function withWholeWords(reading: HeaderReading, languages: ReadonlyMap<string, number>): { reading: HeaderReading; phrase: string } | null {
  const cut = new Set([...reading.header.toLowerCase().matchAll(cutWords)].map(([word]) => fold(word)))
  if (cut.size === 0) return null
  const found: string[] = []
  const segments = reading.segments.map((segment) => {
    const whole = segment.senses.length > 0 || segment.text.length < shortest || !cut.has(segment.text) ? null : wholeWord(segment.text, languages)
    if (whole) found.push(whole.phrase)
    return whole ? { text: whole.phrase, senses: whole.senses, compound: false } : segment
  })
  return found.length === 0 ? null : { phrase: found.join(' '), reading: { ...reading, segments } }
}

/** The shortest word that begins so, or that is left of a word without some letters within, if all others of the kind either begin with it or mean the same. */
function wholeWord(cut: string, languages: ReadonlyMap<string, number>): { phrase: string; senses: readonly Sense[] } | null {
  return theOnly((phrase) => phrase.startsWith(cut), cut, languages) ?? (cut.length <= shortest ? null : theOnly((phrase) => isContracted(cut, phrase), cut, languages))
}

function theOnly(fits: (phrase: string) => boolean, cut: string, languages: ReadonlyMap<string, number>): { phrase: string; senses: readonly Sense[] } | null {
  const words: { phrase: string; senses: readonly Sense[] }[] = []
  const { senses: index } = phraseIndex(cut)
  for (const phrase of singleWords(index).get(cut.slice(0, shortest)) ?? []) {
    const senses = index.get(phrase) ?? []
    if (!fits(phrase)) continue
    const spoken = senses.filter(({ word, languages: of }) => !saysNoField.has(word) && of.some((language) => (languages.get(language) ?? 0) >= mostlySpoken))
    if (spoken.length > 0) words.push({ phrase, senses: spoken })
  }
  const roots = words.filter(({ phrase }) => !words.some((other) => other.phrase !== phrase && phrase.startsWith(other.phrase)))
  const meanings = new Set(roots.map(({ senses }) => senses.map(({ word }) => word).toSorted().join()))
  return meanings.size === 1 ? roots.toSorted((a, b) => a.phrase.length - b.phrase.length)[0] ?? null : null
}

/** A language must be spoken in the file this much for its words to be guessed at; English, a little of which is everywhere, is not then. */
const mostlySpoken = 0.5
/** Meanings that lead to no field: what is cut short is mostly what people use often. */
const saysNoField: ReadonlySet<string> = new Set(['none', 'foreign', 'fill'])

let beginnings: { of: number; words: ReadonlyMap<string, readonly string[]> } | null = null

/** The phrases of one word by their first letters; made when the first header is cut short. */
function singleWords(index: ReadonlyMap<string, readonly Sense[]>): ReadonlyMap<string, readonly string[]> {
  if (beginnings?.of === index.size) return beginnings.words
  const words = new Map<string, string[]>()
  for (const phrase of index.keys()) {
    if (phrase.includes(' ')) continue
    const key = phrase.slice(0, shortest)
    const known = words.get(key)
    if (known) known.push(phrase)
    else words.set(key, [phrase])
  }
  beginnings = { of: index.size, words }
  return words
}

/** "anmerkg" of "anmerkung": the same beginning and end, some letters between them left out. */
function isContracted(cut: string, phrase: string): boolean {
  if (phrase.length <= cut.length || phrase.length > 2 * cut.length || !phrase.startsWith(cut.slice(0, shortest)) || phrase.at(-1) !== cut.at(-1)) return false
  let at = 0
  for (const letter of phrase) if (letter === cut[at]) at++
  return at === cut.length
}
