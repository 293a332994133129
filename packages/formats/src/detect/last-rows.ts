import type { LayoutWarning, RawRow, SourceLayout } from '@longshore/core'
import type { HeadRecord } from './header.ts'
import { totalsBelow } from './totals-below.ts'

/** So many rows at the end of a table say what its usual row is. */
const kept = 50

/** The last rows of a table as they pass by: only their reader knows where a long sheet or page ends, and what stands below the table. */
export class LastRows {
  #records: HeadRecord[] = []

  /** Takes copies, so it is called before the rows are given away. */
  see(rows: readonly RawRow[]): void {
    this.#records = [...this.#records, ...rows.slice(-kept).map(({ row, cells }) => headRecord(row, cells))].slice(-kept)
  }

  /** Totals and notes below the table, unless they were told of when the file was looked at. */
  totals({ columns, warnings }: Pick<SourceLayout, 'columns' | 'warnings'>): LayoutWarning[] {
    return warnings.some(({ code }) => code === 'layout.totals') ? [] : totalsBelow(this.#records, columns.length)
  }
}

/** A row of cells as headers and totals are looked for in it. */
export function headRecord(row: number, cells: readonly (string | null)[]): HeadRecord {
  return { row, cells: cells.map((cell) => cell ?? ''), filled: cells.filter((cell) => cell !== null && cell.trim() !== '').length }
}
