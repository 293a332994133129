import { makeIssue } from '../issues/registry.ts'
import type { Mapping } from '../map/mapping.ts'
import { referencePath } from '../schema/reference-path.ts'
import type { CheckedRow, RowKey } from './checked-row.ts'
import { addIssue } from './row-findings.ts'
import type { RowScope } from './row-scope.ts'

/** The fields of a referenced record that a row must bring once it brings any. */
export interface ReferenceCheck {
  /** Target positions of all fields of the reference. */
  cells: number[]
  required: { position: number; path: string; label: string; header: string | null }[]
  /** Target positions of each key that finds the record. */
  keys: number[][]
}

export function referenceChecks(mapping: Mapping, keys: readonly RowKey[], scopes: readonly RowScope[]): ReferenceCheck[] {
  return scopes.flatMap(({ reference, object }) => {
    if (!reference) return []
    const cells = mapping.targets.flatMap((target, i) => (referencePath(target) === reference && target.companionOf === null ? [i] : []))
    const required = cells.flatMap((position) => {
      const target = mapping.targets[position]
      if (!target?.field.required || target.field.default !== undefined) return []
      return [{ position, path: target.path, label: target.field.label, header: target.header || target.nameFrom?.header || null }]
    })
    if (required.length === 0) return []
    const finders = keys.filter((key) => key.reference === reference && key.object === object.name).map((key) => key.targets)
    return [{ cells, required, keys: finders }]
  })
}

/** Says which required fields of the referenced record are empty in a row that describes one without a key that may find it. Whether it is there, and what it lacks if it has to be made, is known when it is looked for. */
export function checkReference(row: CheckedRow, { cells, required, keys }: ReferenceCheck): void {
  const filled = (position: number): boolean => row.cells[position] !== null
  if (required.every(({ position }) => filled(position)) || !cells.some((position) => isBrought(row, position))) return
  if (keys.some((targets) => targets.every(filled))) return
  for (const { position, path, label, header } of required) {
    if (!filled(position)) addIssue(row, makeIssue('required.missing', { row: row.row, column: header, field: path, value: null }, { label }))
  }
}

/** Whether the row itself fills a cell: a default says of a related record what it is like, never that there is one. */
export function isBrought({ cells, defaulted }: CheckedRow, position: number): boolean {
  return cells[position] !== null && defaulted?.includes(position) !== true
}
