import type { ColumnMapping } from './import.ts'

type Named = Pick<ColumnMapping, 'header' | 'position'>

/** Whether two entries of a definition name one column: by their positions where both have one, else by their headers. */
export function namesSameColumn(one: Partial<Named>, other: Partial<Named>): boolean {
  if (one.position !== undefined && other.position !== undefined) return one.position === other.position
  return one.header !== undefined && one.header.trim() === other.header?.trim()
}
