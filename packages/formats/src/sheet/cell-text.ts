import type { DigitPattern, NumberFormat } from './number-format.ts'
import { durationText, serialDateText } from './serial-date.ts'
import type { DateSystem } from './serial-date.ts'
import { numberText, shiftPoint } from './number-text.ts'

/**
 * The text of a number cell, as a person reads it, without what is only decoration: dates in ISO form, percentages with their sign,
 * postal codes and phone numbers with the zeros and signs of their format, all others as plain decimals. null: no number.
 */
export function numberCellText(literal: string, format: NumberFormat, system: DateSystem): string | null {
  const plain = numberText(literal)
  if (plain === null || format.kind === 'number') return plain
  switch (format.kind) {
    case 'date': return serialDateText(Number(plain), system, format.parts) ?? plain
    case 'duration': return durationText(Number(plain))
    case 'percent': return `${shiftPoint(plain, 2)}%`
    case 'digits': return patternText(plain, format.patterns)
  }
}

function patternText(plain: string, patterns: readonly DigitPattern[]): string {
  if (!/^\d+$/.test(plain)) return plain
  const pattern = patterns.find(({ atMost }) => atMost === null || Number(plain) <= atMost)
  if (pattern === undefined) return plain
  const places = pattern.slots.filter((slot) => slot === '0' || slot === '#').length
  let at = plain.length - places
  // Digits for which the pattern has no place stand before its first one.
  let text = ''
  let began = false
  for (const slot of pattern.slots) {
    if (slot !== '0' && slot !== '#') { text += slot; continue }
    if (!began && at > 0) text += plain.slice(0, at)
    began = true
    text += at >= 0 ? plain.charAt(at) : slot === '0' ? '0' : ''
    at += 1
  }
  return text
}
