import { csvWriter, jsonWriter, ndjsonWriter, readRows } from '@longshore/formats'
import type { ChildStreams } from './child.ts'
import type { ParserRequest } from './parser-request.ts'

/** Columns that stand after the source's in a results file. */
const resultColumns = ['Row number', 'Outcome', 'Record ID', 'Reason']
/** Columns that stand before the source's in an error report. */
const errorColumns = ['Row number', 'Field', 'Error type', 'Message', 'Original value']

/**
 * Writes a results file or an error report: reads the source once more, in row order, and lays each row beside its line from the
 * store (row number, then the columns above). The report holds failed rows only, so that it can be corrected and imported again.
 */
export async function resultsTask({ layout, format, kind }: Extract<ParserRequest, { task: 'results' }>, streams: ChildStreams): Promise<void> {
  const writer = format === 'csv' ? csvWriter({ guard: true }) : format === 'json' ? jsonWriter() : ndjsonWriter()
  await streams.out.write(writer.start(kind === 'results' ? [...layout.columns, ...resultColumns] : [...errorColumns, ...layout.columns]))
  const lines = storedLines(streams.outcomes())
  let line = await lines.next()
  let rows = 0
  let lastRow = layout.headerRow
  for await (const batch of readRows(streams.source(), layout, { reopen: (start) => streams.source(start) })) {
    const written: (string | null)[][] = []
    for (const raw of batch) {
      while (!line.done && Number(line.value[0]) < raw.row) line = await lines.next()
      const stored = !line.done && Number(line.value[0]) === raw.row ? line.value : null
      if (stored === null && kind === 'errors') continue
      const facts = stored ?? [String(raw.row), 'pending', null, null]
      written.push(kind === 'results' ? [...raw.cells, ...facts] : [...facts, ...raw.cells])
      lastRow = raw.row
    }
    rows += written.length
    if (written.length > 0) await streams.out.write(writer.rows(written))
  }
  await streams.out.write(writer.end())
  streams.report({ kind: 'ended', rows, lastRow, warnings: 0 })
  await streams.out.end()
}

/** Lines in PostgreSQL's COPY text format, as lists of values. */
async function* storedLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<(string | null)[], undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    for (const part of parts) yield part.split('\t').map(value)
  }
  return undefined
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' }

function value(text: string): string | null {
  if (text === '\\N') return null
  return text.includes('\\') ? text.replace(/\\(.)/g, (_, c: string) => escapes[c] ?? c) : text
}
