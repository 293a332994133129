export interface ColumnLayout {
  /** Left edge of each column, from the left edge of the first. */
  lefts: readonly number[]
  totalPx: number
}

export function columnLayout(widths: readonly number[]): ColumnLayout {
  const lefts: number[] = []
  let left = 0
  for (const width of widths) { lefts.push(left); left += width }
  return { lefts, totalPx: left }
}

/** Columns that show between two edges, both inclusive, with one beyond either edge. */
export function columnsAt({ lefts }: ColumnLayout, fromPx: number, toPx: number): { first: number; last: number } {
  let first = lefts.findLastIndex((left) => left <= fromPx)
  let last = lefts.findLastIndex((left) => left < toPx)
  first = Math.max(0, first - 1)
  last = Math.min(lefts.length - 1, last + 1)
  return { first, last }
}
