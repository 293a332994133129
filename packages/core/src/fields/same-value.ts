import type { FieldKind } from '../schema/field.ts'

/** Whether two canonical texts are one value of this kind: 12.5 and 12.50 are one amount. */
export function sameValue(kind: FieldKind, a: string | null, b: string | null): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  if (kind === 'number' || kind === 'currency' || kind === 'percent') return plainDecimal(a) === plainDecimal(b)
  if (kind === 'date-time') return plainInstant(a) === plainInstant(b)
  return false
}

function plainDecimal(text: string): string {
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text
  return plain === '-0' || plain === '' ? '0' : plain
}

/** Drops zeros at the end of a fraction of a second: stored times come back with or without them. */
function plainInstant(text: string): string {
  return text.replace(/(\.\d*?)0*Z$/, (_, fraction: string) => (fraction === '.' ? 'Z' : `${fraction}Z`))
}
