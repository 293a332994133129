import type { ColumnChoice, Definition } from './definition.ts'

export interface MergedEdits {
  definition: Definition
  /** What both changed, and not alike: names of settings, `columns 3` for a column. There mine stands. */
  clashes: string[]
}

/** My changes of `base`, made again on what somebody else has made of it meanwhile. Each column is a setting of its own. */
export function mergeEdits(base: Definition, mine: Definition, theirs: Definition): MergedEdits {
  const clashes: string[] = []
  const merged: Record<string, unknown> = { ...theirs }
  const [was, now, other] = [base, mine, theirs].map((one) => one as unknown as Record<string, unknown>) as [Record<string, unknown>, Record<string, unknown>, Record<string, unknown>]
  for (const key of new Set([...Object.keys(was), ...Object.keys(now)])) {
    if (key === 'columns' || same(was[key], now[key])) continue
    if (!same(was[key], other[key]) && !same(now[key], other[key])) clashes.push(key)
    if (now[key] === undefined) delete merged[key]
    else merged[key] = now[key]
  }
  const columns = mergeColumns(base.columns, mine.columns, theirs.columns)
  merged['columns'] = columns.merged
  return { definition: merged as unknown as Definition, clashes: [...clashes, ...columns.clashes] }
}

function mergeColumns(base: readonly ColumnChoice[], mine: readonly ColumnChoice[], theirs: readonly ColumnChoice[]): { merged: ColumnChoice[]; clashes: string[] } {
  const keyed = (choices: readonly ColumnChoice[]) => new Map(choices.map((choice) => [choice.position ?? `“${choice.header ?? ''}”`, choice]))
  const [was, now, other] = [keyed(base), keyed(mine), keyed(theirs)]
  const merged = new Map(other)
  const clashes: string[] = []
  for (const position of new Set([...was.keys(), ...now.keys()])) {
    const before = was.get(position), after = now.get(position), there = other.get(position)
    if (same(before, after)) continue
    if (!same(before, there) && !same(after, there)) clashes.push(`columns ${position}`)
    if (after === undefined) merged.delete(position)
    else merged.set(position, after)
  }
  return { merged: [...merged.values()].sort((a, b) => (a.position ?? 0) - (b.position ?? 0)), clashes }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

/** With keys in one order: documents that say the same are the same. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => a < b ? -1 : 1).map(([key, inner]) => [key, sorted(inner)]))
}
