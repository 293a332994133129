import { compileFixes } from '@longshore/core'
import { readRows, rowWriter } from '@longshore/formats'
import { CopyRows } from '@longshore/store/copy-rows'
import type { ChildStreams } from './child.ts'
import { errorColumns, type ParserRequest } from './parser-request.ts'

/** Columns that stand after the source's in a results file. */
const resultColumns = ['Row number', 'Outcome', 'Record ID', 'Reason']

/**
 * Writes a results file or an error report: reads the source once more, in row order, and lays each row beside its line from the
 * store (row number, then the columns above). The report holds failed rows only, so that it can be corrected and imported again.
 */
export async function resultsTask({ layout, format, kind, fixes, lastRow: end }: Extract<ParserRequest, { task: 'results' }>, streams: ChildStreams): Promise<void> {
  const writer = await rowWriter(format, { guard: true })
  await streams.out.write(await writer.start(kind === 'results' ? [...layout.columns, ...resultColumns] : [...errorColumns, ...layout.columns]))
  const lines = storedLines(streams.input())
  let line = await lines.next()
  const correct = compileFixes(fixes)
  let rows = 0
  let lastRow = layout.headerRow
  for await (const batch of readRows(streams.source, layout)) {
    if (end !== undefined && (batch[0]?.row ?? 0) > end) break
    const written: (string | null)[][] = []
    for (const original of batch) {
      const raw = correct === null ? original : correct(original).raw
      while (!line.done && Number(line.value[0]) < raw.row) line = await lines.next()
      const stored = !line.done && Number(line.value[0]) === raw.row ? line.value : null
      if (stored === null && (kind === 'errors' || end !== undefined)) continue
      const facts = (kind === 'errors' ? stored?.slice(0, errorColumns.length) : stored) ?? [String(raw.row), 'pending', null, null]
      written.push(kind === 'results' ? [...raw.cells, ...facts] : [...facts, ...raw.cells, ...(raw.surplus ?? [])])
      lastRow = raw.row
    }
    rows += written.length
    if (written.length > 0) await streams.out.write(await writer.rows(written))
  }
  await streams.out.write(await writer.end())
  streams.report({ kind: 'ended', rows, lastRow, warnings: 0 })
  await streams.out.end()
}

/** Rows as the store's COPY gives them. */
async function* storedLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<(string | null)[], undefined> {
  const rows = new CopyRows()
  for await (const chunk of chunks) yield* rows.push(chunk)
  return undefined
}
