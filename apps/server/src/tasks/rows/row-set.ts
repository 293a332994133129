// Sets of row numbers as ordered arrays: four bytes a row, so that the rows of a filter over a million fit into a few megabytes.

/** The rows of `one` that are in `other`, or with `keep` false those that are not. */
export function filtered(one: Uint32Array, other: Uint32Array, keep: boolean): Uint32Array {
  const found = new Uint32Array(one.length)
  let count = 0
  let j = 0
  for (let i = 0; i < one.length; i++) {
    const row = one[i] as number
    while (j < other.length && (other[j] as number) < row) j++
    if ((j < other.length && other[j] === row) === keep) found[count++] = row
  }
  return found.slice(0, count)
}

/** How many rows of the set come before this one: its position, where it is one of them. */
export function positionOf(rows: Uint32Array, row: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] as number) < row) low = middle + 1
    else high = middle
  }
  return low
}
