import { Fault } from '@longshore/core/fault'
import type { NdjsonLayout } from '@longshore/core'
import { headBytes } from '../file-format.ts'
import type { FileFormat } from '../file-format.ts'
import { recordBatches, recordsTooLarge, searchedCharacters } from '../json/json-format.ts'
import type { NumberedRecord } from '../json/json-format.ts'
import { ListHead } from '../json/list-header.ts'
import type { ScannedRecord } from '../json/list-scanner.ts'
import { RecordKeys } from '../json/record-keys.ts'
import { maxRowCharacters } from '../limits.ts'
import { NestedColumns, refuseTooManyColumns } from '../nested/columns.ts'
import { damaged } from '../sheet/file-fault.ts'
import type { ByteSource } from '../source.ts'
import { detectEncoding } from '../text/detect-encoding.ts'
import { textPieces } from '../text/text-pieces.ts'

/** One JSON object, or one list of a table with a header, on each line (NDJSON, JSON Lines). Empty lines have a number and are no rows. */
export const ndjsonFormat: FileFormat<NdjsonLayout> = {
  name: 'ndjson',
  title: 'JSON with a record on each line (NDJSON)',
  async detect(source, { fileName, settings = {} }) {
    const what = fileName === undefined ? 'The file' : `"${fileName}"`
    const { encoding, warnings } = await detectEncoding(source, await source.read(0, headBytes), settings.encoding)
    const head = await listHead(source, encoding)
    if (head !== null) {
      const { warnings: doubts, ...header } = head.header(settings.headerRow, what)
      refuseTooManyColumns(header.columns.length, what)
      return { format: 'ndjson', encoding, lists: true, ...header, warnings: [...warnings, ...doubts] }
    }
    const columns = new NestedColumns()
    const keys = new RecordKeys(columns)
    let characters = 0
    let records = 0
    let large = 0
    for await (const line of lines(source, encoding)) {
      records += 1
      characters += line.text.length + 1
      if (line.tooLarge) large += 1
      else {
        keys.add(line.text)
        refuseTooManyColumns(columns.size, what)
      }
      if (characters > searchedCharacters && columns.size > 0) break
    }
    if (records === 0) throw new Fault('file.empty', `${what} is empty: it holds no records. Check that it was exported completely.`)
    if (columns.size === 0 && large > 0) throw recordsTooLarge(what)
    if (columns.size === 0) throw damaged(what, '', 'no line is a JSON object with keys', 'Write one object such as {"email": "mara@example.com"} on each line, or name the format of the file.')
    return { format: 'ndjson', encoding, headerRow: 0, columns: columns.names(), paths: columns.paths(), warnings }
  },
  async *read(source, layout, { batchRows = 1_000 }) {
    yield* recordBatches(numbered(source, layout), layout, batchRows)
  },
}

/** The first lines where they are lists; null where the first one is none. */
async function listHead(source: ByteSource, encoding: string): Promise<ListHead | null> {
  const head = new ListHead()
  let first = true
  for await (const line of lines(source, encoding)) {
    if (first && !line.text.trimStart().startsWith('[')) return null
    first = false
    if (!line.tooLarge) head.add(line.line, line.text)
    if (head.full) break
  }
  return first ? null : head
}

/** Rows are numbered by their lines. */
async function* numbered(source: ByteSource, layout: NdjsonLayout): AsyncGenerator<NumberedRecord> {
  for await (const record of lines(source, layout.encoding)) yield { record, row: record.line }
}

/** Lines that hold more than blanks; a line end inside of a text is no JSON, so every one ends a line. */
async function* lines(source: ByteSource, encoding: string): AsyncGenerator<ScannedRecord> {
  let rest = ''
  let tooLarge = false
  let line = 1
  for await (const text of textPieces(source, encoding)) {
    let from = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      const whole = rest + text.slice(from, end)
      if (whole.trim() !== '' || tooLarge) yield { text: tooLarge ? '' : whole, line, tooLarge: tooLarge || whole.length > maxRowCharacters }
      from = end + 1
      rest = ''
      tooLarge = false
      line += 1
    }
    if (rest.length + text.length - from > maxRowCharacters) {
      tooLarge = true
      rest = ''
    } else rest += text.slice(from)
  }
  if (rest.trim() !== '' || tooLarge) yield { text: rest, line, tooLarge }
}
