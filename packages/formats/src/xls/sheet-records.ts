import { BiffRecords, recordTypes as types } from './biff-records.ts'
import type { BiffRecord } from './biff-records.ts'
import { brokenXls, isBof } from './open-xls.ts'
import type { XlsBook, XlsSheet } from './open-xls.ts'

/**
 * Goes through the records of one sheet, without those of charts that lie in it. A record is only good until the next one is taken. Throws a
 * Fault where no sheet begins at its place.
 */
export class SheetRecords {
  readonly #book: XlsBook
  readonly #sheet: XlsSheet
  readonly records: BiffRecords
  #depth = 0
  #over = false

  constructor(book: XlsBook, sheet: XlsSheet) {
    this.#book = book
    this.#sheet = sheet
    this.records = new BiffRecords(book.stream, sheet.start)
  }

  /** The next record where it is at hand; null: `fill` says whether there is more. */
  take(): BiffRecord | null {
    while (!this.#over) {
      const record = this.records.take()
      if (record === null) return null
      if (record.at >= this.#sheet.end) { this.#over = true; break }
      if (isBof(record.type)) this.#depth += 1
      else if (this.#depth === 0) {
        // a workbook of Excel 4 has a record of its own before each sheet
        if (record.type !== types.sheetHeader) throw brokenXls(this.#book.what, `the sheet "${this.#sheet.name.slice(0, 40)}" is not where the workbook says`)
      } else if (record.type === types.eof) {
        this.#depth -= 1
        if (this.#depth === 0) this.#over = true
      } else if (this.#depth === 1) return record
    }
    return null
  }

  /** Reads on; false when the sheet is over. Throws a Fault where the file ends before it. */
  async fill(): Promise<boolean> {
    if (this.#over) return false
    if (await this.records.fill()) return true
    throw brokenXls(this.#book.what, `it ends within the sheet "${this.#sheet.name.slice(0, 40)}", so it was cut short`)
  }
}
