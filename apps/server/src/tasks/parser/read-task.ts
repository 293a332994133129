import { detectLayout, loadFormatOf, readRows } from '@longshore/formats/read'
import type { ByteSource } from '@longshore/formats'
import type { ChildStreams } from './child.ts'
import type { ParserRequest } from './parser-request.ts'

/** The first rows leave at once; later ones in batches of this many. */
const firstBatchRows = 10
const batchRows = 1_000

/** Loads the reader that the file's first bytes call for, before anybody has said how the file is to be read. */
export async function foresee(source: ByteSource): Promise<void> {
  try { await loadFormatOf(source) } catch { /* the task itself says what is wrong with the file */ }
}

/** Reports the layout, then prints rows as JSON, one a line: what an import would see. What was wrong with a row is reported as the row is read. */
export async function readTask({ fileName, settings, limit, numbered }: Extract<ParserRequest, { task: 'read' }>, streams: ChildStreams): Promise<void> {
  const layout = await detectLayout(streams.source, { fileName, settings })
  streams.report({ kind: 'layout', layout })
  let rows = 0
  let lastRow = layout.headerRow
  const options = { batchRows: limit !== null && limit <= batchRows ? Math.max(firstBatchRows, limit) : batchRows, warn: (warning: typeof layout.warnings[number]) => streams.report({ kind: 'warning', warning }) }
  reading: for await (const batch of readRows(streams.source, layout, options)) {
    let text = ''
    for (const raw of batch) {
      if (limit !== null && rows >= limit) { await streams.out.write(text); break reading }
      text += `${JSON.stringify(numbered ? { row: raw.row, cells: raw.cells } : raw.cells)}\n`
      if (raw.faults !== undefined) {
        const { readIssue } = await import('@longshore/core/read-issue') // most files need no words
        for (const fault of raw.faults) streams.report({ kind: 'row-fault', row: raw.row, code: fault.code, message: readIssue(raw, fault, layout.columns, null).message })
      }
      rows++
      lastRow = raw.row
    }
    await streams.out.write(text)
    if (limit !== null && rows >= limit) break
  }
  streams.report({ kind: 'ended', rows, lastRow, warnings: 0 })
  await streams.out.end()
}
