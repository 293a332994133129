import type { RawRow, ReadFault } from './row.ts'

/** A row as its file has it: what `RawRow` holds, but its number. */
export type SourceRow = Omit<RawRow, 'row'>

/**
 * The row as one text, to be kept beside what was made of it. JSON: a list of cells, or an object where there is more to say. The list is
 * what nearly all rows are, and the database looks into it for values.
 */
export function printSource({ cells, faults, surplus }: SourceRow): string {
  return faults === undefined && surplus === undefined ? JSON.stringify(cells) : JSON.stringify({ cells, ...(faults === undefined ? {} : { faults }), ...(surplus === undefined ? {} : { surplus }) })
}

export function parseSource(text: string): SourceRow {
  const found = JSON.parse(text) as (string | null)[] | { cells: (string | null)[]; faults?: ReadFault[]; surplus?: string[] }
  return Array.isArray(found) ? { cells: found } : found
}
