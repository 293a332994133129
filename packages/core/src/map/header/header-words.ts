/** Letters that fold to others without being a base letter with a mark. */
const folded: Readonly<Record<string, string>> = { 'ß': 'ss', 'ø': 'o', 'æ': 'ae', 'œ': 'oe', 'ł': 'l', 'đ': 'd', 'ı': 'i', 'ð': 'd', 'þ': 'th' }
/** Names that are written in camelCase and are one word all the same. */
const oneName = /LinkedIn|YouTube|GitHub|WhatsApp|WeChat|TikTok|PayPal|HubSpot|FaceBook|GooglePlus|AngelList|SnapChat/g
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆]/u
const eachCjk = new RegExp(cjk.source, 'gu')

/** Words of letters that have a case, apart by one sign, at most their first letter a capital. */
const plainWords = /^\p{Lu}?\p{Ll}+(?:[ \-/.'’]\p{Lu}?\p{Ll}+)*$/u
/** Characters of scripts without spaces, one word each. */
const plainCharacters = /^[\u3041-\u3096\u30A1-\u30FA\u30FC\u3005\u3006\u4E00-\u9FFF\uAC00-\uD7A3]+$/
const betweenWords = /[ \-/.'’]/
/** What a bracket adds without saying anything of the column: one letter, a time zone, a range, the way a date is written. */
const idleBracket = /(?<=\s)[([{]\s*(?:[a-z]|utc|gmt|msk|(?:e|c|m|p|b|i|j|k|h|ce|ee|ae|ac|aw|nz|ak|sa)st|\d{1,2} ?[-–] ?\d{1,3}|local(?: time)?|iso ?8601|e\.?164|[dmyhs]{1,4}(?:[-/. :]?[dmyhs]{1,4}){1,5}|(?:offset )?(?:incl|excl|inkl|exkl)\.?|total)\s*[)\]}]/giu

/** "Ph (c)", "Tel (W)": which telephone, by one letter. */
const shortKind = /^\s*(ph|phone|tel|telephone)\b\.?\s*[([{]([hcmwob])[)\]}]/iu
const shortKinds: Readonly<Record<string, string>> = { h: 'home', c: 'cell', m: 'mobile', w: 'work', o: 'office', b: 'business' }

/**
 * A header as the words by which it is looked up: one case, no accents, camelCase and snake_case taken apart, digits by themselves,
 * `#` and `№` as "number" (but "#1" as 1), `%` as "percent"; scripts that write no spaces character by character. Hints in brackets that explain codes
 * ("(0: no, 1: yes)") and the suffix of Salesforce's custom fields (`__c`) are left out.
 */
export function headerWords(header: string): string[] {
  // Nearly all of the words that we know, and they are read at every start.
  if (plainWords.test(header)) return fold(header.toLowerCase()).split(betweenWords)
  if (plainCharacters.test(header)) return [...header]
  const text = header.normalize('NFKC')
    .replace(/[\u200B-\u200F\u2060\uFEFF]/g, '')
    .replace(/^\s*[$€£]+\s*$/, 'amount').replace(/\b(unit|each)\s*[$€£]/gi, '$1 price').replace(/〒/g, ' 郵便番号 ')
    .replace(/__(c|r|pc)$/i, '')
    .replace(shortKind, (_, phone: string, kind: string) => `${phone} ${shortKinds[kind.toLowerCase()] ?? ''} `)
    .replace(idleBracket, (bracket, at: number) => (at === 0 ? bracket : ' '))
    .replace(/[([{][^)\]}]*[:=,;][^)\]}]*[)\]}]/g, (hint) => (/\d|.{25}/.test(hint) ? ' ' : hint))
    .replace(/[☎☏📞]/gu, ' phone ').replace(/📱/gu, ' mobile ').replace(/[✉📧]/gu, ' email ')
    .replace(/#(?=\d{1,2}\b)/g, ' ')
    .replace(/\bn[°º]\.?|№|#/giu, ' number ')
    .replace(/[([{][a-z]{2}[-_][a-z]{2}[)\]}]/giu, ' ')
    .replace(/%/g, ' percent ')
    .replace(oneName, (name) => name.toLowerCase())
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
  return [...fold(text)
    .replace(/\b(\d)(st|nd|rd|th)\b/g, ' $1 ')
    .replace(/(\p{L})(\d)/gu, '$1 $2').replace(/(\d)(\p{L})/gu, '$1 $2')
    .replace(eachCjk, ' $& ')
    .matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(([word]) => (arabic.test(word) ? plainArabic(word) : word))
}

const arabic = /^[\u0600-\u06FF]/
/** Shorter words may begin with the letters of the article. */
const shortestWithArticle = 5

/** An Arabic word without its article, marks of vowels, and the forms of letters that people write one for another. */
function plainArabic(word: string): string {
  const plain = word.replace(/[\u064B-\u0652\u0640]/g, '').replace(/[أإآٱ]/g, 'ا').replace(/[ىی]/g, 'ي').replace(/ک/g, 'ك').replace(/ة$/, 'ه')
  return plain.length >= shortestWithArticle && plain.startsWith('ال') ? plain.slice(2) : plain
}

const asciiOnly = /^[\x00-\x7F]*$/

/** Lower-case text without the marks of Latin and Greek letters; other scripts as they are. */
export function fold(text: string): string {
  return asciiOnly.test(text) ? text : text
    .replace(/[\u00C0-\u024F\u1E00-\u1EFF\u0370-\u03FF\u1F00-\u1FFF]/g, (letter) => folded[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .replace(/\u0307/g, '')
}

/** Whether a word is one character of a script that writes no spaces. */
export function isCjk(word: string): boolean {
  return cjk.test(word)
}
