import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import type { ColumnReading } from './column-reading.ts'
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
    return plainTextProblem(text, field, field.maxLength ?? defaultTextLength) ?? text
  },
  companion(text, canonical) {
    return text === canonical ? null : text
  },
  print(canonical) {
    return canonical
  },
  warn(text, canonical, _field, row, reading) {
    if (text !== canonical || readNumber(text, countryOf(row, reading)) !== null) return null
    return new Problem('type.phone-doubtful', { country: text.startsWith('+') ? 'its country code' : countryOf(row, reading) })
  },
}

/** The row's country where the phone library knows it, else the column's, else the default one. */
function countryOf(row: RowContext, reading: ColumnReading | undefined): string {
  return row.country !== null && numberingPlan(row.country) !== null ? row.country : reading?.phones ?? row.defaultCountry
}

/** E.164, or null when there is no valid number in the text. */
function readNumber(text: string, country: string): string | null {
  let e164 = readPlainNumber(text, country)
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
