import { Fault } from '@longshore/core'
import { csvWriter } from './csv-writer.ts'
import { jsonWriter } from './json-writer.ts'
import { ndjsonWriter } from './ndjson-writer.ts'
import type { RowWriter } from './row-writer.ts'

export interface WriteOptions {
  /** Makes cells harmless that a spreadsheet could run, in the formats that a spreadsheet opens. */
  guard: boolean
}

const writers: Record<string, (options: WriteOptions) => RowWriter> = {
  csv: ({ guard }) => csvWriter({ guard }),
  json: () => jsonWriter(),
  ndjson: () => ndjsonWriter(),
}

/** The writer of a format. Throws a Fault for one that is not written. */
export function rowWriter(format: string, options: WriteOptions): RowWriter {
  const writer = writers[format]
  if (writer === undefined) throw new Fault('not-built-yet', `The format ${format} cannot be written yet. Written are: ${Object.keys(writers).join(', ')}.`)
  return writer(options)
}
