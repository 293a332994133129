import { Fault } from '@longshore/core'
import type { ParquetLayout, RawRow, ReadFault } from '@longshore/core'
import type { FileMetaData, RowGroup } from 'hyparquet'
import type { FileFormat } from '../file-format.ts'
import { pathName, refuseTooManyColumns } from '../nested/columns.ts'
import { ColumnCursor } from './column-cursor.ts'
import type { GroupRange } from './column-cursor.ts'
import { openParquet } from './parquet-file.ts'
import type { TopColumn } from './schema-columns.ts'
import { bytesElement, rawElement } from './value-text.ts'

/** Parquet. Each column is read page by page, and rows are given as far as all columns have come. */
export const parquetFormat: FileFormat<ParquetLayout> = {
  name: 'parquet',
  title: 'a Parquet file',
  recognise: (head) => /^PAR[1E]/.test(Buffer.from(head.subarray(0, 4)).toString('latin1')),
  async detect(source, { fileName }) {
    const what = fileName === undefined ? 'The file' : `"${fileName}"`
    const file = await openParquet(source, what)
    const columns = file.columns.flatMap((top) => top.columns.map(({ path }) => pathName(path)))
    refuseTooManyColumns(columns.length, what)
    if (columns.length === 0) throw new Fault('file.empty', `${what} is empty: it has no columns. Check that it was exported completely.`)
    return { format: 'parquet', encoding: null, headerRow: 0, columns, warnings: [] }
  },
  async *read(source, layout, { batchRows = 1_000 }) {
    const file = await openParquet(source, 'The file')
    const raw = { ...file, metadata: rawMetadata(file.metadata, file.columns) }
    let start = 0
    for (const group of file.metadata.row_groups) {
      const range = { start, end: start + Number(group.num_rows) }
      let position = 0
      const columns = file.columns.map((top) => {
        const cursor = { cursor: new ColumnCursor(raw, top, position), bytesPerRow: bytesPerRow(group, top.name) }
        position += top.columns.length
        return cursor
      })
      yield* groupRows(columns, range, layout.columns.length, batchRows)
      start = range.end
    }
  },
}

interface Column { cursor: ColumnCursor; bytesPerRow: number }

async function* groupRows(columns: readonly Column[], range: GroupRange, width: number, batchRows: number): AsyncGenerator<RawRow[]> {
  for (let row = range.start; row < range.end;) {
    let held = range.end
    for (const { cursor, bytesPerRow } of columns) held = Math.min(held, await cursor.holdTo(row, range, bytesPerRow))
    while (row < held) {
      const batch: RawRow[] = []
      for (const end = Math.min(held, row + batchRows); row < end; row += 1) {
        const cells = new Array<string | null>(width).fill(null)
        const faults: ReadFault[] = []
        for (const { cursor } of columns) cursor.give(row, cells, faults)
        batch.push(faults.length === 0 ? { row: row + 1, cells } : { row: row + 1, cells, faults })
      }
      yield batch
    }
  }
}

function bytesPerRow({ columns, num_rows: rows }: RowGroup, name: string): number {
  const bytes = columns.reduce((sum, { meta_data: column }) => sum + (column?.path_in_schema[0] === name ? Number(column.total_uncompressed_size) : 0), 0)
  return bytes / Math.max(1, Number(rows))
}

/** The same description without the conversions that would lose digits, or make strings of texts that are kept as bytes. */
function rawMetadata(metadata: FileMetaData, tops: readonly TopColumn[]): FileMetaData {
  const plain = new Set(tops.flatMap(({ columns }) => columns.map((column) => column.plain)))
  return { ...metadata, schema: metadata.schema.map((element) => plain.has(element) ? bytesElement(element) : rawElement(element)) }
}
