import { Fault } from '@longshore/core/fault'
import type { ParquetLayout, RawRow } from '@longshore/core'
import type { FileFormat } from '../file-format.ts'
import { pathName, refuseTooManyColumns } from '../nested/columns.ts'
import type { ColumnCursor, RowBatch } from './column-cursor.ts'
import { groupCursors } from './group-cursors.ts'
import { openParquet } from './parquet-file.ts'

/** Parquet. Each column is read page by page, and rows are given as far as all columns have come. */
export const parquetFormat: FileFormat<ParquetLayout> = {
  name: 'parquet',
  title: 'a Parquet file',
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
    let start = 0
    for (const group of file.metadata.row_groups) {
      const range = { start, end: start + Number(group.num_rows) }
      if (range.end > start) yield* groupRows(groupCursors(file, group, range), range.start, range.end, layout.columns.length, batchRows)
      start = range.end
    }
  },
}

/** As many rows at a time as all columns hold. */
async function* groupRows(cursors: readonly ColumnCursor[], start: number, end: number, width: number, batchRows: number): AsyncGenerator<RawRow[]> {
  for (let row = start; row < end;) {
    let count = Math.min(batchRows, end - row)
    for (const cursor of cursors) {
      if (cursor.held === 0) await cursor.load()
      count = Math.min(count, cursor.held)
    }
    const batch: RowBatch = { start: row, cells: Array.from({ length: count }, () => new Array<string | null>(width).fill(null)), faults: [] }
    for (const cursor of cursors) cursor.give(batch)
    yield batch.cells.map((cells, i) => {
      const faults = batch.faults[i]
      return faults === undefined ? { row: row + i + 1, cells } : { row: row + i + 1, cells, faults }
    })
    row += count
  }
}
