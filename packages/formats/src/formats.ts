import type { LayoutOf, RawRow, SourceFormat, SourceLayout } from '@longshore/core'
import { Fault } from '@longshore/core'
import { csvFormat } from './csv/csv-format.ts'
import type { RecordStart } from './csv/find-record-start.ts'
import { headBytes } from './file-format.ts'
import { htmlFormat } from './html/html-format.ts'
import { jsonFormat } from './json/json-format.ts'
import { ndjsonFormat } from './ndjson/ndjson-format.ts'
import type { DetectOptions, FileFormat, ReadOptions } from './file-format.ts'
import type { ByteSource } from './source.ts'
import { parquetFormat } from './parquet/parquet-format.ts'
import { vcardFormat } from './vcard/vcard-format.ts'
import { xlsFormat } from './xls/xls-format.ts'
import { xlsxFormat } from './xlsx/xlsx-format.ts'
import { xmlSpreadsheetFormat } from './xml-spreadsheet/xml-spreadsheet-format.ts'

type FormatTable = { [Name in SourceFormat]?: FileFormat<LayoutOf<Name>> }

/** Every format that is read, the most telling first; delimited text, which everything could be, last. */
const formats: FormatTable = {
  xlsx: xlsxFormat,
  xls: xlsFormat,
  json: jsonFormat,
  ndjson: ndjsonFormat,
  'xml-spreadsheet': xmlSpreadsheetFormat,
  html: htmlFormat,
  parquet: parquetFormat,
  vcard: vcardFormat,
  csv: csvFormat,
}

/** Finds out what a file is and how it is read: by the format that the settings name, else by the first one that recognises its bytes. */
export async function detectLayout(source: ByteSource, options: DetectOptions = {}): Promise<SourceLayout> {
  const named = options.settings?.format
  if (named !== undefined) return formatCalled(named).detect(source, options)
  const head = await source.read(0, headBytes)
  const format = Object.values(formats).find((candidate) => candidate.recognise(head, options.fileName)) ?? csvFormat
  return format.detect(source, options)
}

/** The rows of a file by the layout that was found; see `FileFormat.read`. */
export function readRows(source: ByteSource, layout: SourceLayout, options: ReadOptions = {}): AsyncGenerator<RawRow[]> {
  return formatCalled(layout.format).read(source, layout, options)
}

/** A place from which the rest of a file can be read by itself, at or after byte `from`; null where there is none. See `FileFormat.findRecordStart`. */
export async function findRecordStart(source: ByteSource, layout: SourceLayout, from: number): Promise<RecordStart | null> {
  return await formatCalled(layout.format).findRecordStart?.(source, layout, from) ?? null
}

function formatCalled(name: SourceFormat): FileFormat {
  const format = formats[name]
  if (format === undefined) throw new Fault('not-built-yet', `Files of the format ${name} are not read yet. Save the table as CSV and import that file.`, { path: 'source.format' })
  return format as unknown as FileFormat // a layout bears its format's name, so it is that format's
}
