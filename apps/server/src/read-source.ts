import { createInterface } from 'node:readline'
import { openEgress } from '@longshore/connectors'
import type { EgressRules } from '@longshore/connectors'
import { Fault } from '@longshore/core'
import type { ReadSettings, SourceLayout } from '@longshore/core'
import { localCopy } from './source/local-copy.ts'
import { detectFile } from './tasks/import/create-import.ts'
import { runParser } from './tasks/parser/run-parser.ts'

/** A file, on this machine or at an address, as JSON lines, as an import would see it: first its layout, then one array per row. Needs no database. */
export async function* readSource(named: string, settings: ReadSettings, { limit, egress = openEgress(process.env) }: { limit?: number; egress?: EgressRules } = {}): AsyncGenerator<string> {
  const { path, name, discard } = await localCopy(named, egress)
  try {
    yield* readFile(path, await detectFile(path, settings, name), limit)
  } finally { await discard() }
}

async function* readFile(file: string, layout: SourceLayout, limit: number | undefined): AsyncGenerator<string> {
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
