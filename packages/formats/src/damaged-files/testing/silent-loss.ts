import { parquetMetadata } from 'hyparquet'
import { decodeHead } from '../../text/decode-text.ts'
import type { FoundInFile } from './reader-pool.ts'

type Read = Extract<FoundInFile, { kind: 'read' }>

/** Formats whose files are text: what stands in the bytes must stand in the rows. */
const texts: ReadonlySet<string> = new Set(['csv', 'tsv', 'txt', 'json', 'ndjson', 'vcf', 'html', 'xml'])

const address = /mara\d+@example\.com/g

/** What became of the addresses of one damaged file that was read. */
export interface Accounted {
  /** Found in cells that were given, in cells beyond the table, or in the names of columns. */
  given: number
  /** Not given, in a file of which something is told: a warning, or a fault of a row. */
  told: number
  /** Not given, and nothing told: lost. */
  lost: string[]
}

/** Looks for each whole address that the bytes still hold among what was read. */
export function accountOf(bytes: Buffer, ending: string, found: Read): Accounted {
  if (!texts.has(ending)) return { given: 0, told: 0, lost: [] }
  const text = decodeHead(bytes, ending === 'tsv' ? 'utf-16le' : 'utf-8', true)
  const held = new Set(text.match(address))
  const shown = new Set(JSON.stringify([found.columns, found.rows]).match(address))
  const missing = [...held].filter((one) => !shown.has(one))
  const told = found.warnings.length > 0 || found.rows.some(({ faults }) => faults !== undefined)
  return { given: held.size - missing.length, told: told ? missing.length : 0, lost: told ? [] : missing }
}

/** Rows that the file itself says it has, where it says so by a number: null elsewhere. */
export function claimedRows(bytes: Buffer, { format }: Read): number | null {
  if (format !== 'parquet') return null
  const { row_groups: groups } = parquetMetadata(Uint8Array.from(bytes).buffer, { geoparquet: false })
  return groups.reduce((sum, group) => sum + Number(group.num_rows), 0)
}
