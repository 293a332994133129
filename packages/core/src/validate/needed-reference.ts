import type { ImportDefinition } from '../definition/import.ts'
import { makeIssue } from '../issues/registry.ts'
import type { Mapping } from '../map/mapping.ts'
import { whenMissing } from './cell-step.ts'
import type { CheckedRow } from './checked-row.ts'
import { isBrought } from './reference-check.ts'
import { addIssue } from './row-findings.ts'

/** A reference that every record of the object needs. */
export interface NeededReference {
  name: string
  label: string
  header: string | null
  /** Target positions of all cells that describe its record, whatever its object. */
  cells: number[]
  /** The row needs it only where it creates. */
  onCreate: boolean
}

export function neededReferences({ object, targets }: Mapping, definition: ImportDefinition): NeededReference[] {
  return object.fields.flatMap((field) => {
    const when = field.kind === 'reference' ? whenMissing(definition, field, false) : 'nothing'
    if (when === 'nothing') return []
    const cells = targets.flatMap((target, i) => (target.reference?.name === field.name ? [i] : []))
    return [{ name: field.name, label: field.label, header: targets[cells[0] ?? -1]?.header ?? null, cells, onCreate: when === 'error-on-create' }]
  })
}

/** Says that a row leaves a reference empty that its record needs; not where something else is wrong with it. */
export function checkNeeded(row: CheckedRow, { name, label, header, cells, onCreate }: NeededReference): void {
  if (cells.some((position) => isBrought(row, position))) return
  if (row.issues.some(({ severity, field }) => severity === 'error' && (field === name || field?.startsWith(`${name}.`)))) return
  addIssue(row, makeIssue('required.missing', { row: row.row, column: header, field: name, value: null, ...(onCreate ? { onCreate } : {}) }, { label }))
}
