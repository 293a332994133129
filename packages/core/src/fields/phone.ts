import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import type { ColumnReading } from './column-reading.ts'
import { hasLostDigits } from './lost-digits.ts'
import type { FieldType } from './field-type.ts'
import { defaultTextLength, plainTextProblem } from './plain-text.ts'
import { readPlainNumber } from './phone/plain-number.ts'
import { numberingPlan } from './phone/numbering-plan.ts'
import { Problem } from './problem.ts'
import type { RowContext } from './row-context.ts'

/**
 * A phone number, read as one of the row's country. Canonical is E.164; a number that is not valid is kept as typed, with a doubt,
 * because a salesman's note is worth more than an empty cell. Extensions stay in the source text, which the companion keeps.
 */
export const phoneType: FieldType = {
  kind: 'phone',
  mayWarn: true,
  appendable: false,
  parse(text, field, row, reading) {
    const e164 = readNumber(text, countryOf(row, reading))
    if (e164 !== null) return e164
    if (!hasPhoneDigits(text)) return new Problem('type.phone')
    const first = firstOfSeveral(text, countryOf(row, reading))
    if (first !== null) return first
    return plainTextProblem(text, field, field.maxLength ?? defaultTextLength) ?? text
  },
  companion(text, canonical) {
    return text === canonical ? null : text
  },
  print(canonical) {
    return canonical
  },
  warn(text, canonical, _field, row, reading) {
    const country = countryOf(row, reading)
    if (text !== canonical) {
      return hasParts.test(text) && readNumber(text, country) === null && firstOfSeveral(text, country) !== null ? new Problem('type.phone-several', { kept: canonical }) : null
    }
    if (hasLostDigits(text)) return new Problem('type.phone-digits-lost')
    if (readNumber(text, country) !== null) return null
    return new Problem('type.phone-doubtful', { country: text.startsWith('+') ? 'its country code' : countryOf(row, reading) })
  },
}

/** The row's country where the phone library knows it, else the column's, else the default one. */
function countryOf(row: RowContext, reading: ColumnReading | undefined): string {
  return row.country !== null && numberingPlan(row.country) !== null ? row.country : reading?.phones ?? row.defaultCountry
}

/** What people put between two numbers. */
const partedBy = /\s*(?:[;,/|\n]|\s(?:or|and|oder|und|ou|et|o|y|e)\s)\s*/i
/** Whether there is such a thing: looked for in every number, so without the blanks around it. */
const hasParts = /[;,/|\n]|\s(?:or|and|oder|und|ou|et|o|y|e)\s/i
const longestSeveral = 120

/** Of a cell with several numbers the first; null where it has not two that are valid. */
function firstOfSeveral(text: string, country: string): string | null {
  if (text.length > longestSeveral || !hasParts.test(text)) return null
  const numbers = text.split(partedBy).map((part) => readNumber(part.trim(), country)).filter((number) => number !== null)
  return numbers.length > 1 ? numbers[0] ?? null : null
}

/**
 * Digits alone that begin with the country's own calling code and are more than its numbers have are an international number without its +.
 * Read as a national one, `4915112345678` would be valid in Germany, and somebody else's.
 */
function withoutPlus(text: string, country: string): string | null {
  const plan = numberingPlan(country)
  if (plan === null || plan.callingCode === '1' || text.length < 11 || !text.startsWith(plan.callingCode) || !/^\d{11,15}$/.test(text)) return null
  return readPlainNumber(`+${text}`, country) ?? null
}

/** E.164, or null when there is no valid number in the text. */
function readNumber(text: string, country: string): string | null {
  let e164: string | null | undefined = text.charCodeAt(0) >= 49 && text.charCodeAt(0) <= 57 ? withoutPlus(text, country) : null
  if (e164 !== null) return e164
  e164 = readPlainNumber(text, country)
  if (e164 === undefined) e164 = askLibrary(text, country)
  // 00 stands for + in most of the world (ITU E.123); people write it in countries that dial something else, too.
  if (e164 === null && text.startsWith('00')) e164 = readPlainNumber(`+${text.slice(2).trimStart()}`, country) ?? null
  return e164
}

/** @NOTE takes 10 µs and more; the library refuses texts beyond 250 characters by itself. */
function askLibrary(text: string, country: string): string | null {
  const number = parsePhoneNumberFromString(text, country as CountryCode)
  return number?.isValid() ? number.number : null
}

/** Three digits are the shortest thing that anybody dials. */
function hasPhoneDigits(text: string): boolean {
  let digits = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c >= 48 && c <= 57 && ++digits === 3) return true
  }
  return /\p{Nd}.*\p{Nd}.*\p{Nd}/su.test(text)
}
