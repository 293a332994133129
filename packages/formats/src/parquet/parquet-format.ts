import { isUtf8 } from 'node:buffer'
import { parquetRead } from 'hyparquet'
import type { FileMetaData } from 'hyparquet'
import { Fault } from '@longshore/core'
import type { ParquetLayout, RawRow, ReadFault } from '@longshore/core'
import type { FileFormat } from '../file-format.ts'
import { maxCellCharacters } from '../limits.ts'
import { pathName, refuseTooManyColumns } from '../nested/columns.ts'
import { damaged } from '../sheet/file-fault.ts'
import { codecs } from './codecs.ts'
import { PackedTexts } from './packed-texts.ts'
import { openParquet } from './parquet-file.ts'
import type { ParquetFile } from './parquet-file.ts'
import { schemaColumns } from './schema-columns.ts'
import type { ParquetColumn, TopColumn } from './schema-columns.ts'
import { bytesElement, rawElement } from './value-text.ts'

/** Rows that are held at a time, as text outside of the heap: so many, or as many as unpack to about `sectionBytes`. */
const sectionRows = 131_072
const sectionBytes = 24 * 1_048_576
/** The first rows are wanted at once. */
const firstSectionRows = 1_000

/** Parquet, column by column and section by section. */
export const parquetFormat: FileFormat<ParquetLayout> = {
  name: 'parquet',
  title: 'a Parquet file',
  recognise: (head) => /^PAR[1E]/.test(Buffer.from(head.subarray(0, 4)).toString('latin1')),
  async detect(source, { fileName }) {
    const what = fileName === undefined ? 'The file' : `"${fileName}"`
    const { metadata } = await openParquet(source, what)
    const columns = schemaColumns(metadata).flatMap((top) => top.columns.map(({ path }) => pathName(path)))
    refuseTooManyColumns(columns.length, what)
    if (columns.length === 0) throw new Fault('file.empty', `${what} is empty: it has no columns. Check that it was exported completely.`)
    return { format: 'parquet', encoding: null, headerRow: 0, columns, warnings: [] }
  },
  async *read(source, _layout, { batchRows = 1_000 }) {
    const file = await openParquet(source, 'The file')
    const tops = schemaColumns(file.metadata)
    const raw = { ...file, metadata: rawMetadata(file.metadata, tops) }
    let row = 0
    for (const { start, end } of sections(file.metadata)) {
      const columns: PackedTexts[] = []
      const faults: RowFaults = new Map()
      for (const top of tops) columns.push(...await readColumns(raw, top, start, end, columns.length, faults))
      for (let from = 0; from < end - start; from += batchRows) {
        const batch: RawRow[] = []
        for (let i = from; i < Math.min(from + batchRows, end - start); i += 1) {
          row += 1
          const found = faults.get(row)
          batch.push({ row, cells: columns.map((column) => column.at(i)), ...(found === undefined ? {} : { faults: found }) })
        }
        yield batch
      }
    }
  },
}

/** Ranges of rows (from 0, end exclusive), none over two row groups. */
function* sections({ row_groups: groups }: FileMetaData): Generator<{ start: number; end: number }> {
  let start = 0
  for (const group of groups) {
    const groupEnd = start + Number(group.num_rows)
    const unpacked = group.columns.reduce((sum, { meta_data: column }) => sum + Number(column?.total_uncompressed_size ?? 0), 0)
    const rows = Math.max(1_000, Math.min(sectionRows, Math.floor(sectionBytes / Math.max(1, unpacked / Math.max(1, Number(group.num_rows))))))
    for (let at = start; at < groupEnd;) {
      const end = Math.min(groupEnd, at + (at === 0 ? Math.min(firstSectionRows, rows) : rows))
      yield { start: at, end }
      at = end
    }
    start = groupEnd
  }
}

/** One column of the file as the columns that it gives. Throws a Fault when it has fewer values than rows. */
async function readColumns(file: ParquetFile, top: TopColumn, start: number, end: number, position: number, faults: RowFaults): Promise<PackedTexts[]> {
  const packed = top.columns.map(() => new PackedTexts(end - start))
  const broken = (found: string) => damaged(file.what, `column "${top.name.slice(0, 60)}", rows ${start + 1} to ${end}`, found, 'Export the file again.')
  const values: unknown[] = new Array(end - start)
  let filled = 0
  try {
    await parquetRead({
      file: file.file, metadata: file.metadata, columns: [top.name], rowStart: start, rowEnd: end, compressors: codecs, utf8: false, useOffsetIndex: true, geoparquet: false,
      parsers: { timestampFromNanoseconds: (nanos) => nanos },
      onChunk({ columnData, rowStart }) {
        for (let i = 0; i < columnData.length; i += 1) {
          const row = rowStart + i - start
          if (row < 0 || row >= values.length) continue
          values[row] = columnData[i]
          filled += 1
        }
      },
    })
  } catch (error) {
    throw broken(error instanceof RangeError && error.message === 'page too large' ? 'a page would unpack to more than 128 MB, as in a file made to do harm' : 'the data is damaged, or packed in a way that cannot be read')
  }
  if (filled !== end - start) throw broken(`there are ${filled} values for ${end - start} rows`)
  top.columns.forEach((column, c) => {
    const texts = packed[c]
    if (texts === undefined) return
    for (let i = 0; i < values.length; i += 1) {
      const value = column.keys.length === 0 ? values[i] : valueAt(values[i], column.keys)
      if (column.plain !== null && value instanceof Uint8Array && value.length <= maxCellCharacters) texts.pushBytes(value)
      else texts.push(cellText(column, value, start + i + 1, position + c, faults))
    }
    if (texts.hasOddBytes()) markOddBytes(texts, start, position + c, faults)
  })
  return packed
}

function valueAt(top: unknown, keys: readonly string[]): unknown {
  let value = top
  for (const key of keys) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : null
  return value
}

function cellText({ text }: ParquetColumn, value: unknown, row: number, position: number, faults: RowFaults): string | null {
  if (value === null || value === undefined) return null
  const shown = text(value)
  if (shown === null || shown.length <= maxCellCharacters) return shown
  addFault(faults, row, { code: 'read.cell-too-large', position, line: row, character: null, found: `${shown.length} characters`, expected: String(maxCellCharacters) })
  return shown.slice(0, 255)
}

/** Faults by row number. */
type RowFaults = Map<number, ReadFault[]>

function addFault(faults: RowFaults, row: number, fault: ReadFault): void {
  faults.set(row, [...faults.get(row) ?? [], fault])
}

/** Names each cell whose bytes are no text, or hold the character NUL. */
function markOddBytes(texts: PackedTexts, start: number, position: number, faults: RowFaults): void {
  for (let i = 0; i < texts.length; i += 1) {
    const bytes = texts.bytesAt(i)
    if (bytes === null) continue
    const at = { position, line: start + i + 1, character: null }
    if (bytes.includes(0)) addFault(faults, start + i + 1, { ...at, code: 'read.nul-byte', found: String(bytes.filter((byte) => byte === 0).length) })
    if (!isUtf8(bytes)) addFault(faults, start + i + 1, { ...at, code: 'read.bad-encoding', found: bytes.toString('utf8').slice(0, 60), expected: 'UTF-8' })
  }
}

/** The same description without the conversions that would lose digits, or make strings of texts that are kept as bytes. */
function rawMetadata(metadata: FileMetaData, tops: readonly TopColumn[]): FileMetaData {
  const plain = new Set(tops.flatMap(({ columns }) => columns.map((column) => column.plain)))
  return { ...metadata, schema: metadata.schema.map((element) => plain.has(element) ? bytesElement(element) : rawElement(element)) }
}
