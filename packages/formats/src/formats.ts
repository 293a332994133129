import type { LayoutOf, RawRow, SourceFormat, SourceLayout } from '@longshore/core'
import { csvFormat } from './csv/csv-format.ts'
import type { RecordStart } from './csv/find-record-start.ts'
import { headBytes } from './file-format.ts'
import type { DetectOptions, FileFormat, ReadOptions } from './file-format.ts'
import type { ByteSource } from './source.ts'

type FormatTable = { [Name in SourceFormat]: () => Promise<FileFormat<LayoutOf<Name>>> }

/**
 * Every format that is read, the most telling first; delimited text, which everything could be, last. The libraries of some are large, and
 * loaded for whoever reads such a file: a reader's memory counts.
 */
const formats: FormatTable = {
  xlsx: async () => (await import('./xlsx/xlsx-format.ts')).xlsxFormat,
  xls: async () => (await import('./xls/xls-format.ts')).xlsFormat,
  json: async () => (await import('./json/json-format.ts')).jsonFormat,
  ndjson: async () => (await import('./ndjson/ndjson-format.ts')).ndjsonFormat,
  'xml-spreadsheet': async () => (await import('./xml-spreadsheet/xml-spreadsheet-format.ts')).xmlSpreadsheetFormat,
  html: async () => (await import('./html/html-format.ts')).htmlFormat,
  parquet: async () => (await import('./parquet/parquet-format.ts')).parquetFormat,
  vcard: async () => (await import('./vcard/vcard-format.ts')).vcardFormat,
  csv: () => Promise.resolve(csvFormat),
}

/** Finds out what a file is and how it is read: by the format that the settings name, else by the first one that recognises its bytes. */
export async function detectLayout(source: ByteSource, options: DetectOptions = {}): Promise<SourceLayout> {
  const named = options.settings?.format
  if (named !== undefined) return (await formatCalled(named)).detect(source, options)
  const head = await source.read(0, headBytes)
  for (const load of Object.values(formats)) {
    const candidate = await load()
    if (candidate.recognise(head, options.fileName)) return candidate.detect(source, options)
  }
  return csvFormat.detect(source, options)
}

/** The rows of a file by the layout that was found; see `FileFormat.read`. */
export async function* readRows(source: ByteSource, layout: SourceLayout, options: ReadOptions = {}): AsyncGenerator<RawRow[]> {
  yield* (await formatCalled(layout.format)).read(source, layout, options)
}

/** A place from which the rest of a file can be read by itself, at or after byte `from`; null where there is none. See `FileFormat.findRecordStart`. */
export async function findRecordStart(source: ByteSource, layout: SourceLayout, from: number): Promise<RecordStart | null> {
  return await (await formatCalled(layout.format)).findRecordStart?.(source, layout, from) ?? null
}

async function formatCalled(name: SourceFormat): Promise<FileFormat> {
  return await formats[name]() as unknown as FileFormat // a layout bears its format's name, so it is that format's
}
