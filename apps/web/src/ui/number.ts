const locale = globalThis.navigator?.language ?? 'en'
const whole = new Intl.NumberFormat(locale)
const oneDecimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })

/** Exact, with the separators of the reader's locale; never shortened. */
export function count(value: number): string {
  return whole.format(value)
}

/** `1 row`, `1,204 rows`. */
export function quantity(value: number, one: string, many: string): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`
}

/** A share of a whole, beside its count; a whole of nothing has none. */
export function share(part: number, of: number): string {
  return of === 0 ? '' : percent.format(part / of)
}

/** `420 kB`, `1.2 GB`: sizes are the one thing that is rounded without saying so. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes, unit = 0
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++ }
  return `${unit === 0 || value >= 100 ? whole.format(Math.round(value)) : oneDecimal.format(value)} ${units[unit] ?? ''}`
}

/** An estimate, to two digits: 48,213 → 48,000. */
export function roughly(value: number): number {
  if (value < 100) return Math.round(value)
  const step = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Math.round(value / step) * step
}
