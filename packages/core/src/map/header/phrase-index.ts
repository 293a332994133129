import { lexicons } from '../lexicon/lexicons.ts'
import type { Word } from '../lexicon/meanings.ts'
import { fold, headerWords, isCjk } from './header-words.ts'

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

/** Letters other than Latin ones. */
const otherLetters = /[\u0370-\u1DFF\u1F00-\u1FFF\u2E80-\uD7FF\uF900-\uFAFF]/
/** Words with one space between them are their own key once they are folded, which spares most phrases the way through words. */
const plainPhrase = /^\p{Lu}?\p{Ll}+(?: \p{Lu}?\p{Ll}+)*$/u

const senses = new Map<string, readonly Sense[]>()
const index = { senses, longest: 1 }
const indexed = { latin: false, others: false }

/**
 * The index over all lexicons, for a header with the given letters; built at the first use, then kept: it depends on nothing but our own
 * words. Phrases in other letters than Latin ones, a third of all, can stand in no header without such letters and wait for one that has some.
 */
export function phraseIndex(header = ''): PhraseIndex {
  if (!indexed.latin) { indexed.latin = true; addPhrases(false) }
  if (!indexed.others && otherLetters.test(header)) { indexed.others = true; addPhrases(true) }
  return index
}

function addPhrases(others: boolean): void {
  for (const [language, lexicon] of lexicons) {
    const languages = [language]
    for (const [word, phrases] of entriesOf(lexicon)) {
      // asked of all phrases at once: most hold nothing of the kind
      const isMixed = otherLetters.test(phrases)
      if (others && !isMixed) continue
      const isSpeltOtherwise = umlauts.test(phrases) || numberWord.test(phrases)
      const alone: readonly Sense[] = [{ word, languages }] // shared by all phrases that mean nothing else, which are nearly all
      const add = (phrase: string): void => {
        const known = senses.get(phrase)
        senses.set(phrase, known === undefined ? alone : withSense(known, word, language))
      }
      for (const phrase of phrases.split('|')) if (!isMixed || otherLetters.test(phrase) === others) for (const spelling of isSpeltOtherwise ? spellings(phrase) : [phrase]) {
        if (plainPhrase.test(spelling)) addPlain(fold(spelling.toLowerCase()), add)
        else addWords(spelling, headerWords(spelling), add)
      }
    }
  }
}

function addPlain(key: string, add: (phrase: string) => void): void {
  add(key)
  if (!key.includes(' ')) return
  index.longest = Math.max(index.longest, key.split(' ').length)
  add(key.replaceAll(' ', ''))
}

function addWords(spelling: string, words: readonly string[], add: (phrase: string) => void): void {
  if (words.length === 0) return
  index.longest = Math.max(index.longest, words.length)
  add(words.join(' '))
  // "firstname", "postalcode": written together as often as not.
  if (words.length > 1 && !/\d/.test(spelling) && !words.some(isCjk)) add(words.join(''))
}

/** What a phrase means, with one more meaning, or one more language in which it has it. */
function withSense(known: readonly Sense[], word: Word, language: string): readonly Sense[] {
  const sense = known.find((other) => other.word === word)
  if (sense === undefined) return [...known, { word, languages: [language] }]
  return sense.languages.includes(language) ? known : known.map((other) => (other === sense ? { word, languages: [...sense.languages, language] } : other))
}

function entriesOf(lexicon: object): [Word, string][] {
  return Object.entries(lexicon) as [Word, string][] // its keys are Words: that is the type of a Lexicon
}

/** Words for "number" as they are mostly cut short. */
const numberWords: Readonly<Record<string, string>> = {
  broj: 'br', nummer: 'nr', numer: 'nr', numeris: 'nr', numurs: 'nr', number: 'no', číslo: 'č', numarası: 'no', številka: 'št', nomor: 'no', nombor: 'no', número: 'núm', numero: 'n', număr: 'nr', номер: '№', број: 'бр', αριθμός: 'αρ', numéro: 'n°',
}
const numberWord = new RegExp(`(?<=^|[ |])(?:${Object.keys(numberWords).join('|')})(?=$|[ |])`)
const umlauts = /[äöüåøÄÖÜÅØ]/

/** A phrase as its language writes it, with its word for "number" cut short, and with ae, oe, ue, aa where a keyboard lacks the letters. */
function spellings(phrase: string): string[] {
  if (phrase.includes(' ') && numberWord.test(phrase)) return [...keyboards(phrase), ...keyboards(phrase.replace(numberWord, (word) => numberWords[word] ?? word))]
  return keyboards(phrase)
}

function keyboards(phrase: string): string[] {
  if (!umlauts.test(phrase)) return [phrase]
  const spelt = phrase.replace(/[äÄ]/g, 'ae').replace(/[öÖøØ]/g, 'oe').replace(/[üÜ]/g, 'ue').replace(/[åÅ]/g, 'aa')
  return [phrase, spelt]
}
