import { headerWords, isCjk } from './header-words.ts'
import { phraseIndex, type Sense } from './phrase-index.ts'

/** A stretch of a header that a lexicon knows, or one word that none does (then without senses). */
export interface Segment {
  text: string
  senses: readonly Sense[]
  /** Found only by taking a word apart: "Rechnungsort" as "Rechnungs" and "Ort". */
  compound: boolean
}

/** A header, taken apart. */
export interface HeaderReading {
  header: string
  words: readonly string[]
  segments: readonly Segment[]
  /** "Phone 2" is 2; null where the header counts nothing. */
  ordinal: number | null
  /** The header asks whether something is so: "Are you a member?" What is asked openly ("What is your company?") is answered by a value. */
  question: boolean
}

const unknownCost = 2.2
const compoundCost = 0.3
const shortestPart = 3
/** Parts of two letters that end compounds all the same: "Kundnr", "orderid". */
const shortTails: ReadonlySet<string> = new Set(['nr', 'id', 'no'])

/** A reading without phrases that count something and only other languages than these have, where the header is known word by word: "Products name 1" holds the German "Name 1". */
export function readAgainIn(reading: HeaderReading, isSpoken: (sense: Sense) => boolean): HeaderReading {
  const isForeign = (text: string, senses: readonly Sense[]): boolean => / \d/.test(text) && !senses.some(isSpoken)
  if (reading.segments.length === 0 || !reading.segments.some(({ text, senses }) => senses.length > 0 && isForeign(text, senses))) return reading
  const again = readWords(reading.header, isForeign)
  return again.segments.length > 0 && again.segments.every(({ senses }) => senses.some(isSpoken)) ? again : reading
}

/** The cheapest way to read a header as known phrases: long ones before short ones, known ones before unknown ones. */
export function readHeader(header: string): HeaderReading {
  const reading = readWords(header)
  if (reading.segments.every(({ senses }) => senses.length > 0)) return reading
  // What a bracket adds in short codes that we do not know explains the header and is no part of it: "Name (en-gb)".
  const plain = header.replace(bracket, ' ').trim()
  if (plain === '' || plain === header.trim()) return reading
  const without = readWords(plain)
  const isKnown = without.segments.length > 0 && without.segments.every(({ senses }) => senses.length > 0)
  return isKnown && [...header.matchAll(bracket)].every(([inside]) => readWords(inside).segments.every(({ text, senses }) => (senses.length === 0 ? text.length <= longestCode && !isCjk(text) : fills(senses)))) ? { ...without, header, question: reading.question } : reading
}

const longestCode = 3
const bracket = /[([{（［【][^)\]}）］】]*[)\]}）］】]/gu

function readWords(header: string, isRefused: (text: string, senses: readonly Sense[]) => boolean = () => false): HeaderReading {
  const all = headerWords(header)
  const { senses } = phraseIndex(header)
  const whole = senses.get(all.join(' ')) ?? senses.get(all.join(''))
  const segments = whole && !isRefused(all.join(' '), whole) ? [{ text: all.join(' '), senses: whole, compound: false }] : segment(all, isRefused)
  const counted = segments.flatMap(({ text }) => (/^\d{1,2}$/.test(text) ? [Number(text)] : []))
  return {
    header,
    words: all,
    segments: segments.filter(({ text }) => !/^\d{1,2}$/.test(text)),
    ordinal: counted.at(-1) ?? null,
    question: /[?？]\s*\*?\s*$/.test(header.trim()) && !openQuestion.test(header),
  }
}

const openQuestion = /^[\s¿\d.):-]*(?:and |et |und |y |e )?(?:(?:in|from|at|for|by|en|de|desde|a|con|por|para|em|do|dans|à|depuis|par|pour|aus|auf|seit|für|da|di|van|uit|från) )?(?:what|which|where|who|how|when|wie|was|wo|welche[rsn]?|wann|quel(?:le)?s?|comment|où|combien|cuál(?:es)?|qué|cómo|dónde|cuánt[oa]s|qual|quais|como|onde|quale|come|dove|quant[ieoa]|wat|welke|hoe|waar|hoeveel|vad|vilken|var|hur|jak[aąi]?|gdzie|kto|co|jaký|jaká|kde|kdo|hvad|hvor|hvem|hva)(?![\p{L}\p{M}])|何|どこ|どちら|いつ|誰|どの|どう|什么|什麼|哪|怎|多少|무엇|어디|누구|언제|어떻게|как|где|какой|какая|сколько|откуда/iu

interface Way { cost: number; from: number; segments: Segment[] }

function segment(words: readonly string[], isRefused: (text: string, senses: readonly Sense[]) => boolean): Segment[] {
  const { senses, longest } = phraseIndex()
  const ways: Way[] = [{ cost: 0, from: 0, segments: [] }]
  for (let end = 1; end <= words.length; end++) {
    let best: Way | null = null
    for (let start = Math.max(0, end - longest); start < end; start++) {
      const before = ways[start]?.cost ?? Infinity
      const text = words.slice(start, end).join(' ')
      const said = senses.get(text)
      const known = said && !isRefused(text, said) ? said : undefined
      const found = known ? { cost: fills(known) ? 0.4 : 1, segments: [{ text, senses: known, compound: false }] } : start === end - 1 ? unknown(text) : null
      // On a tie the longer last phrase wins: it says more than its parts.
      if (found && (!best || before + found.cost < best.cost)) best = { cost: before + found.cost, from: start, segments: found.segments }
    }
    ways.push(best ?? { cost: Infinity, from: end - 1, segments: [] })
  }
  const path: Segment[] = []
  for (let at = words.length; at > 0;) {
    const way = ways[at]
    if (!way) break
    path.unshift(...way.segments)
    at = way.from
  }
  return path
}

function fills(senses: readonly Sense[]): boolean {
  return senses.every(({ word }) => word === 'fill')
}

function unknown(text: string): { cost: number; segments: Segment[] } {
  if (/^\d+$/.test(text)) return { cost: 0.1, segments: [{ text, senses: [], compound: false }] }
  const parts = isCjk(text) || text.length < 2 * shortestPart - 1 ? null : takeApart(text)
  return parts ? { cost: parts.length + compoundCost, segments: parts } : { cost: isCjk(text) ? 0.8 : unknownCost, segments: [{ text, senses: [], compound: false }] }
}

/** A word as known words written together, with the letters that German and its neighbours put between; null where that is not so. */
function takeApart(word: string): Segment[] | null {
  const { senses } = phraseIndex()
  for (let at = word.length - 2; at >= shortestPart; at--) {
    if (word.length - at < shortestPart && !shortTails.has(word.slice(at))) continue
    const head = word.slice(0, at)
    const first = senses.get(head) ?? senses.get(head.replace(/(en|es|s|n|e)$/, ''))
    if (!first || fills(first)) continue
    const tail = word.slice(at)
    const rest = senses.get(tail)
    if (rest && !fills(rest)) return [{ text: head, senses: first, compound: true }, { text: tail, senses: rest, compound: true }]
    const more = tail.length >= 2 * shortestPart ? takeApart(tail) : null
    if (more) return [{ text: head, senses: first, compound: true }, ...more]
  }
  return null
}
