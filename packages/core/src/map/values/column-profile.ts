import { kindsOf, type ValueKind } from './value-kinds.ts'

/** What the cells of a column look like, without any of them. */
export interface ColumnProfile {
  /** Cells that were looked at, none of them empty. */
  sampled: number
  /** Share of different texts among them, 0 to 1. */
  distinct: number
  /** Share of cells that may be of a kind, for every kind that at least one is. */
  shares: Partial<Record<ValueKind, number>>
  /** The different texts, lower case, where there are few: what a picklist's options are compared with. */
  vocabulary: readonly string[]
}

/** Columns with more different texts than this are no picklist. */
const mostVocabulary = 60
const longestWord = 60

export function profileColumn(values: readonly string[]): ColumnProfile {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const found = new Map<ValueKind, number>()
  for (const [value, count] of counts) for (const kind of new Set(kindsOf(value.trim()))) found.set(kind, (found.get(kind) ?? 0) + count)
  const shares: ColumnProfile['shares'] = {}
  for (const [kind, count] of found) shares[kind] = count / values.length
  const few = counts.size <= mostVocabulary
  return {
    sampled: values.length, distinct: values.length === 0 ? 0 : counts.size / values.length, shares,
    vocabulary: few ? [...counts.keys()].filter((text) => text.length <= longestWord).map((text) => text.trim().toLowerCase()) : [],
  }
}
