/** What it is worth to give a column a field. */
export interface Worth { column: number; target: string; worth: number }

/**
 * One target per column and one column per target, so that the worth of all together is greatest; a column stays free where every
 * target would make the whole worth less. Columns that want nothing in common are decided apart: most columns want one field that no
 * other wants.
 */
export function bestAssignment(worths: readonly Worth[]): Map<number, string> {
  return new Map(apart(worths).flatMap((together) => [...assignTogether(together)]))
}

/** The worths in groups that share neither a column nor a target. */
function apart(worths: readonly Worth[]): Worth[][] {
  const groupOf = new Map<string, Worth[]>()
  for (const one of worths) {
    const [ofColumn, ofTarget] = [groupOf.get(`c${one.column}`), groupOf.get(`t${one.target}`)]
    const group = ofColumn ?? ofTarget ?? []
    group.push(one)
    if (ofColumn && ofTarget && ofColumn !== ofTarget) {
      for (const other of ofTarget) { group.push(other); groupOf.set(`c${other.column}`, group); groupOf.set(`t${other.target}`, group) }
    }
    groupOf.set(`c${one.column}`, group)
    groupOf.set(`t${one.target}`, group)
  }
  return [...new Set(groupOf.values())]
}

/** The Hungarian method with potentials, O(columns² × targets). */
function assignTogether(worths: readonly Worth[]): Map<number, string> {
  const columns = [...new Set(worths.map(({ column }) => column))]
  const targets = [...new Set(worths.map(({ target }) => target))]
  const rowOf = new Map(columns.map((column, i) => [column, i + 1]))
  const placeOf = new Map(targets.map((target, j) => [target, j + 1]))
  // After the targets come as many places for "no field", each free of cost, so that every column finds one.
  const width = targets.length + columns.length
  const cost = columns.map(() => new Float64Array(width + 1))
  for (const { column, target, worth } of worths) {
    const row = cost[(rowOf.get(column) ?? 1) - 1]
    const j = placeOf.get(target)
    if (row && j !== undefined) row[j] = Math.min(row[j] ?? 0, -worth)
  }
  const taken = solve(cost, width)
  const chosen = new Map<number, string>()
  for (const [j, target] of targets.entries()) {
    const i = taken[j + 1] ?? 0
    const column = columns[i - 1]
    if (i > 0 && column !== undefined && (cost[i - 1]?.[j + 1] ?? 0) < 0) chosen.set(column, target)
  }
  return chosen
}

/** The row (from 1) that takes each place (from 1), 0 for none. `cost` rows count from 0, their places from 1. */
function solve(cost: readonly Float64Array[], width: number): Int32Array {
  const rowPotential = new Float64Array(cost.length + 1)
  const placePotential = new Float64Array(width + 1)
  const taken = new Int32Array(width + 1)
  const way = new Int32Array(width + 1)
  for (let i = 1; i <= cost.length; i++) {
    taken[0] = i
    let place = 0
    const least = new Float64Array(width + 1).fill(Infinity)
    const used = new Uint8Array(width + 1)
    do {
      used[place] = 1
      const row = taken[place] ?? 0
      let delta = Infinity
      let next = 0
      for (let j = 1; j <= width; j++) {
        if (used[j] === 1) continue
        const reduced = (cost[row - 1]?.[j] ?? 0) - (rowPotential[row] ?? 0) - (placePotential[j] ?? 0)
        if (reduced < (least[j] ?? Infinity)) { least[j] = reduced; way[j] = place }
        if ((least[j] ?? Infinity) < delta) { delta = least[j] ?? Infinity; next = j }
      }
      for (let j = 0; j <= width; j++) {
        if (used[j] === 1) {
          const at = taken[j] ?? 0
          rowPotential[at] = (rowPotential[at] ?? 0) + delta
          placePotential[j] = (placePotential[j] ?? 0) - delta
        } else least[j] = (least[j] ?? Infinity) - delta
      }
      place = next
    } while ((taken[place] ?? 0) !== 0)
    do {
      const before = way[place] ?? 0
      taken[place] = taken[before] ?? 0
      place = before
    } while (place !== 0)
  }
  return taken
}
