/** A set of row numbers as ranges, both ends inclusive, in order and apart from each other. */
export type RowRanges = readonly (readonly [first: number, last: number])[]

/** Row numbers, in order, as ranges. */
export function rangesOf(rows: Iterable<number>): [number, number][] {
  const ranges: [number, number][] = []
  let open: [number, number] | undefined
  for (const row of rows) {
    if (open !== undefined && row <= open[1] + 1) open[1] = Math.max(open[1], row)
    else ranges.push(open = [row, row])
  }
  return ranges
}

export function holdsRow(ranges: RowRanges, row: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [first, last] = ranges[middle] as readonly [number, number]
    if (row < first) high = middle - 1
    else if (row > last) low = middle + 1
    else return true
  }
  return false
}

export function countRanges(ranges: RowRanges): number {
  return ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)
}
