/** Digits that a spreadsheet itself shows and compares by; more of them are noise of binary fractions (0.1 + 0.2). */
const significantDigits = 15

/**
 * The number of a cell as plain decimal text: no exponent, no thousands separators, no noise digits. Whole numbers keep every digit
 * that the file has, also beyond what a double can hold: an identifier of 18 digits must come out as it was written.
 * null: the text is no number.
 */
export function numberText(literal: string): string | null {
  const text = literal.trim()
  if (/^[+-]?\d+$/.test(text)) {
    const digits = text.replace(/^[+-]?0*(?=\d)/, '')
    return text.startsWith('-') && digits !== '0' ? `-${digits}` : digits
  }
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? expandExponent(String(Number(value.toPrecision(significantDigits)))) : null
}

/** Moves the decimal point of plain decimal text to the right, so that no digit is computed: 0.07 by 2 is 7. */
export function shiftPoint(decimal: string, places: number): string {
  const negative = decimal.startsWith('-')
  const [whole = '', fraction = ''] = (negative ? decimal.slice(1) : decimal).split('.')
  const digits = whole + fraction.padEnd(places, '0')
  const point = whole.length + places
  const head = digits.slice(0, point).replace(/^0+(?=\d)/, '')
  const tail = digits.slice(point).replace(/0+$/, '')
  const text = tail === '' ? head : `${head}.${tail}`
  return negative && text !== '0' ? `-${text}` : text
}

function expandExponent(text: string): string {
  const [mantissa = '', exponent] = text.split('e')
  if (exponent === undefined) return text === '-0' ? '0' : text
  const places = Number(exponent)
  const negative = mantissa.startsWith('-')
  const [whole = '', fraction = ''] = (negative ? mantissa.slice(1) : mantissa).split('.')
  const digits = whole + fraction
  const point = whole.length + places
  const plain = point <= 0 ? `0.${'0'.repeat(-point)}${digits}` : point >= digits.length ? digits + '0'.repeat(point - digits.length) : `${digits.slice(0, point)}.${digits.slice(point)}`
  return negative ? `-${plain}` : plain
}
