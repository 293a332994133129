import type { Field } from '../schema/field.ts'
import type { ColumnReading, DecimalMark } from './column-reading.ts'
import { latinDigits } from './latin-digits.ts'
import { Problem } from './problem.ts'

/** Longest number, in digits. A longer one is a damaged cell, and arithmetic on it would cost more than it is worth. */
const longestNumber = 1000
const defaultPrecision = { integerDigits: 18, decimals: 6 }

const canonicalForm = /^(?:-?[1-9]\d*|0)(?:\.\d+)?$/
const notFinite = /^[+-]?(?:nan|inf(?:inity)?|∞|#num!|#div\/0!)$/i

interface Notation { form: RegExp; groups: RegExp | null; decimalComma: boolean }

/** Ways to write the digits of a number where the point is the decimal mark, each with what its separators mean. */
const withPoint: readonly Notation[] = [
  // 1234.5, .5, 5.
  { form: /^(?:\d+\.?\d*|\.\d+)$/, groups: null, decimalComma: false },
  // 1,234 and 1,234,567.89
  { form: /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/, groups: /,/g, decimalComma: false },
  // 12,34,567.89, as in India
  { form: /^[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d*)?$/, groups: /,/g, decimalComma: false },
  // 1 234.5 and 1'234.5
  { form: /^[1-9]\d{0,2}(?:[ '’]\d{3})+(?:\.\d*)?$/, groups: /[ '’]/g, decimalComma: false },
]
const withComma: readonly Notation[] = [
  // 12,5 and 0,125, ,5
  { form: /^(?:\d+,?\d*|,\d+)$/, groups: null, decimalComma: true },
  // 1.234 and 1.234.567,89
  { form: /^[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?$/, groups: /\./g, decimalComma: true },
  // 1 234,5 and 1'234,5
  { form: /^[1-9]\d{0,2}(?:[ '’]\d{3})+(?:,\d*)?$/, groups: /[ '’]/g, decimalComma: true },
]
/** Where nothing is decided about the column, a number alone is read by what it can mean; "1,234" is thousands, "1.234" is not. */
const byItself: readonly Notation[] = [...withPoint, ...withComma]

/**
 * Exact decimal text of a number as people write it: `-?digits[.digits]` without leading zeros, decimals kept as typed ("12.50").
 * No float comes near it. Thousands by comma, blank, apostrophe or point, decimals by `mark`; where that is null, a decimal comma is
 * taken where it can be nothing else ("1.234,56", "12,5"; "1,234" is thousands). Digits of any script; negative by sign before or after,
 * or by parentheses; exponents written out. null: not a number.
 */
export function readDecimal(text: string, mark: DecimalMark | null = null): string | null {
  if (text.length > longestNumber) return null
  if (canonicalForm.test(text) && (mark !== ',' || !text.includes('.'))) return text
  let body = plainSigns(latinDigits(text)).trim()
  let negative = false
  if (body.startsWith('(') && body.endsWith(')')) {
    negative = true
    body = body.slice(1, -1).trim()
    if (/^[+-]|-$/.test(body)) return null
  } else if (/^[+-]/.test(body)) {
    negative = body.startsWith('-')
    body = body.slice(1).trimStart()
    if (body.endsWith('-')) return null
  } else if (/\d-$/.test(body)) {
    negative = true
    body = body.slice(0, -1)
  }
  const exponent = /^([^eE]+)[eE]([+-]?\d{1,4})$/.exec(body)
  const digits = exponent ? shift(readDigits(exponent[1] ?? '', mark), Number(exponent[2])) : readDigits(body, mark)
  return digits === null ? null : withSign(digits, negative)
}

/** One sign for minus, and no dash in the place of the cents: `1.234,-` and `1'250.–` are whole amounts, not negative ones. */
export function plainSigns(text: string): string {
  return text.replace(/(?<=\d)[.,][-\u2013\u2014]{1,2}(?=[^\d]*$)/, '').replace(/[\u2212\u2013]/g, '-')
}

/** Reads a number and holds it against the bounds of its field: precision of the column, `min` and `max`. */
export function parseDecimal(text: string, field: Field, notANumber: 'type.number' | 'type.currency' | 'type.percent', reading?: ColumnReading): string | Problem {
  const value = readDecimal(text, reading?.decimal ?? null)
  if (value === null) return new Problem(notFinite.test(text) ? 'type.number-not-finite' : notANumber)
  return fitDecimal(value, field)
}

function fitDecimal(value: string, field: Field): string | Problem {
  const { integerDigits, decimals } = field.precision ?? defaultPrecision
  const point = value.indexOf('.')
  const sign = value.startsWith('-') ? 1 : 0
  const whole = (point < 0 ? value.length : point) - sign
  if (whole > integerDigits) {
    return new Problem('type.number-range', { field: field.name, bounds: `at most ${integerDigits} digits before the decimal point` })
  }
  let fitted = value
  if (point >= 0 && value.length - point - 1 > decimals) {
    if (/[1-9]/.test(value.slice(point + 1 + decimals))) return new Problem('type.number-precision', { field: field.name, decimals: String(decimals) })
    fitted = withSign(value.slice(sign, decimals === 0 ? point : point + 1 + decimals), sign === 1)
  }
  if ((field.min !== undefined && compareDecimals(fitted, field.min) < 0) || (field.max !== undefined && compareDecimals(fitted, field.max) > 0)) {
    return new Problem('type.number-range', { field: field.name, bounds: boundsOf(field) })
  }
  return fitted
}

/** Negative, 0 or positive as `a` is less than, equal to or greater than `b`; both canonical decimal texts. Exact at any length. */
export function compareDecimals(a: string, b: string): number {
  const negativeA = a.startsWith('-')
  const negativeB = b.startsWith('-')
  if (negativeA !== negativeB) return negativeA ? -1 : 1
  const [wholeA = '', decimalsA = ''] = a.slice(negativeA ? 1 : 0).split('.')
  const [wholeB = '', decimalsB = ''] = b.slice(negativeB ? 1 : 0).split('.')
  const order = wholeA.length - wholeB.length || compareTexts(wholeA, wholeB)
    || compareTexts(decimalsA.replace(/0+$/, ''), decimalsB.replace(/0+$/, ''))
  return negativeA ? -order : order
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function boundsOf({ min, max }: Field): string {
  if (min !== undefined && max !== undefined) return `${min} to ${max}`
  return min !== undefined ? `${min} or more` : `${max ?? ''} or less`
}

/** Digits with at most one decimal point, or null. */
function readDigits(body: string, mark: DecimalMark | null): string | null {
  for (const { form, groups, decimalComma } of mark === null ? byItself : mark === '.' ? withPoint : withComma) {
    if (!form.test(body)) continue
    const ungrouped = groups === null ? body : body.replace(groups, '')
    return decimalComma ? ungrouped.replace(',', '.') : ungrouped
  }
  return null
}

/** The decimal point moved by `places`: an exponent written out. null when the result has more than 1 000 digits. */
function shift(digits: string | null, places: number): string | null {
  if (digits === null || Math.abs(places) + digits.length > longestNumber) return null
  const [whole = '', decimals = ''] = digits.split('.')
  if (places >= 0) return `${whole}${decimals.slice(0, places).padEnd(places, '0')}.${decimals.slice(places)}`
  const padded = whole.padStart(1 - places, '0')
  return `${padded.slice(0, places)}.${padded.slice(places)}${decimals}`
}

/** Leading zeros and an empty fraction go, a missing whole part becomes 0, and zero has no sign. */
function withSign(digits: string, negative: boolean): string {
  const point = digits.indexOf('.')
  const whole = (point < 0 ? digits : digits.slice(0, point)).replace(/^0+(?=\d)/, '') || '0'
  const decimals = point < 0 ? '' : digits.slice(point + 1)
  const value = decimals === '' ? whole : `${whole}.${decimals}`
  return negative && /[1-9]/.test(value) ? `-${value}` : value
}
