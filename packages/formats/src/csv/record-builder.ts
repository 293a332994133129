import type { ReadFault } from '@longshore/core'
import { maxCellCharacters, maxColumns, maxRowCharacters } from '../limits.ts'

/** One record as it stands in the text. `moreCells` counts cells beyond the limit that were not kept. */
export interface ParsedRecord {
  cells: string[]
  /** Physical line on which it begins, from 1. */
  line: number
  /** Some cell was written in quotes. */
  quoted: boolean
  moreCells: number
  faults: ReadFault[]
  /** It touches text with NUL characters or marks of bad bytes. */
  suspicious: boolean
}

/** Puts a record together from pieces of cells, within the limits: what is too much is counted and not kept. */
export class RecordBuilder {
  /** The record being built; the object is used again for the next one, its cells are not. */
  readonly record: ParsedRecord = { cells: [], line: 1, quoted: false, moreCells: 0, faults: [], suspicious: false }
  /** Characters of the cell being built, kept or not. */
  cellLength = 0
  #cell = ''
  /** Characters of the record, those that a very large cell has too much left out. */
  #recordLength = 0

  begin(line: number, suspicious: boolean): void {
    this.record.cells = []
    this.record.line = line
    this.record.quoted = false
    this.record.moreCells = 0
    this.record.faults = []
    this.record.suspicious = suspicious
    this.#recordLength = 0
    this.#clearCell()
  }

  /** Adds `text[from, to)` to the cell. */
  take(text: string, from: number, to: number): void {
    const length = to - from
    if (length === 0) return
    const cellRoom = Math.max(0, maxCellCharacters - this.cellLength)
    const room = Math.min(cellRoom, maxRowCharacters - this.#recordLength)
    this.cellLength += length
    this.#recordLength += Math.min(length, cellRoom)
    if (room <= 0) return
    const end = Math.min(to, from + room)
    this.#cell = this.#cell === '' ? text.slice(from, end) : this.#cell + text.slice(from, end)
    if (end < to) this.#cell = withoutHalfCharacter(this.#cell)
  }

  /** Notes that the cell being built has a quote where the dialect allows none; once for each cell. */
  strayQuote(quote: string): void {
    const { faults, cells, line } = this.record
    if (faults.some((fault) => fault.code === 'read.stray-quote' && fault.position === cells.length)) return
    faults.push({ code: 'read.stray-quote', position: cells.length, line, character: null, found: quote, expected: quote + quote })
  }

  finishCell(): void {
    const record = this.record
    if (this.cellLength > maxCellCharacters) {
      record.faults.push({
        code: 'read.cell-too-large', position: record.cells.length, line: record.line, character: null,
        found: `${this.cellLength} characters`, expected: `${maxCellCharacters} characters`,
      })
    }
    // One cell more than allowed is kept, so that the surplus shows.
    if (record.cells.length <= maxColumns) record.cells.push(this.#cell)
    else record.moreCells += 1
    this.#clearCell()
  }

  finish(): ParsedRecord {
    const record = this.record
    if (this.#recordLength > maxRowCharacters) {
      record.faults.push({
        code: 'read.row-too-large', position: null, line: record.line, character: null,
        found: `${this.#recordLength} characters`, expected: `${maxRowCharacters} characters`,
      })
    }
    return record
  }

  /** Ends the record with the line of a quote that was never closed, split as if the quote were text. */
  finishUnclosed(cells: readonly string[], fault: Omit<ReadFault, 'code' | 'position'>): ParsedRecord {
    const record = this.record
    record.faults = [{ code: 'read.unclosed-quote', position: record.cells.length, ...fault }]
    record.cells.push(...cells.slice(0, maxColumns))
    return record
  }

  #clearCell(): void {
    this.#cell = ''
    this.cellLength = 0
  }
}

function withoutHalfCharacter(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
}
