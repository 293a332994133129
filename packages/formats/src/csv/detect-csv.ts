import { Fault } from '@longshore/core/fault'
import type { ReadSettings, CsvLayout } from '@longshore/core'
import type { Dialect } from './dialect.ts'
import { literalPattern } from '../literal-pattern.ts'
import { decodeHead } from '../text/decode-text.ts'
import { maxColumns } from '../limits.ts'
import { headBytes } from '../file-format.ts'
import type { DetectOptions } from '../file-format.ts'
import type { ByteSource } from '../source.ts'
import { detectDialect } from './detect-dialect.ts'
import { detectEncoding } from '../text/detect-encoding.ts'
import type { Encoding } from '../text/encodings.ts'
import { refuseOtherKinds } from '../detect/file-kind.ts'
import { findHeader } from '../detect/header.ts'
import { totalsBelow } from '../detect/totals-below.ts'
import { headRecords } from './head-records.ts'
import type { CsvRecord } from './head-records.ts'
import { blanksBetweenColumns, twiceEncodedText } from './odd-text.ts'
import { salesforceSettings } from './salesforce.ts'

/** Records of the head in which the header is looked for. */
const searchedRecords = 200
/** Bytes at the end of the file in which totals are looked for. */
const tailBytes = 16 * 1024

/**
 * Finds out how a delimited file is written, from its first bytes. Settings win over detection; doubts become warnings. Throws a Fault
 * when the file is empty, is something else than its name says, or has no header within the head.
 */
export async function detectCsv(source: ByteSource, { fileName, settings: wished = {} }: DetectOptions): Promise<CsvLayout> {
  const settings = checked(wished.dialect === 'salesforce' ? salesforceSettings(wished) : wished)
  const name = fileName === undefined ? 'The file' : `"${fileName}"`
  const head = await source.read(0, headBytes)
  const complete = head.length >= source.sizeBytes
  if (head.length === 0) throw empty(name)
  refuseOtherKinds(head, fileName, settings.format === 'csv')
  const { encoding, warnings: encodingWarnings } = await detectEncoding(source, head, settings.encoding)
  const decoded = decodeHead(head, encoding, complete)
  refuseBinary(decoded, name)
  const text = decoded.toWellFormed().replaceAll('\0', '')
  if (text.trim() === '' && complete) throw empty(name)
  const { warnings: dialectWarnings, ...dialect } = detectDialect(text, complete, fileName, settings)
  const { records } = headRecords(text, complete, dialect, Math.max(searchedRecords, settings.headerRow ?? 0))
  const header = findHeader(records, settings.headerRow)
  if (header.columns.length > maxColumns) {
    throw new Fault('file.too-many-columns', `${name} has ${header.columns.length} columns in row ${header.headerRow}; at most ${maxColumns} can be read. Check that the delimiter is right, or split the file.`)
  }
  if (header.columns.length === 0) {
    throw new Fault('file.no-header', settings.headerRow === undefined
      ? `${name} has no complete line within its first ${Math.round(head.length / 1024)} KB, so no header can be found. Check that it is a table with one row per line.`
      : `${name} has no header in row ${settings.headerRow}: the row is empty or beyond the beginning of the file. Choose another row.`)
  }
  const lineEnd = detectLineEnd(text, dialect)
  const warnings = [...encodingWarnings, ...twiceEncodedText(text), ...dialectWarnings, ...blanksBetweenColumns(records, dialect.delimiter), ...header.warnings]
  const ending = /\.(?:xls|xlsx|xlsm|ods|json|parquet|vcf|html?)$/i.exec(fileName ?? '')?.[0]
  if (ending !== undefined) warnings.push({ code: 'layout.other-format', message: `${name} is delimited text, whatever its ending ${ending} says. It is read as that.` })
  if (lineEnd === 'mixed') warnings.push({ code: 'layout.mixed-line-ends', message: 'Lines end in different ways; each of them is taken as a line end.' })
  const all = complete && records.length < searchedRecords
  const last = all ? records.filter((record) => record.row > header.headerRow) : source.sequential ? [] : await lastRecords(source, encoding, dialect)
  warnings.push(...totalsBelow(last, header.columns.length))
  return {
    format: 'csv', encoding, ...dialect, lineEnd, headerRow: header.headerRow, columns: header.columns, warnings,
    ...(settings.dialect === undefined ? {} : { dialect: settings.dialect }),
  }
}

/** Control characters stray into a text now and then, and NUL pads cells; where others are one in thirty there is no text. */
function refuseBinary(text: string, name: string): void {
  const sample = text.slice(0, 65_536)
  const controls = sample.match(/[\x01-\x08\x0E-\x1B\x7F\uDFFF]/g)?.length ?? 0
  if (controls < 20 || controls < sample.length / 30) return
  throw new Fault('file.not-csv', `${name} is no text: ${Math.round(controls / sample.length * 100)} % of its beginning are control characters. Check that it is the file you mean, and that it was not damaged on its way.`)
}

/** The records at the end of a file, whatever their numbers are. The first one is cut and left out. */
async function lastRecords(source: ByteSource, encoding: Encoding, dialect: Dialect): Promise<CsvRecord[]> {
  const start = Math.max(0, source.sizeBytes - tailBytes) & ~3
  const text = decodeHead(await source.read(start, tailBytes + 4), encoding, true).toWellFormed()
  const lineEnd = /\r\n|[\r\n]/.exec(text)
  return lineEnd === null ? [] : headRecords(text.slice(lineEnd.index + lineEnd[0].length), true, dialect, Infinity).records
}

function empty(name: string): Fault {
  return new Fault('file.empty', `${name} is empty: it holds no header and no rows. Check that it was saved or exported completely.`)
}

function checked(settings: ReadSettings): ReadSettings {
  const { delimiter, quote, headerRow } = settings
  if (delimiter !== undefined && (delimiter.length !== 1 || /["'\r\n]/.test(delimiter))) {
    throw new Fault('file.settings', `The delimiter must be one character, such as , or ; and not a quote or a line end; found ${JSON.stringify(delimiter)}.`, { path: 'delimiter' })
  }
  if (quote !== undefined && (quote.length !== 1 || quote === delimiter || /[\r\n]/.test(quote))) {
    throw new Fault('file.settings', `The quote must be one character other than the delimiter, " or '; found ${JSON.stringify(quote)}.`, { path: 'quote' })
  }
  if (headerRow !== undefined && (!Number.isInteger(headerRow) || headerRow < 0)) {
    throw new Fault('file.settings', `The header row must be a row number from 1, or 0 for a file without header; found ${headerRow}.`, { path: 'headerRow' })
  }
  return settings
}

/** Line ends inside quoted cells are text and do not count. The answer is only told: reading takes every kind. */
function detectLineEnd(text: string, { delimiter, quote }: Dialect): 'LF' | 'CRLF' | 'CR' | 'mixed' {
  const q = literalPattern(quote)
  const outside = text.replaceAll(new RegExp(`(?<=^|[\\r\\n${delimiter === null ? '' : literalPattern(delimiter)}])${q}[^${q}]*(?:${q}${q}[^${q}]*)*${q}`, 'g'), '')
  const crlf = outside.split('\r\n').length - 1
  const cr = outside.split('\r').length - 1 - crlf
  const lf = outside.split('\n').length - 1 - crlf
  const kinds = [crlf, cr, lf].filter((count) => count > 0).length
  if (kinds > 1) return 'mixed'
  return crlf > 0 ? 'CRLF' : cr > 0 ? 'CR' : 'LF'
}
