/** What is left of a text once letter case, accents, signs and the order of words are taken away. */
export function fingerprint(value: string): string {
  return [...new Set(value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean))].sort().join(' ')
}

/**
 * What values should be, going by how near they are to others: an option that differs in writing alone, else the most frequent of those that
 * differ in writing alone. Values that stand alone, and the ones that others should be, are not named.
 */
export function nearValues(values: readonly { value: string; rows: number }[], options: readonly string[]): Record<string, string> {
  const known = new Set(options)
  const best = new Map<string, string>()
  for (const { value } of values.toSorted((a, b) => b.rows - a.rows)) if (!best.has(fingerprint(value))) best.set(fingerprint(value), value)
  for (const option of options) best.set(fingerprint(option), option)
  return Object.fromEntries(values.flatMap(({ value }) => {
    const print = fingerprint(value)
    const near = best.get(print)
    return print === '' || near === undefined || near === value || known.has(value) || (options.length > 0 && !known.has(near)) ? [] : [[value, near]]
  }))
}
