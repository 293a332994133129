import { latinDigits } from '../latin-digits.ts'
import { monthNamed, type MonthName } from './month-names.ts'

/** No form of a day with its weekday is longer; patterns never see more, so that no file can make them slow. */
export const longestDay = 64

/** A day as it is written, before anything is decided: which number is which may depend on the column. */
export type ScannedDay =
  /** 03/04/2021, 21.3.4, 2021年3月4日: three numbers with the lengths of the outer ones, and what stands between them (". " for Korea's and Hungary's 21. 3. 4.). */
  | { kind: 'numbers'; a: number; b: number; c: number; aDigits: number; cDigits: number; mark: string }
  /** 20210304 or 04032021 */
  | { kind: 'compact'; digits: string }
  | { kind: 'named'; day: number; month: MonthName; year: number; yearDigits: number }

const numbers = /^(\d{1,4})([-/. ])\s?(\d{1,2})\2\s?(\d{1,4})\.?(?:\s?[гГ]\.?)?$/
const eastAsian = /^(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?(?:\s?(?:[月火水木金土日월화수목금토일]曜?日?요?일?|星期[一二三四五六日天]|周[一二三四五六日]|\([月火水木金土日월화수목금토일]\)))?$/
const parts = /\p{L}[\p{L}\p{M}]*|\d+/gu
/** Anything else between the parts of a day with a month's name makes it no day. */
const between = /^[\p{L}\p{M}\d\s.,'’ºª/()،׳॰-]*$/u
/** What stands beside day, month and year in the languages we read; the names of weekdays are known from the platform. */
const beside = new Set('st nd rd th er re de del di of the den יום el le il la d m gada р r г года р року ος η a e o'.split(' '))

/** null: not written as a day. */
export function scanDay(source: string): ScannedDay | null {
  if (source.length > longestDay) return null
  const text = latinDigits(source)
  const found = numbers.exec(text)
  if (found) {
    const [, a = '', mark = '', b = '', c = ''] = found
    if (a.length === 3 || c.length === 3 || (a.length === 4 && c.length === 4)) return null
    // 1.2.3 is a version, not a day: a year has two digits or four
    if (a.length <= 2 && c.length === 1 && a.length !== 2) return null
    return { kind: 'numbers', a: Number(a), b: Number(b), c: Number(c), aDigits: a.length, cDigits: c.length, mark: c.length === 2 && text.endsWith('.') ? '. ' : mark }
  }
  if (/^\d{8}$/.test(text)) return { kind: 'compact', digits: text }
  const asian = eastAsian.exec(text)
  if (asian) return { kind: 'numbers', a: Number(asian[1]), b: Number(asian[2]), c: Number(asian[3]), aDigits: 4, cDigits: (asian[3] ?? '').length, mark: '年' }
  const vietnamese = /^(\d{1,2}) (?:tháng|thg) (\d{1,2}),? (?:năm )?(\d{4})$/i.exec(text)
  if (vietnamese) return { kind: 'named', day: Number(vietnamese[1]), month: { month: Number(vietnamese[2]), byLanguage: new Map() }, year: Number(vietnamese[3]), yearDigits: 4 }
  return scanNamed(text)
}

function scanNamed(text: string): ScannedDay | null {
  if (!between.test(text)) return null
  const figures: string[] = []
  let month: MonthName | null = null
  for (const [part] of text.matchAll(parts)) {
    if (/^\d/.test(part)) figures.push(part)
    else {
      const word = part.normalize('NFC').toLowerCase()
      const named = monthNamed(word)
      if (named !== null && month === null) month = named
      else if (!beside.has(word) && !isWeekday(word)) return null
    }
  }
  const [first = '', second = ''] = figures
  if (month === null || figures.length !== 2 || !isFigure(first) || !isFigure(second)) return null
  if (first.length === 4) return second.length === 4 ? null : { kind: 'named', year: Number(first), yearDigits: 4, month, day: Number(second) }
  if (second.length === 1) return null
  // a year of two digits comes last; before the day it is taken for one only where it can be no day
  if (second.length === 2 && Number(first) > 31) return { kind: 'named', year: Number(first), yearDigits: 2, month, day: Number(second) }
  return { kind: 'named', year: Number(second), yearDigits: second.length, month, day: Number(first) }
}

function isFigure(digits: string): boolean {
  return digits.length === 1 || digits.length === 2 || digits.length === 4
}

let weekdays: Set<string> | null = null

function isWeekday(word: string): boolean {
  weekdays ??= allWeekdays()
  return weekdays.has(word)
}

const weekdayLanguages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs', 'hu', 'ro', 'tr', 'ru', 'uk', 'el', 'sk', 'bg', 'hr', 'lt', 'lv', 'et', 'sl', 'id', 'ar', 'hi', 'he', 'ca', 'sr']

/** Every word of every weekday's name: Portuguese has two in "segunda-feira". */
function allWeekdays(): Set<string> {
  const words = new Set<string>()
  for (const language of weekdayLanguages) {
    for (const weekday of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' })
      for (let day = 1; day <= 7; day++) for (const [word] of format.format(Date.UTC(2021, 2, day)).toLowerCase().matchAll(parts)) words.add(word.normalize('NFC'))
    }
  }
  return words
}
