import { Fault } from '@longshore/core/fault'
import type { FileMetaData } from 'hyparquet'
import { parquetMetadata } from 'hyparquet/src/metadata.js'
import { damaged, tooLarge } from '../sheet/file-fault.ts'
import type { ByteSource } from '../source.ts'
import { schemaColumns } from './schema-columns.ts'
import type { TopColumn } from './schema-columns.ts'
import { thriftEnd } from './thrift-extent.ts'

/** The footer describes every column of every row group; one of a real list has some kilobytes. */
const maxFooterBytes = 32 * 1_048_576
/** Rows that a file may claim to have beyond what its size makes likely: columns that hardly change take next to nothing for a row. */
const freeRows = 1_000_000
const rowsPerByte = 1_000

export interface ParquetFile {
  what: string
  source: ByteSource
  metadata: FileMetaData
  columns: TopColumn[]
}

/** Reads the footer, and checks what it says of sizes and places. Throws a Fault when it is no sound Parquet file. */
export async function openParquet(source: ByteSource, what: string): Promise<ParquetFile> {
  const known = opened.get(source)
  if (known !== undefined) return known
  const file = await open(source, what)
  opened.set(source, file)
  return file
}

/** A file is looked at and then read, mostly from the same source. */
const opened = new WeakMap<ByteSource, ParquetFile>()

async function open(source: ByteSource, what: string): Promise<ParquetFile> {
  const start = text(await source.read(0, 4))
  const tail = Buffer.from(await source.read(Math.max(0, source.sizeBytes - 8), 8))
  if (start === 'PARE' || text(tail.subarray(-4)) === 'PARE') throw new Fault('file.password', `${what} is an encrypted Parquet file, so nothing in it can be read. Write it without encryption, and import that file.`)
  if (start !== 'PAR1') throw damaged(what, '', 'it does not begin as a Parquet file does (PAR1)', 'Check that it is what its name says.')
  const footerBytes = tail.length === 8 ? tail.readUInt32LE(0) : 0
  if (source.sizeBytes < 12 || text(tail.subarray(-4)) !== 'PAR1' || footerBytes > source.sizeBytes - 12) {
    throw damaged(what, '', 'it ends without the description of its columns (footer), so it was cut short', 'Copy or download it again, or export it again.')
  }
  if (footerBytes > maxFooterBytes) throw tooLarge(what, '', `the description of its columns takes ${Math.ceil(footerBytes / 1_048_576)} MB, and the limit is ${maxFooterBytes / 1_048_576} MB`)
  const footer = await source.read(source.sizeBytes - 8 - footerBytes, footerBytes + 8)
  try {
    thriftEnd(footer.subarray(0, footerBytes), 0)
    const metadata = parquetMetadata(Uint8Array.from(footer).buffer, { geoparquet: false })
    checkMetadata(metadata, source.sizeBytes, what)
    return { what, source, metadata, columns: schemaColumns(metadata) }
  } catch (error) {
    // Of a damaged footer anything can come, numbers where objects should be among it.
    throw error instanceof Fault ? error : damaged(what, '', 'the description of its columns (footer) is damaged', 'Export the file again.')
  }
}

function checkMetadata({ schema, row_groups: groups, num_rows: rows }: FileMetaData, sizeBytes: number, what: string): void {
  const broken = (found: string) => damaged(what, '', `the description of its columns (footer) says what cannot be: ${found}`, 'Export the file again.')
  if (schema.length === 0) throw broken('there are no columns')
  if (schema.some(({ name }) => typeof name !== 'string')) throw broken('a column has no name')
  // Some old writers leave the total at 0; the row groups are what is read.
  if (groups.some((group) => group.num_rows < 0n) || (rows !== 0n && groups.reduce((sum, group) => sum + group.num_rows, 0n) !== rows)) throw broken('its row groups do not add up to its rows')
  const claimed = groups.reduce((sum, group) => sum + group.num_rows, 0n)
  if (claimed > BigInt(freeRows + sizeBytes * rowsPerByte)) throw broken(`it claims ${claimed} rows, which no file of ${sizeBytes} bytes holds`)
  const leaves = schema.filter(({ num_children: children }) => children === undefined || children === 0)
  const unknown = leaves.slice(schema.length === 1 ? 1 : 0).find(({ type }) => type === undefined)
  if (unknown) throw broken(`the column "${unknown.name.slice(0, 60)}" has a type that is not known`)
  for (const group of groups) {
    if (group.num_rows === 0n) continue
    for (const { meta_data: column, file_path: path } of group.columns) {
      if (path !== undefined && path !== null && path !== '') throw damaged(what, '', 'a column is in another file', 'Import the files that hold the data, not the one that lists them.')
      if (column === undefined) throw broken('a column is not described')
      const start = Math.min(Number(column.data_page_offset), Number(column.dictionary_page_offset || column.data_page_offset))
      const bytes = Number(column.total_compressed_size)
      if (!(start >= 4) || !(bytes >= 0) || start + bytes > sizeBytes) throw broken(`the column "${column.path_in_schema.join('.').slice(0, 60)}" lies beyond the end of the file`)
    }
  }
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
