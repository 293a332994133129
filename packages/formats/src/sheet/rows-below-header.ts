import type { RawRow, SheetLayout } from '@longshore/core'
import { LastRows } from '../detect/last-rows.ts'
import type { ReadOptions } from '../file-format.ts'
import { isEmptyRow, rawSheetRow } from './sheet-row.ts'
import type { SheetRow } from './sheet-row.ts'

/** A batch of wide rows ends before its number of rows is full. */
const maxBatchCells = 200_000

/** The filled rows below the header in batches; tells once how many of them the sheet hides, and of totals below them. */
export async function* rowsBelowHeader(rows: AsyncIterable<SheetRow[]>, layout: SheetLayout, { batchRows = 1_000, warn }: ReadOptions): AsyncGenerator<RawRow[]> {
  let batch: RawRow[] = []
  const last = new LastRows()
  let cells = 0
  let hidden = 0
  let firstHidden = 0
  for await (const piece of rows) {
    for (const row of piece) {
      if (row.row <= layout.headerRow || isEmptyRow(row)) continue
      if (row.hidden) {
        hidden += 1
        if (firstHidden === 0) firstHidden = row.row
      }
      batch.push(rawSheetRow(row, layout.columns.length))
      cells += layout.columns.length
      if (batch.length >= batchRows || cells >= maxBatchCells) {
        last.see(batch)
        yield batch
        batch = []
        cells = 0
      }
    }
  }
  last.see(batch)
  if (batch.length > 0) yield batch
  for (const warning of last.totals(layout)) warn?.(warning)
  if (hidden > 0) warn?.({ code: 'layout.hidden-rows', message: `${hidden} ${hidden === 1 ? 'row is' : 'rows are'} hidden in the sheet "${layout.sheet}", the first one row ${firstHidden}; they were read like the others. Show them in the spreadsheet, and delete those that are not meant.` })
}
