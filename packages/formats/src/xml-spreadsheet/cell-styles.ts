import { parseNumberFormat, plainNumber } from '../sheet/number-format.ts'
import type { NumberFormat } from '../sheet/number-format.ts'

/** Formats that an XML spreadsheet calls by a word; those of money and plain numbers show plain numbers. */
const named: Readonly<Record<string, string>> = {
  'Short Date': 'd', 'Medium Date': 'd', 'Long Date': 'd', 'General Date': 'd h', 'Short Time': 'h', 'Medium Time': 'h', 'Long Time': 'h', Percent: '0%',
}
const plainWords: ReadonlySet<string> = new Set(['General', 'General Number', 'Fixed', 'Standard', 'Currency', 'Euro Currency', 'Scientific', 'Yes/No', 'True/False', 'On/Off'])
/** Styles that are kept; a workbook of a program has some dozens. */
const maxStyles = 65_536
/** The longest format code that a spreadsheet program takes. */
const maxFormatCode = 255

/** The number formats of a workbook's styles, which stand before its sheets: filled by what is read, asked for each number. */
export class CellStyles {
  readonly #formats = new Map<string, NumberFormat>()
  #open: string | null = null

  openStyle(id: string | undefined, parent: string | undefined): void {
    this.#open = id ?? null
    const inherited = this.#formats.get(parent ?? 'Default')
    if (this.#open !== null && inherited !== undefined) this.#keep(this.#open, inherited)
  }

  numberFormat(code: string | undefined): void {
    if (this.#open === null || code === undefined) return
    this.#keep(this.#open, plainWords.has(code) ? plainNumber : parseNumberFormat((named[code] ?? code).slice(0, maxFormatCode)))
  }

  closeStyle(): void {
    this.#open = null
  }

  /** `id`: of the cell, or else of its row. */
  formatOf(id: string | undefined): NumberFormat {
    return this.#formats.get(id ?? 'Default') ?? plainNumber
  }

  #keep(id: string, format: NumberFormat): void {
    if (this.#formats.size < maxStyles) this.#formats.set(id, format)
  }
}
