import { Fault } from '@longshore/core/fault'
import { findHeader } from '../detect/header.ts'
import type { FoundHeader, HeadRecord } from '../detect/header.ts'
import { JsonError, parseRecord } from './parse-record.ts'

/** Lists in which the header is looked for. */
const searchedLists = 200

/** The columns of records that are lists themselves: their names stand in the first of them, as in `[["Name", "Email"], ["Mara", "mara@example.com"]]`. */
export interface ListHeader extends FoundHeader {
  /** The positions, which is what leads to a cell of a list. */
  paths: string[]
}

/** Collects the first lists of a file, and finds the header among them. */
export class ListHead {
  readonly #records: HeadRecord[] = []

  /** A list as text; one that is no JSON is a matter of reading. */
  add(row: number, text: string): void {
    if (this.full) return
    const cells: string[] = []
    try { parseRecord(text, (position, value) => { cells[Number(position)] = value ?? '' }, true) } catch (error) {
      if (!(error instanceof JsonError)) throw error
      return
    }
    const filled = cells.filter((cell) => cell.trim() !== '').length
    if (filled > 0) this.#records.push({ row, cells, filled })
  }

  get full(): boolean {
    return this.#records.length >= searchedLists
  }

  /** Throws a Fault where there is nothing in the lists, or the row that was named is not among them. */
  header(given: number | undefined, what: string): ListHeader {
    const found = findHeader(this.#records, given)
    if (this.#records.length === 0) throw new Fault('file.empty', `${what} is empty: its lists hold no values. Check that it was exported completely.`)
    if (found.columns.length === 0) throw new Fault('file.no-header', `${what} has no header in row ${found.headerRow}: that list is empty or beyond the beginning. Choose another row.`, { path: 'source.headerRow' })
    return { ...found, paths: found.columns.map((_, position) => String(position)) }
  }
}
