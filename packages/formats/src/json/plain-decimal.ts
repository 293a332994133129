import { shiftPoint } from '../sheet/number-text.ts'

/** Exponents that are written out as zeros; larger ones are no amounts of anything. */
const writtenOut = 40

/** A number of JSON with all its digits, and without an exponent: 1.5e3 is 1500. */
export function plainDecimal(literal: string): string {
  const e = literal.search(/[eE]/)
  if (e === -1) return literal
  const places = Number(literal.slice(e + 1))
  if (!(Math.abs(places) <= writtenOut)) return literal
  const mantissa = literal.slice(0, e)
  if (places >= 0) return shiftPoint(mantissa, places)
  const negative = mantissa.startsWith('-')
  const [whole = '', fraction = ''] = (negative ? mantissa.slice(1) : mantissa).split('.')
  const digits = whole.padStart(1 - places, '0')
  const point = digits.length + places
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}${fraction}`
}
