/**
 * Which rows must be planned together: rows that share a key, or reach one record, directly or through others.
 * A union-find over row numbers in one Int32Array: 4 bytes a row of the file, whatever is shared.
 */
export class RowGroups {
  readonly #parent: Int32Array
  #members = 0

  /** @param lastRow highest row number that will be named */
  constructor(lastRow: number) {
    this.#parent = new Int32Array(lastRow + 1) // 0: not in any group yet; rows count from 1
  }

  /** How many rows are in groups. */
  get members(): number {
    return this.#members
  }

  /** Makes `row` a member, alone unless it is joined to others. */
  add(row: number): void {
    if (this.#parent[row] === 0) { this.#parent[row] = row; this.#members++ }
  }

  join(a: number, b: number): void {
    this.add(a)
    this.add(b)
    const rootA = this.anchor(a)
    const rootB = this.anchor(b)
    // the lower row stays the root, so the root is the group's first row
    if (rootA < rootB) this.#parent[rootB] = rootA
    else this.#parent[rootA] = rootB
  }

  /** First row of the group that `row` belongs to; 0 for a row in no group. */
  anchor(row: number): number {
    let at = row
    for (;;) {
      const up = this.#parent[at] ?? 0
      if (up === at || up === 0) return up
      const above = this.#parent[up] ?? up
      this.#parent[at] = above // path halving
      at = above
    }
  }

  /** Every member with its anchor, in row order. */
  *all(): Generator<{ row: number; anchor: number }> {
    for (let row = 1; row < this.#parent.length; row++) {
      const anchor = this.anchor(row)
      if (anchor !== 0) yield { row, anchor }
    }
  }
}
