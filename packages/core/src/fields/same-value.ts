import type { FieldKind } from '../schema/field.ts'

/** How values of a kind are compared: as texts, as numbers, or as moments. */
export type Comparison = 'text' | 'decimal' | 'instant'

export function comparisonOf(kind: FieldKind): Comparison {
  if (kind === 'number' || kind === 'currency' || kind === 'percent') return 'decimal'
  return kind === 'date-time' ? 'instant' : 'text'
}

/** Whether two canonical texts are one value of this kind: 12.5 and 12.50 are one amount. */
export function sameValue(kind: FieldKind, a: string | null, b: string | null): boolean {
  return isSame(comparisonOf(kind), a, b)
}

export function isSame(comparison: Comparison, a: string | null, b: string | null): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  switch (comparison) {
    case 'text': return false
    case 'decimal': return plainDecimal(a) === plainDecimal(b)
    case 'instant': return plainInstant(a) === plainInstant(b)
  }
}

function plainDecimal(text: string): string {
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return plain === '-0' || plain === '' ? '0' : plain
}

/** A moment without zeros at the end of its fraction of a second: stored times come back with or without them. */
export function plainInstant(text: string): string {
  return text.replace(/(\.\d*?)0*Z$/, (_, fraction: string) => (fraction === '.' ? 'Z' : `${fraction}Z`))
}
