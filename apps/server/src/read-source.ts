import { createInterface } from 'node:readline'
import type { EgressRules } from '@longshore/connectors'
import { Fault } from '@longshore/core/fault'
import type { ReadSettings, SourceLayout } from '@longshore/core'
import { localCopy } from './source/local-copy.ts'
import type { TellFetched } from './source/told-fetch.ts'
import { runParser } from './tasks/parser/run-parser.ts'

/** A file, on this machine or at an address, as JSON lines, as an import would see it: first its layout, then one array per row. Needs no database. */
export async function* readSource(named: string, settings: ReadSettings, { limit, egress, fetching }: { limit?: number; egress?: EgressRules; fetching?: TellFetched } = {}): AsyncGenerator<string> {
  const { path, name, discard } = await localCopy(named, egress, { tell: fetching })
  try {
    yield* readFile(path, name, settings, limit ?? null)
  } finally { await discard() }
}

async function* readFile(path: string, fileName: string, settings: ReadSettings, limit: number | null): AsyncGenerator<string> {
  let told: (layout: SourceLayout | null) => void = () => undefined
  const layout = new Promise<SourceLayout | null>((resolve) => { told = resolve })
  let finished: () => void = () => undefined
  const allRead = new Promise<null>((resolve) => { finished = () => resolve(null) })
  const parser = await runParser(path, { task: 'read', fileName, settings, limit }, (report) => {
    if (report.kind === 'layout') told(report.layout)
    if (report.kind === 'ended') finished()
    if (report.kind === 'row-fault') process.stderr.write(`${report.message}\n`)
    if (report.kind === 'warning') process.stderr.write(`${report.warning.message}\n`)
  })
  parser.issues().resume()
  parser.ended.then(() => told(null), () => told(null)) // a reader that failed says why below
  try {
    const found = await layout
    if (found !== null) yield headLine(found)
    for await (const line of createInterface({ input: parser.rows() })) yield line
    // said when everything was written: that the process itself ends, which takes it a tenth of the whole, needs nobody to wait for
    const end = await Promise.race([allRead, parser.ended])
    if (end !== null && end.kind !== 'ended') throw new Fault('parser.broken', 'The file could not be read. This is an error in Longshore.')
  } finally { parser.kill() }
}

function headLine(layout: SourceLayout): string {
  const { format, encoding, columns, warnings, ...rest } = layout
  return JSON.stringify({ format, encoding, delimiter: layout.format === 'csv' ? layout.delimiter : null, columns, warnings, ...rest })
}
