import { Fault } from '@longshore/core/fault'
import type { ColumnKind } from './column-kind.ts'
import { csvWriter } from './csv-writer.ts'
import { jsonWriter } from './json-writer.ts'
import { ndjsonWriter } from './ndjson-writer.ts'
import type { RowWriter } from './row-writer.ts'

export interface WriteOptions {
  /** CSV: makes cells harmless that a spreadsheet could run. A workbook needs none: its texts are texts. */
  guard: boolean
  /** What columns hold, for formats that have types; text where nothing is said. */
  kinds?: readonly ColumnKind[]
}

/** Every format that is written. The libraries of some are large, and loaded for whoever wants them. */
const writers: Record<string, (options: WriteOptions) => RowWriter | Promise<RowWriter>> = {
  csv: ({ guard }) => csvWriter({ guard }),
  json: () => jsonWriter(),
  ndjson: () => ndjsonWriter(),
  xlsx: async ({ kinds }) => (await import('./xlsx-writer.ts')).xlsxWriter(kinds === undefined ? {} : { kinds }),
  parquet: async ({ kinds }) => (await import('./parquet-writer.ts')).parquetWriter(kinds === undefined ? {} : { kinds }),
}

/** The writer of a format. Throws a Fault for one that is not written. */
export async function rowWriter(format: string, options: WriteOptions): Promise<RowWriter> {
  const writer = Object.hasOwn(writers, format) ? writers[format] : undefined
  if (writer === undefined) throw new Fault('not-built-yet', `The format ${format} cannot be written yet. Written are: ${Object.keys(writers).join(', ')}.`)
  return writer(options)
}
