import { detectAll } from 'jschardet'
import { decodeHead } from './decode-text.ts'
import { encodings, encodingCalled } from './encodings.ts'
import type { Encoding } from './encodings.ts'

/** One explanation of bytes, and the share of belief that it gets among all that read differently: 0 to 1. */
export interface Guess { encoding: Encoding; confidence: number }

/** Encodings that the detector is asked about, by its own names. */
const asked = ['windows-1250', 'windows-1251', 'windows-1252', 'windows-1253', 'windows-1254', 'windows-1255', 'windows-1256', 'windows-1257', 'ISO-8859-2', 'ISO-8859-15',
  'MacRoman', 'KOI8-R', 'KOI8-U', 'CP866', 'CP932', 'EUC-JP', 'GB18030', 'Big5', 'CP949']
/** Bytes of lines beyond ASCII that are looked at: more tell nothing new. */
const sampleBytes = 64 * 1024
/** So much more credit has the most common of them: its letters are the rarer ones of its neighbours. */
const usual = 1.04
/** Words that stand above columns. In encodings of two bytes a character, lists of names make sense as any other characters; these words do not. */
const ideographHeaders = /氏名|お名前|住所|会社|電話番号|郵便番号|都道府県|メール|フリガナ|姓名|公司|地址|电话|手机|邮箱|电子邮件|電話|手機|電子郵件|이름|성명|회사|주소|전화|이메일/
/** So much confidence such a word gives. */
const telling = 1
/** Of explanations nearly as good as the best, the more common encoding is taken. */
const nearlyAsGood = 0.99

/**
 * What a text that is not UTF-8 may be written in, the best first; those that read it exactly as a better one are left out. Judged by
 * a detector's model of languages, and by letters that make no sense: signs inside words, control characters, bytes without meaning.
 */
export function guessEncodings(bytes: Uint8Array): Guess[] {
  const sample = linesBeyondAscii(bytes)
  const found = detectAll(sample, { detectEncodings: asked, minimumThreshold: 0 }).flatMap(({ encoding, confidence }) => {
    if (encoding === null || confidence <= 0) return []
    const name = encodingCalled(encoding)
    const text = decodeHead(sample, name, true)
    return [{ encoding: name, text, score: (confidence + (ideographHeaders.test(text) ? telling : 0)) * sense(text) * (name === 'windows-1252' ? usual : 1) }]
  })
  found.push(...dosGuesses(sample))
  found.sort((a, b) => b.score - a.score)
  const [top] = found
  if (top === undefined) return []
  const preferred = found.filter(({ score }) => score >= top.score * nearlyAsGood).sort((a, b) => encodings.indexOf(a.encoding) - encodings.indexOf(b.encoding))
  const ranked = [...new Set([...preferred, ...found])]
  const different = ranked.filter((guess, i) => ranked.findIndex((other) => other.text === guess.text) === i).map((guess) => ({ ...guess, encoding: mostCommon(found, guess.text) ?? guess.encoding }))
  const sum = different.slice(0, 3).reduce((all, { score }) => all + score, 0)
  return different.map(({ encoding, score }) => ({ encoding, confidence: sum === 0 ? 0 : score / sum }))
}

/** What a guess at a code page of DOS must come to: hardly a letter of another, none where no word has it. */
const dosCredit = 0.75
/** So many bytes beyond ASCII a guess at a code page of DOS needs; the detector knows none of the Latin ones. */
const leastDosBytes = 4
/** Letters beyond ASCII of the languages that were written in each code page: a list is of one of them. */
const dosLetters: readonly (readonly [Encoding, readonly string[]])[] = [
  ['ibm850', ['äöüßÄÖÜé', 'éèêëàâçîïôùûÿÉÈÀÇœ', 'áéíóúñüÁÉÍÓÚÑ¿¡ºª', 'áàâãçéêíóôõúÁÂÃÇÉÊÍÓÔÕÚºª', 'àèéìòù', 'åäöÅÄÖéæøÆØ']],
  ['ibm852', ['ąćęłńóśźżĄĆĘŁŃÓŚŹŻ', 'áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽäôľĺŕ', 'áéíóöőúüűÁÉÍÓÖŐÚÜŰ', 'čćžšđČĆŽŠĐ', 'ăâîşţĂÂÎŞŢ']],
]

/** The code pages of DOS, where nearly all that is beyond ASCII becomes letters of their languages, and in the right places. */
function dosGuesses(sample: Uint8Array): { encoding: Encoding; text: string; score: number }[] {
  return dosLetters.flatMap(([encoding, languages]) => {
    const text = decodeHead(sample, encoding, true)
    const beyond = text.match(/[^\0-\x7F]/gu) ?? []
    const most = Math.max(...languages.map((letters) => beyond.filter((letter) => letters.includes(letter)).length))
    const score = (most / Math.max(1, beyond.length)) ** 4 * sense(text)
    return beyond.length < leastDosBytes || score < dosCredit ? [] : [{ encoding, text, score }]
  })
}

/** Control characters, what is no character, the sign that the euro took the place of, signs and fractions beside a letter, a capital inside a word, a letter of another script in a Latin word. */
const oddCharacters = /[\x80-\x9F\uD800-\uDFFF\u00A4]|(?<=[\p{L}\p{M}])[^\0-\x7F\p{L}\p{M}\p{P}\p{Zs}º°²³®™]|[^\0-\x7F\p{L}\p{M}\p{P}\p{Zs}º°²³®™](?=\p{L})|(?<=\p{Ll})[^\0-\x7F\P{Lu}]|(?<=[A-Za-z])[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}]|[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}](?=[A-Za-z])/gu

/** Of those that read the bytes as this text, the one that most texts are written in. */
function mostCommon(found: readonly { encoding: Encoding; text: string }[], text: string): Encoding | undefined {
  return encodings.find((encoding) => found.some((guess) => guess.encoding === encoding && guess.text === text))
}

/** 1: every character beyond ASCII could stand where it does; 0: none could. */
function sense(text: string): number {
  const beyond = text.match(/[^\0-\x7F]/gu)?.length ?? 0
  if (beyond === 0) return 1
  const odd = text.match(oddCharacters)?.length ?? 0
  return Math.max(0, 1 - odd / beyond) ** 2
}

/** Lines with a byte beyond ASCII, up to the bound; in all of these encodings a line end is a line end. */
function linesBeyondAscii(bytes: Uint8Array): Buffer {
  const parts: Uint8Array[] = []
  let size = 0
  let at = 0
  while (at < bytes.length && size < sampleBytes) {
    let end = at
    let beyond = false
    for (; end < bytes.length; end += 1) {
      const byte = bytes[end] ?? 0
      if (byte >= 0x80) beyond = true
      if (byte === 10 || byte === 13) { end += 1; break }
    }
    if (beyond) {
      const line = bytes.subarray(at, Math.min(end, at + sampleBytes))
      parts.push(line)
      size += line.length
    }
    at = end
  }
  return Buffer.concat(parts)
}
