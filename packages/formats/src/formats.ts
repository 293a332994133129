import { Fault } from '@longshore/core/fault'
import type { LayoutOf, RawRow, SourceFormat, SourceLayout } from '@longshore/core'
import type { RecordStart } from './csv/find-record-start.ts'
import { headBytes } from './file-format.ts'
import type { DetectOptions, FileFormat, ReadOptions } from './file-format.ts'
import { isGzip, unpackedName } from './packed/is-gzip.ts'
import { isHtml } from './html/is-html.ts'
import { isJson } from './json/is-json.ts'
import { isNdjson } from './ndjson/is-ndjson.ts'
import { isParquet } from './parquet/is-parquet.ts'
import { isVcard } from './vcard/is-vcard.ts'
import { isXls } from './xls/is-xls.ts'
import { isXlsx } from './xlsx/is-xlsx.ts'
import { isXmlSpreadsheet } from './xml-spreadsheet/is-xml-spreadsheet.ts'
import type { ByteSource } from './source.ts'

interface FormatEntry<Layout extends SourceLayout> {
  /** Read from all over the file, so not while it is being unpacked. */
  anywhere?: true
  /** Whether a file that begins with `head` (up to `headBytes` of it) is of this format. Asked in the order of the table; the first yes decides. */
  recognise(head: Uint8Array, fileName: string | undefined): boolean
  load(): Promise<FileFormat<Layout>>
}

type FormatTable = { [Name in SourceFormat]: FormatEntry<LayoutOf<Name>> }

/**
 * Every format that is read, the most telling first; delimited text, which everything could be, last. The libraries of some are large: a
 * format is loaded for whoever reads such a file, and recognised without it. A reader's memory and start count.
 */
const formats: FormatTable = {
  xlsx: { anywhere: true, recognise: isXlsx, load: async () => (await import('./xlsx/xlsx-format.ts')).xlsxFormat },
  xls: { anywhere: true, recognise: isXls, load: async () => (await import('./xls/xls-format.ts')).xlsFormat },
  parquet: { anywhere: true, recognise: isParquet, load: async () => (await import('./parquet/parquet-format.ts')).parquetFormat },
  json: { recognise: isJson, load: async () => (await import('./json/json-format.ts')).jsonFormat },
  ndjson: { recognise: isNdjson, load: async () => (await import('./ndjson/ndjson-format.ts')).ndjsonFormat },
  'xml-spreadsheet': { recognise: isXmlSpreadsheet, load: async () => (await import('./xml-spreadsheet/xml-spreadsheet-format.ts')).xmlSpreadsheetFormat },
  html: { recognise: isHtml, load: async () => (await import('./html/html-format.ts')).htmlFormat },
  vcard: { recognise: isVcard, load: async () => (await import('./vcard/vcard-format.ts')).vcardFormat },
  csv: { recognise: () => true, load: async () => (await import('./csv/csv-format.ts')).csvFormat },
}

/** Finds out what a file is and how it is read: by the format that the settings name, else by the first one that recognises its bytes. */
export async function detectLayout(source: ByteSource, options: DetectOptions = {}): Promise<SourceLayout> {
  const head = await source.read(0, headBytes)
  if (!isGzip(head)) return layoutOf(source, head, options)
  const what = nameOf(options.fileName)
  const unpacked = await gunzip(source, what)
  const inside = { ...options, ...(options.fileName === undefined ? {} : { fileName: unpackedName(options.fileName) }) }
  return { ...await layoutOf(unpacked, await unpacked.read(0, headBytes), inside), packed: 'gzip' }
}

/** Loads the reader of a file ahead of `detectLayout`. */
export async function loadFormatOf(source: ByteSource): Promise<void> {
  await formatCalled(recognised(await source.read(0, headBytes), undefined))
}

function recognised(head: Uint8Array, fileName: string | undefined): SourceFormat {
  return (Object.keys(formats) as SourceFormat[]).find((one) => formats[one].recognise(head, fileName)) ?? 'csv'
}

async function layoutOf(source: ByteSource, head: Uint8Array, options: DetectOptions): Promise<SourceLayout> {
  const name = options.settings?.format ?? recognised(head, options.fileName)
  const format = await formatCalled(name)
  if (source.sequential && formats[name].anywhere) throw new Fault('file.packed', `${nameOf(options.fileName)} is ${format.title} in a gzip archive; such a file can only be read unpacked. Unpack it, and import the file inside.`)
  return format.detect(source, options)
}

function nameOf(fileName: string | undefined): string {
  return fileName === undefined ? 'The file' : `"${fileName}"`
}

/** Loaded for packed files alone: a reader's memory and start count. */
async function gunzip(source: ByteSource, what: string): Promise<ByteSource> {
  return (await import('./packed/gzip-source.ts')).gunzippedSource(source, what)
}

async function unpackedAs(layout: SourceLayout, source: ByteSource): Promise<ByteSource> {
  return layout.packed === 'gzip' ? gunzip(source, 'The file') : source
}

/** The rows of a file by the layout that was found; see `FileFormat.read`. */
export async function* readRows(source: ByteSource, layout: SourceLayout, options: ReadOptions = {}): AsyncGenerator<RawRow[]> {
  yield* (await formatCalled(layout.format)).read(await unpackedAs(layout, source), layout, options)
}

/** A place from which the rest of a file can be read by itself, at or after byte `from`; null where there is none. See `FileFormat.findRecordStart`. */
export async function findRecordStart(source: ByteSource, layout: SourceLayout, from: number): Promise<RecordStart | null> {
  if (layout.packed !== undefined) return null
  return await (await formatCalled(layout.format)).findRecordStart?.(source, layout, from) ?? null
}

async function formatCalled(name: SourceFormat): Promise<FileFormat> {
  return await formats[name].load() as unknown as FileFormat // a layout bears its format's name, so it is that format's
}
