import { lexicons } from '../lexicon/lexicons.ts'
import type { Word } from '../lexicon/meanings.ts'
import { headerWords, isCjk } from './header-words.ts'

/** What a phrase stands for, and in which languages it does so. */
export interface Sense {
  word: Word
  languages: readonly string[]
}

/** The phrases of all languages. `longest` is the number of words of the longest one. */
export interface PhraseIndex {
  /** Senses by the phrase's words, joined by one space. */
  senses: ReadonlyMap<string, readonly Sense[]>
  longest: number
}

let built: PhraseIndex | null = null

/** The index over all lexicons; built at the first use, then kept: it depends on nothing but our own words. */
export function phraseIndex(): PhraseIndex {
  built ??= buildIndex()
  return built
}

function buildIndex(): PhraseIndex {
  const senses = new Map<string, { word: Word; languages: string[] }[]>()
  let longest = 1
  const add = (phrase: string, word: Word, language: string): void => {
    const known = senses.get(phrase)
    const sense = known?.find((other) => other.word === word)
    if (sense) { if (!sense.languages.includes(language)) sense.languages.push(language) }
    else if (known) known.push({ word, languages: [language] })
    else senses.set(phrase, [{ word, languages: [language] }])
  }
  for (const [language, lexicon] of lexicons) {
    for (const [word, phrases] of entriesOf(lexicon)) {
      for (const phrase of phrases.split('|')) for (const spelling of spellings(phrase)) {
        const words = headerWords(spelling)
        if (words.length === 0) continue
        longest = Math.max(longest, words.length)
        add(words.join(' '), word, language)
        // "firstname", "postalcode": written together as often as not.
        if (words.length > 1 && !words.some(isCjk) && !/\d/.test(spelling)) add(words.join(''), word, language)
      }
    }
  }
  return { senses, longest }
}

function entriesOf(lexicon: object): [Word, string][] {
  return Object.entries(lexicon) as [Word, string][] // its keys are Words: that is the type of a Lexicon
}

/** A phrase as its language writes it, and with ae, oe, ue, aa where a keyboard lacks the letters. */
function spellings(phrase: string): string[] {
  if (!/[äöüåøÄÖÜÅØ]/.test(phrase)) return [phrase]
  const spelt = phrase.replace(/[äÄ]/g, 'ae').replace(/[öÖøØ]/g, 'oe').replace(/[üÜ]/g, 'ue').replace(/[åÅ]/g, 'aa')
  return [phrase, spelt]
}
