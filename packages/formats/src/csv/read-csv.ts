import { Fault } from '@longshore/core/fault'
import type { RawRow, CsvLayout, LayoutWarning } from '@longshore/core'
import { decodeText } from '../text/decode-text.ts'
import { encodingCalled } from '../text/encodings.ts'
import { maxColumns } from '../limits.ts'
import type { RecordStart } from './find-record-start.ts'
import { isEmptyRecord, rawRow } from './raw-row.ts'
import { RecordParser } from './record-parser.ts'
import type { Rewind } from './record-parser.ts'
import { salesforceRow } from './salesforce.ts'

export interface ReadCsvOptions {
  /** Rows in a batch, at most; default 1,000. */
  batchRows?: number
  /**
   * Gives the bytes of the same source once more, from this offset on. With it a quote that never closes costs one row,
   * however late that shows; without it the lines that were swallowed beyond about 2 MB of text are lost, and counted in the fault.
   */
  reopen?: (byteOffset: number) => AsyncIterable<Uint8Array>
  /** Where `chunks` begin, when it is not the beginning of the file. */
  start?: RecordStart
  /** Told how many rows hold delimiters and nothing else, where there are any: they are no rows, and not lost without a word. */
  warn?: (warning: LayoutWarning) => void
}

/**
 * Rows after the header, in batches. Cells come as they are in the file, untrimmed, always as many as there are columns;
 * what was wrong with a row stands in its `faults`. Empty records have a number but are not given. Memory does not depend
 * on the file. Throws a Fault only when the layout cannot be used; never because of what stands in a row.
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>, layout: CsvLayout, options: ReadCsvOptions = {}): AsyncGenerator<RawRow[]> {
  const columns = layout.columns.length
  if (columns > maxColumns) throw new Fault('file.too-many-columns', `The file has ${columns} columns; at most ${maxColumns} can be read.`)
  const encoding = encodingCalled(layout.encoding)
  const batchRows = options.batchRows ?? 1_000
  let rows: RawRow[] = []
  let row = options.start?.rows ?? 0
  const finish = layout.dialect === 'salesforce' ? salesforceRow : null
  const parser = new RecordParser({ ...layout, strict: layout.dialect === 'salesforce' }, {
    columns,
    rewindable: options.reopen !== undefined,
    linesBefore: options.start?.lines ?? 0,
    onRecord: (record) => {
      row += 1
      if (row <= layout.headerRow) return
      if (isEmptyRecord(record, columns)) {
        // a line without anything is no row in anybody's eyes
        if (record.cells.length > 1) emptyRows.add(row)
        return
      }
      const raw = rawRow(record, row, columns, encoding)
      rows.push(finish === null ? raw : finish(raw, record.line))
    },
  })
  const emptyRows = new EmptyRows()
  const place = new PlaceInFile()
  let source = chunks
  let from = options.start?.byte ?? 0
  for (;;) {
    let rewind: Rewind | null = null
    let skip = place.charactersToSkip
    for await (const block of decodeText(source, encoding, from)) {
      let text = block.text
      if (block.byteOffset === 0 && text.startsWith('\uFEFF')) text = text.slice(1)
      place.begin(block.byteOffset, text.length)
      if (skip > 0) {
        const skipped = Math.min(skip, text.length)
        text = text.slice(skipped)
        skip -= skipped
      }
      rewind = parser.write(text, block.suspicious)
      if (rewind !== null) break
      place.follow(parser.resumePosition)
      if (rows.length >= batchRows) {
        let at = 0
        for (; rows.length - at >= batchRows; at += batchRows) yield rows.slice(at, at + batchRows)
        rows = rows.slice(at)
      }
    }
    rewind ??= parser.end()
    if (rewind === null || options.reopen === undefined) break
    from = place.rewindTo(rewind.position)
    source = options.reopen(from)
  }
  for (let at = 0; at < rows.length; at += batchRows) yield rows.slice(at, at + batchRows)
  emptyRows.tell(options.warn)
}

class EmptyRows {
  #count = 0
  #first = 0

  add(row: number): void {
    if (this.#count === 0) this.#first = row
    this.#count += 1
  }

  tell(warn: ReadCsvOptions['warn']): void {
    if (this.#count === 0) return
    const several = this.#count > 1
    warn?.({ code: 'layout.empty-rows', message: `${this.#count} ${several ? 'rows hold' : 'row holds'} nothing but delimiters, ${several ? 'the first one ' : ''}row ${this.#first}; ${several ? 'they are' : 'it is'} not counted as ${several ? 'rows' : 'a row'} of the list.` })
  }
}

/** Knows the byte offset of the block that a rewind may go back to. Blocks begin between characters, so counting from there is safe. */
class PlaceInFile {
  charactersToSkip = 0
  #block = { byteOffset: 0, position: 0 }
  #end = 0
  #resume: { byteOffset: number; position: number; wanted: number } | null = null

  begin(byteOffset: number, characters: number): void {
    this.#block = { byteOffset, position: this.#end }
    this.#end += characters
  }

  /** Remembers the block in which the line after an open quote begins, for as long as the quote is open. */
  follow(wanted: number | null): void {
    if (wanted === null) this.#resume = null
    else if (this.#resume?.wanted !== wanted) this.#resume = { ...this.#block, wanted }
  }

  rewindTo(position: number): number {
    const block = this.#resume?.wanted === position ? this.#resume : this.#block
    this.charactersToSkip = position - block.position
    this.#end = block.position
    return block.byteOffset
  }
}
