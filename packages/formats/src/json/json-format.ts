import { Fault } from '@longshore/core/fault'
import type { JsonLayout, LayoutWarning, NdjsonLayout, RawRow } from '@longshore/core'
import { headBytes } from '../file-format.ts'
import type { FileFormat } from '../file-format.ts'
import { maxRowCharacters } from '../limits.ts'
import { NestedColumns, refuseTooManyColumns } from '../nested/columns.ts'
import { damaged, tooLarge } from '../sheet/file-fault.ts'
import type { ByteSource } from '../source.ts'
import { detectEncoding } from '../text/detect-encoding.ts'
import { textPieces } from '../text/text-pieces.ts'
import { ListHead } from './list-header.ts'
import { DocumentError, ListScanner } from './list-scanner.ts'
import type { FoundList, ScannedRecord } from './list-scanner.ts'
import { RecordKeys } from './record-keys.ts'
import { recordRow } from './record-row.ts'

/** Characters of a document in which its lists and keys are looked for: keys that occur only later have no column. */
export const searchedCharacters = 4 * 1_048_576
/** Of a document that is a list itself there is no other to find: so many show what it is a list of. */
const judgedCharacters = 128 * 1024

/** One JSON document with a list of objects in it, or of lists under a header, or an object that is the only record. */
export const jsonFormat: FileFormat<JsonLayout> = {
  name: 'json',
  title: 'JSON',
  async detect(source, { fileName, settings = {} }) {
    const what = fileName === undefined ? 'The file' : `"${fileName}"`
    const { encoding, warnings } = await detectEncoding(source, await source.read(0, headBytes), settings.encoding)
    const { lists, root } = await findLists(source, encoding, settings.jsonPath, what)
    const path = choosePath(lists, root, settings.jsonPath, what)
    const chosen = lists.find((list) => list.path === path)
    const pathDoubts = pathWarnings(lists, path, settings.jsonPath)
    if (chosen !== undefined && chosen.lists > chosen.objects) {
      const head = new ListHead()
      let row = 0
      for await (const { record } of scanRecords(source, encoding, path, what, searchedCharacters)) {
        head.add(++row, record.text)
        if (head.full) break
      }
      const { warnings: doubts, ...header } = head.header(settings.headerRow, what)
      refuseTooManyColumns(header.columns.length, what)
      return { format: 'json', encoding, path, lists: true, ...header, warnings: [...warnings, ...pathDoubts, ...doubts] }
    }
    const columns = new NestedColumns()
    const keys = new RecordKeys(columns)
    let broken = 0
    let large = 0
    let records = 0
    for await (const { record } of scanRecords(source, encoding, path, what, searchedCharacters)) {
      records += 1
      if (record.tooLarge) large += 1
      else if (!keys.add(record.text)) broken += 1
      refuseTooManyColumns(columns.size, what)
    }
    if (records === 0) throw new Fault('file.empty', `${what} is empty: its list${path === '' ? '' : ` "${path}"`} holds no records. Check that it was exported completely.`)
    if (columns.size === 0) {
      if (large > 0) throw recordsTooLarge(what)
      throw broken > 0 ? damaged(what, '', 'no record near the beginning is valid JSON')
        : new Fault('file.no-records', `${what} has no objects with keys in its list${path === '' ? '' : ` "${path}"`}; columns come from keys, as in [{"email": "mara@example.com"}]. Write the records so, or name another list.`, { path: 'source.jsonPath' })
    }
    return { format: 'json', encoding, path, headerRow: 0, columns: columns.names(), paths: columns.paths(), warnings: [...warnings, ...pathDoubts] }
  },
  async *read(source, layout, { batchRows = 1_000 }) {
    yield* recordBatches(recordsOf(source, layout), layout, batchRows)
  },
}

/** Of a file whose records near the beginning are all larger than a row may be: nothing tells its columns. */
export function recordsTooLarge(what: string): Fault {
  return tooLarge(what, '', `each of its first records has more than ${maxRowCharacters.toLocaleString('en')} characters, and that is the limit`, 'Leave out the values that make them so large, such as pictures, and export the list again.')
}

/** The records of the list with their numbers in it. */
async function* recordsOf(source: ByteSource, layout: JsonLayout): AsyncGenerator<NumberedRecord> {
  let row = 0
  for await (const { record } of scanRecords(source, layout.encoding, layout.path, 'The file')) yield { record, row: ++row }
}

export interface NumberedRecord { record: ScannedRecord; row: number }

/** A batch of large records ends before its number of rows is full. */
const batchCharacters = 4 * 1_048_576

/** Rows of records, in batches. Of lists the header and those above it are none, nor are empty ones. */
export async function* recordBatches(records: AsyncIterable<NumberedRecord>, layout: JsonLayout | NdjsonLayout, batchRows: number): AsyncGenerator<RawRow[]> {
  const columns = layoutColumns(layout)
  let batch: RawRow[] = []
  let characters = 0
  for await (const { record, row } of records) {
    if (row <= layout.headerRow) continue
    const raw = recordRow(record, row, columns, layout.lists)
    if (layout.lists && raw.faults === undefined && raw.cells.every((cell) => cell === null || cell.trim() === '')) continue
    batch.push(raw)
    characters += record.text.length
    if (batch.length >= batchRows || characters > batchCharacters) {
      yield batch
      batch = []
      characters = 0
    }
  }
  if (batch.length > 0) yield batch
}

/** The columns of a layout by their paths of keys. */
function layoutColumns(layout: { paths: string[] }): NestedColumns {
  const columns = new NestedColumns()
  for (const path of layout.paths) columns.add(path)
  return columns
}

/** The lists of the document, those near its beginning; goes on until one with an object, or the one that is wanted, was seen. */
async function findLists(source: ByteSource, encoding: string, wanted: string | undefined, what: string): Promise<{ lists: FoundList[]; root: ListScanner['root'] }> {
  const scanner = new ListScanner(null)
  let characters = 0
  try {
    for await (const text of textPieces(source, encoding)) {
      scanner.write(text)
      characters += text.length
      const enough = scanner.root === 'list' && (wanted ?? '') === '' ? judgedCharacters : searchedCharacters
      if (characters > enough && scanner.lists.some(({ path, objects, lists: rows }) => wanted === undefined ? objects + rows > 0 : path === wanted)) return scanner
    }
    scanner.end()
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    // A document that breaks later is read as far as it goes, and refused there.
    if (!scanner.lists.some(({ objects, lists }) => objects + lists > 0)) throw damaged(what, `line ${error.line}`, `the JSON is not complete: ${error.message}`)
  }
  return scanner
}

function choosePath(lists: readonly FoundList[], root: ListScanner['root'], wanted: string | undefined, what: string): string {
  const withObjects = lists.filter(({ objects }) => objects > 0)
  if (wanted !== undefined) {
    if (lists.some(({ path }) => path === wanted) || (wanted === '' && root === 'object')) return wanted
    throw new Fault('file.no-list', `${what} has no list at ${JSON.stringify(wanted.slice(0, 80))}. ${withObjects.length === 0 ? 'It holds no list of objects.' : `Its lists are ${listed(withObjects)}.`} Name one of them with its keys, joined by dots.`, { path: 'source.jsonPath' })
  }
  if (root === 'list' || root === 'value') return ''
  const [best] = withObjects.length > 0 ? withObjects.toSorted((a, b) => b.objects - a.objects) : lists.filter((list) => list.lists > 0).toSorted((a, b) => b.lists - a.lists)
  return best?.path ?? ''
}

function pathWarnings(lists: readonly FoundList[], path: string, wanted: string | undefined): LayoutWarning[] {
  const others = lists.filter((list) => list.objects > 0 && list.path !== path)
  if (wanted !== undefined || others.length === 0) return []
  return [{ code: 'layout.several-lists', message: `The document holds several lists of objects. "${path}" is read, the one with the most; choose another by its path if it is ${listed(others)}.` }]
}

function listed(lists: readonly FoundList[]): string {
  return lists.slice(0, 5).map(({ path }) => path === '' ? 'the document itself' : `"${path.slice(0, 60)}"`).join(', ')
}

/** The records of the list at `path`; the object itself where the document has no list there. Throws a Fault where the document breaks off. */
async function* scanRecords(source: ByteSource, encoding: string, path: string, what: string, limit = Infinity): AsyncGenerator<{ record: ScannedRecord }> {
  const scanner = new ListScanner(path)
  let whole = ''
  let characters = 0
  let given = 0
  try {
    for await (const text of textPieces(source, encoding)) {
      scanner.write(text)
      characters += text.length
      if (path === '' && scanner.root === 'object' && whole.length <= maxRowCharacters) whole += text
      for (const record of scanner.take()) {
        given += 1
        yield { record }
      }
      if (characters >= limit && given > 0) return
    }
    scanner.end()
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error
    for (const record of scanner.take()) {
      given += 1
      yield { record }
    }
    if (limit !== Infinity && given > 0) return // what follows is a matter of reading
    throw damaged(what, `line ${error.line}, after ${given} ${given === 1 ? 'record' : 'records'}`, `the JSON is broken: ${error.message}`, 'Export or download the file again.')
  }
  if (path === '' && scanner.root === 'object') yield { record: { text: whole, line: 1, tooLarge: whole.length > maxRowCharacters } }
  else if (path === '' && scanner.root === 'value') throw new Fault('file.no-records', `${what} is a single JSON value, not a list of records. Export the records as a list of objects.`)
}

