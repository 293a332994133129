import type { ImportDefinition } from '../../definition/import.ts'
import type { ColumnFinding } from './column-finding.ts'

/** Targets with what was found about their columns laid over what they said. */
export function withFindings<T extends { reading?: ColumnFinding['reading'] }>(targets: readonly T[], findings: readonly ColumnFinding[]): T[] {
  return targets.map((target, position) => {
    const found = findings.find((finding) => finding.target === position)
    return found ? { ...target, reading: { ...target.reading, ...found.reading } } : target
  })
}

/** The definition in which what was found about its columns is said, so that repeating it asks and guesses nothing. Its columns stand in the order of the file. */
export function explicitReadings(definition: ImportDefinition, targets: readonly { column: number | null }[], findings: readonly ColumnFinding[]): ImportDefinition {
  const columns = definition.columns.map((column, position) => {
    const found = findings.find((finding) => targets[finding.target]?.column === position)
    return found ? { ...column, ...found.reading } : column
  })
  return { ...definition, columns }
}
