import { readRows } from '@longshore/formats'
import type { ChildStreams } from './child.ts'
import type { ParserRequest } from './parser-request.ts'

/** Prints rows as JSON arrays, one a line: what an import would see. What was wrong with a row is reported as the row is read. */
export async function readTask({ layout, limit }: Extract<ParserRequest, { task: 'read' }>, streams: ChildStreams): Promise<void> {
  let rows = 0
  let lastRow = layout.headerRow
  reading: for await (const batch of readRows(streams.source, layout)) {
    let text = ''
    for (const raw of batch) {
      if (limit !== null && rows >= limit) { await streams.out.write(text); break reading }
      text += `${JSON.stringify(raw.cells)}\n`
      for (const fault of raw.faults ?? []) streams.report({ kind: 'row-fault', row: raw.row, line: fault.line, code: fault.code })
      rows++
      lastRow = raw.row
    }
    await streams.out.write(text)
  }
  streams.report({ kind: 'ended', rows, lastRow, warnings: 0 })
  await streams.out.end()
}
