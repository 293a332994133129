/** Values that are looked at in each column. */
export const sampleSize = 1000

/**
 * A sample of a file's cells that is the same on every run: of each column the values of the rows whose number hashes lowest. Rows come
 * in any number; memory stays within `sampleSize` values a column.
 */
export class ValueSample {
  private readonly columns: { hash: number; text: string }[][] = []
  private readonly limits: number[] = []

  add(row: number, cells: readonly (string | null)[]): void {
    const hash = hashOf(row)
    for (let i = 0; i < cells.length; i++) {
      if (hash > (this.limits[i] ?? Infinity)) continue // of a long file, nearly all
      const text = cells[i]?.trim() ?? ''
      if (text === '') continue
      const column = this.columns[i] ??= []
      column.push({ hash, text: text.slice(0, 300) })
      if (column.length >= 2 * sampleSize) this.shrink(i)
    }
  }

  /** The sampled values of each of `count` columns, in the order of their hashes. */
  values(count: number): string[][] {
    return Array.from({ length: count }, (_, i) => { this.shrink(i); return (this.columns[i] ?? []).map(({ text }) => text) })
  }

  private shrink(i: number): void {
    const kept = (this.columns[i] ?? []).toSorted((a, b) => a.hash - b.hash).slice(0, sampleSize)
    this.columns[i] = kept
    if (kept.length === sampleSize) this.limits[i] = kept.at(-1)?.hash ?? Infinity
  }
}

/** Thirty-two bits that follow no pattern of row numbers. */
function hashOf(row: number): number {
  let hash = Math.imul(row ^ (row >>> 16), 0x45d9f3b)
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return (hash ^ (hash >>> 16)) >>> 0
}
