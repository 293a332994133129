import { gzipSync } from 'node:zlib'
import { Fault } from '@longshore/core/fault'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { columnKinds } from './column-kind.ts'
import type { ColumnKind } from './column-kind.ts'
import type { RowWriter } from './row-writer.ts'
import { uniqueNames } from './unique-names.ts'

export interface ParquetWriterOptions {
  /** What columns hold; text where nothing is said. */
  kinds?: readonly ColumnKind[]
  /** Rows of a row group, at most; default 50,000. Fewer where their text is long. */
  rowGroupRows?: number
}

const groupRows = 50_000
/** A row group is in memory until it is written. */
const groupCharacters = 16 * 1_048_576
/** Digits that the widest decimal of the format has. */
const decimalDigits = 38

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]
type Value = string | bigint | boolean | Date | null

/** Parquet, a row group at a time, packed with gzip: the library's own Snappy
 * wrote blocks that other readers refuse, found by comparing with DuckDB. Every column may lack values; names that repeat are numbered. */
export function parquetWriter(options: ParquetWriterOptions = {}): RowWriter {
  const bytes = new TakenBytes()
  let writer: ParquetWriter | null = null
  let names: string[] = []
  let kinds: ColumnKind[] = []
  let columns: Value[][] = []
  let characters = 0
  let row = 0
  const writeGroup = (): Uint8Array => {
    const rows = columns[0]?.length ?? 0
    if (rows > 0) writer?.write({ columnData: names.map((name, i) => ({ name, data: columns[i] ?? [] })), rowGroupSize: rows })
    columns = names.map(() => [])
    characters = 0
    return bytes.take()
  }
  return {
    start(header) {
      names = uniqueNames(header)
      kinds = columnKinds(header, options.kinds)
      columns = names.map(() => [])
      writer = new ParquetWriter({ writer: bytes, schema: [{ name: 'root', num_children: names.length }, ...names.map((name, i) => schemaElement(name, kinds[i] ?? { kind: 'text' }))], codec: 'GZIP', compressors: { GZIP: (bytes) => gzipSync(bytes, { level: 1 }) }, createdBy: 'Longshore' })
      return bytes.take()
    },
    rows(rows) {
      const written: Uint8Array[] = []
      for (const cells of rows) {
        row += 1
        for (let i = 0; i < columns.length; i += 1) {
          const cell = cells[i] ?? null
          characters += cell?.length ?? 0
          columns[i]?.push(cell === null ? null : parquetValue(cell, kinds[i] ?? { kind: 'text' }, row, names[i] ?? ''))
        }
        if ((columns[0]?.length ?? 0) >= (options.rowGroupRows ?? groupRows) || characters >= groupCharacters) written.push(writeGroup())
      }
      return written.length === 1 ? written[0] ?? '' : Buffer.concat(written)
    },
    end() {
      const last = writeGroup()
      writer?.finish()
      return Buffer.concat([last, bytes.take()])
    },
  }
}

function schemaElement(name: string, kind: ColumnKind): SchemaElement {
  const element = { name, repetition_type: 'OPTIONAL' } as const
  switch (kind.kind) {
    case 'text': return { ...element, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }
    case 'integer': return { ...element, type: 'INT64' }
    case 'decimal': return { ...element, type: 'BYTE_ARRAY', converted_type: 'DECIMAL', scale: kind.scale, precision: decimalDigits, logical_type: { type: 'DECIMAL', scale: kind.scale, precision: decimalDigits } }
    case 'boolean': return { ...element, type: 'BOOLEAN' }
    case 'date': return { ...element, type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }
    case 'date-time': return { ...element, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' } }
  }
}

/** The value as its column holds it. The caller has said of what kind it is, so one that is not is a fault, never a guess. */
function parquetValue(cell: string, kind: ColumnKind, row: number, name: string): Value {
  const value = typed(cell, kind)
  if (value === undefined) throw new Fault('export.not-of-kind', `The Parquet file cannot be written: the value in row ${row}, column "${name.slice(0, 60)}" is no ${kind.kind}. Write the column as text.`)
  return value
}

function typed(cell: string, kind: ColumnKind): Value | undefined {
  switch (kind.kind) {
    case 'text': return cell.toWellFormed()
    case 'integer': return /^-?\d{1,18}$/.test(cell) ? BigInt(cell) : undefined
    case 'decimal': return unscaled(cell, kind.scale)
    case 'boolean': return cell === 'true' ? true : cell === 'false' ? false : undefined
    case 'date': case 'date-time': {
      const date = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z)?$/.test(cell) ? new Date(cell) : null
      return date === null || Number.isNaN(date.getTime()) ? undefined : date
    }
  }
}

function unscaled(cell: string, scale: number): bigint | undefined {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(cell) ?? []
  const kept = fraction.replace(/0+$/, '')
  if (whole === '' || kept.length > scale || whole.length + scale > decimalDigits) return undefined
  return BigInt(`${sign}${whole}${kept.padEnd(scale, '0')}`)
}

/** Gives away what was written so far, so that a file never is in memory as a whole. */
class TakenBytes extends ByteWriter {
  take(): Uint8Array {
    const bytes = this.getBytes().slice()
    this.index = 0
    return bytes
  }
}
