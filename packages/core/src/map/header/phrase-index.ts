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
  const senses = new Map<string, readonly Sense[]>()
  let longest = 1
  for (const [language, lexicon] of lexicons) {
    const languages = [language]
    for (const [word, phrases] of entriesOf(lexicon)) {
      const alone: readonly Sense[] = [{ word, languages }] // shared by all phrases that mean nothing else, which are nearly all
      const add = (phrase: string): void => {
        const known = senses.get(phrase)
        senses.set(phrase, known === undefined ? alone : withSense(known, word, language))
      }
      for (const phrase of phrases.split('|')) for (const spelling of spellings(phrase)) {
        const words = headerWords(spelling)
        if (words.length === 0) continue
        longest = Math.max(longest, words.length)
        if (words.length === 1) add(words[0] ?? '')
        else {
          add(words.join(' '))
          // "firstname", "postalcode": written together as often as not.
          if (!/\d/.test(spelling) && !words.some(isCjk)) add(words.join(''))
        }
      }
    }
  }
  return { senses, longest }
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
const numberWord = new RegExp(`(?<=^| )(?:${Object.keys(numberWords).join('|')})(?=$| )`)

/** A phrase as its language writes it, with its word for "number" cut short, and with ae, oe, ue, aa where a keyboard lacks the letters. */
function spellings(phrase: string): string[] {
  if (phrase.includes(' ') && numberWord.test(phrase)) return [...keyboards(phrase), ...keyboards(phrase.replace(numberWord, (word) => numberWords[word] ?? word))]
  return keyboards(phrase)
}

function keyboards(phrase: string): string[] {
  if (!/[äöüåøÄÖÜÅØ]/.test(phrase)) return [phrase]
  const spelt = phrase.replace(/[äÄ]/g, 'ae').replace(/[öÖøØ]/g, 'oe').replace(/[üÜ]/g, 'ue').replace(/[åÅ]/g, 'aa')
  return [phrase, spelt]
}
