import { parquetMetadata } from 'hyparquet'
import { decodeHead } from '../../text/decode-text.ts'
import type { FoundInFile } from './reader-pool.ts'
import { recounted } from './recount.ts'

type Read = Extract<FoundInFile, { kind: 'read' }>

/** Formats whose files are text: what stands in the bytes must stand in the rows. */
const texts: ReadonlySet<string> = new Set(['csv', 'tsv', 'txt', 'json', 'ndjson', 'vcf', 'html', 'xml'])

/** Formats that are packed or binary: counted again by other code. */
const packed: ReadonlySet<string> = new Set(['xlsx', 'xls', 'gz'])

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

/** Looks for each whole address that the bytes still hold, packed ones unpacked, among what was read; and for each row of a sheet. */
export function accountOf(bytes: Buffer, ending: string, found: Read): Accounted {
  const told = found.warnings.length > 0 || found.rows.some(({ faults }) => faults !== undefined)
  const missing = (held: Iterable<string>): string[] => {
    const shown = new Set(JSON.stringify([found.columns, found.rows]).match(address))
    return [...held].filter((one) => !shown.has(one))
  }
  if (texts.has(ending)) return account(new Set(decodeHead(bytes, ending === 'tsv' ? 'utf-16le' : 'utf-8', true).match(address)), missing, told)
  if (!packed.has(ending)) return { given: 0, told: 0, lost: [] }
  const recount = recounted(bytes, ending)
  if (recount === null) return { given: 0, told: 0, lost: ['the file cannot be unpacked, and was read all the same'] }
  const accounted = account(new Set(recount.text.match(address)), missing, told)
  const given = new Set(found.rows.map(({ row }) => row))
  const kept = recount.sheets?.some((rows) => rows.every((row) => row <= found.headerRow || given.has(row))) ?? true
  return kept || told ? accounted : { ...accounted, lost: [...accounted.lost, `rows of the sheet: ${recount.sheets?.map((rows) => rows.filter((row) => row > found.headerRow && !given.has(row)).join(', ')).join('; ')}`] }
}

function account(held: ReadonlySet<string>, missingOf: (held: Iterable<string>) => string[], told: boolean): Accounted {
  const missing = missingOf(held)
  return { given: held.size - missing.length, told: told ? missing.length : 0, lost: told ? [] : missing }
}

/** Rows that the file itself says it has, where it says so by a number: null elsewhere. */
export function claimedRows(bytes: Buffer, { format }: Read): number | null {
  if (format !== 'parquet') return null
  const { row_groups: groups } = parquetMetadata(Uint8Array.from(bytes).buffer, { geoparquet: false })
  return groups.reduce((sum, group) => sum + Number(group.num_rows), 0)
}
