import type { HeaderReading, Segment } from '../header/read-header.ts'
import type { Sense } from '../header/phrase-index.ts'
import { isCjk } from '../header/header-words.ts'
import { spokenShare } from '../header/row-languages.ts'
import { aspects, attributes, entities, kinds, type Aspect, type Attribute, type Entity, type Kind, type Word } from '../lexicon/meanings.ts'
import type { Concept, Understanding } from './concept.ts'
import { isSeveralParts, oneAttribute } from './one-attribute.ts'

const attributeWords: ReadonlySet<string> = new Set(attributes)
const entityWords: ReadonlySet<string> = new Set(entities)
const kindWords: ReadonlySet<string> = new Set(kinds)
const aspectWords: ReadonlySet<string> = new Set(aspects)
const mostWays = 48
const asks: ReadonlySet<string> = new Set(['is', 'has', 'can', 'was'])

/**
 * The ways to understand a header, given how much each language is spoken in the file: every sense that its phrases may have, put
 * together. A header of which nothing is known has none.
 */
export function understand(reading: HeaderReading, languages: ReadonlyMap<string, number>): Understanding[] {
  const known = reading.segments.filter(({ senses }) => senses.length > 0)
  if (known.length === 0) return []
  const whole = reading.segments.length === 1
  const howMuch = howMuchIsKnown(reading)
  let ways: Sense[][] = [[]]
  for (const segment of known) {
    const senses = spokenSenses(segment, languages)
    ways = ways.flatMap((way) => senses.map((sense) => [...way, sense])).slice(0, mostWays)
  }
  const found = new Map<string, Understanding>()
  for (const way of ways) {
    if (saysLess(way, known, languages)) continue
    const meant = conceptOf(way.map(({ word }) => word), reading.ordinal)
    // "Is stock item", "Has account", "Employee?": yes or no, whatever is named there.
    const concept = (asks.has(reading.words[0] ?? '') && reading.segments.length > 1 && meant?.attribute !== 'optout') || (reading.question && meant?.attribute === null) ? null : meant
    // "E-mail 1 - Wert" is no amount as long as the word can be taken to say nothing.
    if (concept === null && saysMore(way, known, languages)) continue
    const language = mostSpoken(way.at(0)?.languages ?? ['en'], languages)
    const understanding: Understanding = { concept, sureness: surenessOf(reading, way, languages), language, whole, known: howMuch }
    const key = JSON.stringify(concept)
    if ((found.get(key)?.sureness ?? -1) < understanding.sureness) found.set(key, understanding)
  }
  return [...found.values()]
}

/** "Value" says nothing in "E-mail 1 - Value", and an amount where no other word says what the column holds. */
function saysLess(way: readonly Sense[], segments: readonly Segment[], languages: ReadonlyMap<string, number>): boolean {
  if (way.some(({ word }) => attributeWords.has(word))) return false
  return way.some(({ word }, i) => { const segment = segments[i]; return word === 'fill' && segment !== undefined && spokenSenses(segment, languages).some((sense) => attributeWords.has(sense.word)) })
}

/** Whether a way takes a word for an attribute that might as well say nothing. */
function saysMore(way: readonly Sense[], segments: readonly Segment[], languages: ReadonlyMap<string, number>): boolean {
  return segments.length > 1 && way.some(({ word }, i) => { const segment = segments[i]; return word !== 'fill' && segment !== undefined && spokenSenses(segment, languages).some((sense) => sense.word === 'fill') })
}

/** Drops senses that only languages have which the file hardly speaks, where others are to be had. */
function spokenSenses({ senses }: Segment, languages: ReadonlyMap<string, number>): Sense[] {
  const spoken = (sense: Sense): number => Math.max(...sense.languages.map((language) => languages.get(language) ?? 0))
  const most = Math.max(...senses.map(spoken))
  return senses.filter((sense) => spoken(sense) >= Math.min(most, spokenShare) && spoken(sense) >= most * 0.45)
}

function mostSpoken(of: readonly string[], languages: ReadonlyMap<string, number>): string {
  return of.toSorted((a, b) => (languages.get(b) ?? 0) - (languages.get(a) ?? 0))[0] ?? 'en'
}

/** How many letters of words that say something there are, at least, for each one of unknown words. */
const enoughKnown = 0.45

function howMuchIsKnown({ segments, question }: HeaderReading): Understanding['known'] {
  const unknown = segments.filter(({ senses }) => senses.length === 0)
  if (unknown.length === 0) return 'all'
  const lettersOf = (of: readonly Segment[]): number => of.reduce((sum, { text }) => sum + text.length, 0)
  return !question && lettersOf(segments.filter(({ text, senses }) => senses.some(({ word }) => word !== 'fill') && !(text.length === 1 && isCjk(text)))) >= lettersOf(unknown) * enoughKnown ? 'mostly' : 'little'
}

function surenessOf(reading: HeaderReading, way: readonly Sense[], languages: ReadonlyMap<string, number>): number {
  const unknown = reading.segments.filter(({ senses }) => senses.length === 0).length
  const compound = reading.segments.some((segment) => segment.compound)
  const strange = way.some(({ languages: of }) => of.every((language) => (languages.get(language) ?? 0) < spokenShare))
  let sure = reading.segments.length === 1 ? 1 : reading.segments.length === 2 ? 0.97 : 0.94
  if (unknown > 0) sure *= Math.max(0.3, 1 - 0.42 * Math.sqrt(unknown))
  if (compound) sure *= 0.93
  if (strange) sure *= 0.72
  if (reading.question && reading.segments.length > 1) sure *= 0.6
  if (reading.words.length > 8) sure *= 0.7
  return sure
}

/** What the words say together; null where they name a thing that no field is for. */
function conceptOf(words: readonly Word[], ordinal: number | null): Concept | null {
  const named = words.filter((word): word is Attribute => attributeWords.has(word))
  const of = [...new Set(words.filter((word): word is Entity => entityWords.has(word)))]
  const which = [...new Set(words.filter((word): word is Kind => kindWords.has(word)))]
  const about = [...new Set(words.filter((word): word is Aspect => aspectWords.has(word)))].filter((aspect) => aspect !== 'fill')
  const real = named.filter((attribute): attribute is Exclude<Attribute, 'none'> => attribute !== 'none')
  if (real.length < named.length || of.includes('foreign') || of.length > 2 || isSeveralParts(real)) return null
  // "Customer/Supplier" says which of the two it is.
  if (real.length === 0 && about.length === 0 && which.length === 0 && of.length === 2 && of.includes('customer') && of.includes('vendor')) return { attribute: 'type', entity: null, kind: null, ordinal, aspects: [] }
  // A direct number is a phone number, whatever else is said of it.
  if (real.length === 0 && which.includes('direct') && of.every((entity) => entity !== 'user')) return { attribute: 'phone', entity: of[0] ?? null, kind: 'direct', ordinal, aspects: [] }
  const attribute = real.length === 0 ? null : oneAttribute(real)
  if (real.length > 0 && attribute === null) return null
  // Who looks after a record is a user, whether that is said or not.
  if (attribute === 'owner' && of.every((entity) => entity === 'user')) return { attribute, entity: null, kind: kindOf(which), ordinal, aspects: about }
  // "Duration (sec)", "Duration (min)": its unit, not the second of several.
  if (attribute === 'duration') return { attribute, entity: of[0] ?? null, kind: null, ordinal: null, aspects: about.filter((aspect) => aspect !== 'count') }
  if (attribute === null && of.length === 0 && about.length === 0) return which.length > 1 ? null : kindAlone(kindOf(which), ordinal)
  return { attribute, entity: of.at(-1) ?? null, kind: kindOf(which), ordinal, aspects: about, ...(of.length > 1 && { entity: of.find((entity) => entity === 'parent') ?? of.find((entity) => entity === 'company') ?? null }) }
}

/** "Durchwahl" is a phone, "Lieferadresse" an address: words that name a kind and the thing at once. */
function kindAlone(kind: Kind | null, ordinal: number | null): Concept | null {
  if (kind === 'direct') return { attribute: 'phone', entity: null, kind, ordinal, aspects: [] }
  if (kind === 'work' || kind === 'home') return { attribute: 'phone', entity: null, kind, ordinal, aspects: [], bare: true }
  if (kind === 'billing' || kind === 'shipping' || kind === 'site') return { attribute: 'address', entity: null, kind, ordinal, aspects: [] }
  return null
}

/** "Direct work phone" is direct, "Home (primary)" home: what narrows most. */
function kindOf(which: readonly Kind[]): Kind | null {
  return (['shipping', 'other', 'home', 'second', 'direct', 'billing', 'mailing', 'site', 'work', 'main'] as const).find((kind) => which.includes(kind)) ?? null
}
