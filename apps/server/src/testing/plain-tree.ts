// What an import of accounts that name their parents means, told the slow way. It shares no code with the product.

/** A row of the file; null: the cell is empty. `employees` 'many' is no number. */
export interface TreeRow { name: string | null; parent: string | null; employees: string | null }
export interface TreeWay { operation: 'insert' | 'upsert'; missingReference: 'error' | 'create' | 'blank' }
export interface TreeRecord { id: bigint; name: string; parent: bigint | null; employees: string | null }
export interface TreeOutcome { row: number; outcome: 'created' | 'updated' | 'skipped' | 'failed'; record: bigint | null }

/** Carries the rows (numbered from 2) out on `store`, by name, which is changed, and says how each ended. Accounts are matched by their names. */
export function plainTree(store: Map<string, TreeRecord>, job: number, rows: readonly TreeRow[], { operation, missingReference }: TreeWay): TreeOutcome[] {
  const before = new Map(store)
  const numbered = rows.map((row, i) => ({ ...row, row: i + 2 }))
  const sound = numbered.filter(({ name, employees }) => employees !== 'many' && (name !== null || operation === 'upsert'))
  const rowsOf = (name: string) => sound.filter((row) => row.name === name)
  const failed = new Set<number>()
  // who stands in a circle: a name that no account has means the first row that has it and does not fail
  const inCircles = (): number[] => {
    const standing = sound.filter(({ row }) => !failed.has(row))
    const parentRow = new Map(standing.flatMap(({ row, parent }) => (parent === null || before.has(parent) ? [] : standing.filter((one) => one.name === parent).slice(0, 1).map((first): [number, number] => [row, first.row]))))
    return standing.filter(({ row, name, parent }) => (name !== null && name === parent && !before.has(name)) || leadsBack(row)).map(({ row }) => row)

    function leadsBack(row: number): boolean {
      const seen = new Set<number>()
      for (let at = parentRow.get(row); at !== undefined && !seen.has(at); at = parentRow.get(at)) {
        if (at === row) return true
        seen.add(at)
      }
      return false
    }
  }
  const made = new Map(sound.flatMap(({ row, parent }) => (parent === null ? [] : [[parent, (BigInt(job) << 35n) | (BigInt(row) << 3n) | 1n] as const])).toReversed())
  const recordOf = (name: string): bigint | null => {
    const first = rowsOf(name).find(({ row }) => !failed.has(row))
    return first ? (BigInt(job) << 35n) | (BigInt(first.row) << 3n) : null
  }
  const meant = (parent: string | null): bigint | null => (parent === null ? null : before.get(parent)?.id ?? recordOf(parent) ?? (missingReference === 'create' ? made.get(parent) ?? null : null))
  // rows in circles fail, and so do rows that find no parent; then another row may be meant
  const settle = (): void => {
    for (let more = true; more;) {
      const circular = inCircles()
      for (const row of circular) failed.add(row)
      const lost = missingReference !== 'error' ? [] : sound.filter(({ row, parent }) => !failed.has(row) && parent !== null && meant(parent) === null)
      for (const { row } of lost) failed.add(row)
      more = circular.length + lost.length > 0
    }
  }
  settle()
  const carryOut = (on: Map<string, TreeRecord>, links: Map<bigint, number>): TreeOutcome[] => numbered.map(({ row, name, parent, employees }) => {
    if (!sound.some((one) => one.row === row) || failed.has(row) || name === null) return { row, outcome: 'failed', record: null }
    const link = meant(parent)
    const held = on.get(name)
    if (held && operation === 'insert') return { row, outcome: 'skipped', record: held.id }
    const changed = held === undefined || (link !== null && link !== held.parent) || (employees !== null && employees !== held.employees)
    if (held && !changed) return { row, outcome: 'skipped', record: held.id }
    const id = held?.id ?? ((BigInt(job) << 35n) | (BigInt(row) << 3n))
    if (link !== null && held && link !== held.parent) links.set(id, row)
    on.set(name, { id, name, parent: link ?? held?.parent ?? null, employees: employees ?? held?.employees ?? null })
    if (parent !== null && link !== null && link === made.get(parent) && !on.has(parent)) on.set(parent, { id: link, name: parent, parent: null, employees: null })
    return { row, outcome: held ? 'updated' : 'created', record: id }
  })
  // and so does the last row that changes the link of an account, where all rows together leave it below itself
  for (;;) {
    const links = new Map<bigint, number>()
    const after = new Map(store)
    const outcomes = carryOut(after, links)
    const parents = new Map([...after.values()].map(({ id, parent }) => [id, parent]))
    const below = (id: bigint): boolean => {
      const seen = new Set<bigint>()
      for (let at = parents.get(id) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
        if (at === id) return true
        seen.add(at)
      }
      return false
    }
    const leadBack = [...after.values()].flatMap(({ id }) => { const row = links.get(id); return row !== undefined && below(id) ? [row] : [] })
    if (leadBack.length === 0) {
      for (const [name, record] of after) store.set(name, record)
      return outcomes
    }
    for (const row of leadBack) failed.add(row)
    settle()
  }
}
