import type { Fix, StoredFix } from '../definition/fix.ts'
import type { Mapping } from '../map/mapping.ts'
import { holdsRow } from '../ports/row-ranges.ts'
import type { RawRow } from '../ports/row.ts'

/** A row with its fixes carried out. `by`: the numbers of those that changed something of it, in order. */
export interface FixedRow { raw: RawRow; by: number[] }

/**
 * Fixes as one function from the row of the file to the row as it was corrected; null where none of them changes cells. Each fix sees what
 * those before it have left, and looks at its own row alone: so a row comes out the same whether it is corrected by itself or with all
 * others, and leaving a fix out again is carrying out the rest.
 */
export function compileFixes(fixes: readonly StoredFix[]): ((raw: RawRow) => FixedRow) | null {
  const steps = fixes.flatMap(({ number, fix, rows }) => {
    const change = changeOf(fix)
    return change === null ? [] : [{ number, change, rows }]
  })
  if (steps.length === 0) return null
  return (source) => {
    const fixed: FixedRow = { raw: source, by: [] }
    for (const { number, change, rows } of steps) {
      if (rows !== null && !holdsRow(rows, source.row)) continue
      const before = fixed.raw
      change(fixed)
      if (fixed.raw !== before) fixed.by.push(number)
    }
    return fixed
  }
}

/** The mapping with its dates read as the fixes say; the last word counts. */
export function withFixedReadings(mapping: Mapping, fixes: readonly StoredFix[]): Mapping {
  const orders = new Map(fixes.flatMap(({ fix }) => (fix.kind === 'read-dates' ? [[fix.column - 1, fix.dates] as const] : [])))
  if (orders.size === 0) return mapping
  return {
    ...mapping, targets: mapping.targets.map((target) => {
      const dates = target.column === null ? undefined : orders.get(target.column)
      return dates === undefined ? target : { ...target, reading: { ...target.reading, dates } }
    }),
  }
}

function changeOf(fix: Fix): ((row: FixedRow) => void) | null {
  switch (fix.kind) {
    case 'edit': {
      const byRow = Map.groupBy(fix.cells, (cell) => cell.row)
      return (row) => { for (const { column, value } of byRow.get(row.raw.row) ?? []) set(row, column - 1, value) }
    }
    case 'map-value': return setWhere(fix.column - 1, fix.from, fix.to)
    case 'treat-as-empty': return setWhere(fix.column - 1, fix.value, '')
    case 'replace': {
      const at = fix.column - 1
      return (row) => {
        const found = row.raw.cells[at] ?? ''
        if (found.includes(fix.find)) set(row, at, found.replaceAll(fix.find, () => fix.with))
      }
    }
    case 'fill': return (row) => set(row, fix.column - 1, fix.value)
    case 'read-dates':
    case 'leave-out': return null
  }
}

function setWhere(at: number, from: string, to: string): (row: FixedRow) => void {
  const wanted = from.trim()
  return (row) => { if ((row.raw.cells[at] ?? '').trim() === wanted) set(row, at, to) }
}

/** A cell that says something else has nothing of what its reader found wrong with it. */
function set(row: FixedRow, at: number, value: string): void {
  const { cells, faults, ...rest } = row.raw
  if ((cells[at] ?? '') === value) return
  const changed = cells.slice()
  while (changed.length < at) changed.push('')
  changed[at] = value
  const left = faults?.filter(({ position }) => position !== at)
  row.raw = { ...rest, cells: changed, ...(left === undefined || left.length === 0 ? {} : { faults: left }) }
}
