export interface CountedValue { value: string; rows: number }

/** What is left of a text once letter case, accents, signs and the order of words are taken away. */
export function fingerprint(value: string): string {
  return [...new Set(value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean))].sort().join(' ')
}

/**
 * What values should be, going by how near they are to others: an option that differs in writing alone, else the most frequent of those that
 * differ in writing alone. Values that stand alone, and the ones that others should be, are not named.
 */
export function nearValues(values: readonly CountedValue[], options: readonly string[]): Record<string, string> {
  const optionOf = new Map(options.map((option) => [fingerprint(option), option]))
  const isOption = new Set(options)
  return Object.fromEntries([...byFingerprint(values)].flatMap(([print, spellings]) => {
    const near = options.length > 0 ? optionOf.get(print) : spellings[0]?.value
    return near === undefined ? [] : spellings.flatMap(({ value }) => value === near || isOption.has(value) ? [] : [[value, near]])
  }))
}

/** Values that differ in writing alone, in groups of two and more, the most frequent of each first: which of them is right is for a person to say. Where there are options, these say it. */
export function spellingGroups(values: readonly CountedValue[], options: readonly string[]): CountedValue[][] {
  return options.length > 0 ? [] : [...byFingerprint(values).values()].filter((spellings) => spellings.length > 1)
}

function byFingerprint(values: readonly CountedValue[]): Map<string, CountedValue[]> {
  const groups = Map.groupBy(values.toSorted((a, b) => b.rows - a.rows), ({ value }) => fingerprint(value))
  groups.delete('') // signs alone say nothing
  return groups
}
