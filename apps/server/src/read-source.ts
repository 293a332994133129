import { createInterface } from 'node:readline'
import { Fault } from '@longshore/core'
import type { ReadSettings } from '@longshore/core'
import { detectFile } from './tasks/import/create-import.ts'
import { runParser } from './tasks/parser/run-parser.ts'

/** A file as JSON lines, as an import would see it: first its layout, then one array per row. Needs no database. */
export async function* readSource(file: string, settings: ReadSettings, { limit }: { limit?: number } = {}): AsyncGenerator<string> {
  const layout = await detectFile(file, settings)
  const { format, encoding, columns, warnings, ...rest } = layout
  yield JSON.stringify({ format, encoding, delimiter: layout.format === 'csv' ? layout.delimiter : null, columns, warnings, ...rest })
  const parser = await runParser(file, { task: 'read', layout, limit: limit ?? null }, (report) => {
    if (report.kind === 'row-fault') process.stderr.write(`row ${report.row}, line ${report.line}: ${report.code}\n`)
  })
  parser.issues.resume()
  try {
    for await (const line of createInterface({ input: parser.rows })) yield line
    const end = await parser.ended
    if (end.kind !== 'ended') throw new Fault('parser.broken', 'The file could not be read. This is an error in Longshore.')
  } finally { parser.kill() }
}
