import type { CellValue } from 'hucre'
import { writeXlsxStream } from 'hucre/xlsx'
import { columnKinds } from './column-kind.ts'
import type { ColumnKind } from './column-kind.ts'
import type { RowWriter } from './row-writer.ts'
import { xlsxText } from './xlsx-text.ts'

export interface XlsxWriterOptions {
  /** Name of the sheet, up to 28 characters; default `Export`. Further sheets are called `Export_2` and so on. */
  sheet?: string
  /** What columns hold; text where nothing is said. */
  kinds?: readonly ColumnKind[]
  /** Rows of a sheet with its header, at most; default 1,048,576, which is what a spreadsheet takes. */
  maxRowsPerSheet?: number
}

/** Digits that a spreadsheet keeps of a number; one with more is written as text. */
const numberDigits = 15

/**
 * An Excel workbook, row by row in bounded memory. Texts are texts, so that 00123 and =1+1 stay what they are. Rows beyond the 1,048,576 of a
 * sheet go on in another one, below the same header.
 */
export function xlsxWriter(options: XlsxWriterOptions = {}): RowWriter {
  let kinds: ColumnKind[] = []
  let row = 1
  let stream: PushedRows | null = null
  return {
    start(columns) {
      kinds = columnKinds(columns, options.kinds)
      stream = new PushedRows((rows) => writeXlsxStream(rows, {
        name: (options.sheet ?? 'Export').replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 28), repeatHeaders: true, zip64: false,
        columns: columns.map((name, position) => ({ header: xlsxText(name, 1, position), ...(kinds[position]?.kind === 'date-time' ? { numFmt: 'yyyy-mm-dd hh:mm:ss' } : {}) })),
        ...(options.maxRowsPerSheet === undefined ? {} : { maxRowsPerSheet: options.maxRowsPerSheet }),
      }))
      return ''
    },
    rows(rows) {
      return stream?.push(rows.map((cells) => {
        row += 1
        return cells.map((cell, position) => xlsxValue(cell, kinds[position], row, position))
      })) ?? ''
    },
    end: () => stream?.end() ?? '',
  }
}

function xlsxValue(cell: string | null, kind: ColumnKind | undefined, row: number, position: number): CellValue {
  if (cell === null || cell === '') return null
  switch (kind?.kind) {
    case 'integer': case 'decimal': return /^-?\d+(?:\.\d+)?$/.test(cell) && cell.replaceAll(/^-?0*|\./g, '').length <= numberDigits ? Number(cell) : xlsxText(cell, row, position)
    case 'boolean': return cell === 'true' ? true : cell === 'false' ? false : xlsxText(cell, row, position)
    case 'date': case 'date-time': return xlsxDate(cell) ?? xlsxText(cell, row, position)
    default: return xlsxText(cell, row, position)
  }
}

/** Spreadsheets count days from 1900 and take that year for a leap year; older dates are written as text. */
function xlsxDate(cell: string): Date | null {
  const date = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z)?$/.test(cell) ? new Date(cell) : null
  return date === null || Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1901 ? null : date
}

/** Rows that are pushed into what wants to pull them; gives the bytes that came of them. */
class PushedRows {
  #queue: CellValue[][] = []
  #ended = false
  #chunks: Uint8Array[] = []
  #wake: () => void = () => undefined
  #hungry: () => void = () => undefined
  readonly #pump: Promise<void>

  constructor(write: (rows: AsyncIterable<CellValue[]>) => ReadableStream<Uint8Array>) {
    this.#pump = this.#collect(write(this.#rows()))
    this.#pump.catch(() => undefined) // told to whoever waits for rows or for the end
  }

  async push(rows: CellValue[][]): Promise<Uint8Array> {
    if (rows.length > 0) {
      const taken = new Promise<void>((resolve) => { this.#hungry = resolve })
      this.#queue = rows
      this.#wake()
      await Promise.race([taken, this.#pump])
    }
    return this.#take()
  }

  async end(): Promise<Uint8Array> {
    this.#ended = true
    this.#wake()
    await this.#pump
    return this.#take()
  }

  async *#rows(): AsyncGenerator<CellValue[]> {
    for (;;) {
      const rows = this.#queue
      this.#queue = []
      yield* rows
      if (this.#queue.length > 0) continue
      this.#hungry()
      if (this.#ended) return
      await new Promise<void>((resolve) => { this.#wake = resolve })
    }
  }

  async #collect(stream: ReadableStream<Uint8Array>): Promise<void> {
    for await (const chunk of stream) this.#chunks.push(chunk)
  }

  #take(): Uint8Array {
    const bytes = Buffer.concat(this.#chunks)
    this.#chunks = []
    return bytes
  }
}
