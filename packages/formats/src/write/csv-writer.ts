import { literalPattern } from '../literal-pattern.ts'
import { encodeFormula } from './formula-guard.ts'
import type { TextWriter } from './row-writer.ts'

export interface CsvWriterOptions {
  /** One character; default comma. */
  delimiter?: string
  /** Default LF. */
  lineEnd?: '\n' | '\r\n'
  /** Makes cells harmless that a spreadsheet could run, and quotes every cell that has a value. Default true. */
  guard?: boolean
  /** Byte order mark, for spreadsheet programs that take the file for something else than UTF-8. Default false. */
  bom?: boolean
}

/**
 * CSV after RFC 4180. No value is an empty cell. Without the guard a cell is quoted only when it must be: delimiter, quote
 * or line end inside, a blank at either end. The single empty cell of a one-column row is `""`, so that it stays a row.
 */
export function csvWriter(options: CsvWriterOptions = {}): TextWriter {
  const delimiter = options.delimiter ?? ','
  const lineEnd = options.lineEnd ?? '\n'
  const print = options.guard === false ? plainCell(delimiter) : guardedCell
  const line = (cells: readonly (string | null)[]): string => {
    if (cells.length === 1) {
      const only = print(cells[0] ?? null)
      return (only === '' ? '""' : only) + lineEnd
    }
    let text = ''
    for (let i = 0; i < cells.length; i += 1) {
      if (i > 0) text += delimiter
      const cell = cells[i]
      if (cell !== null && cell !== undefined) text += print(cell)
    }
    return text + lineEnd
  }
  return {
    start: (columns) => (options.bom === true ? '\uFEFF' : '') + line(columns),
    rows: (rows) => {
      let text = ''
      for (const row of rows) text += line(row)
      return text
    },
    end: () => '',
  }
}

function guardedCell(cell: string | null): string {
  return cell === null ? '' : quoted(encodeFormula(cell))
}

function plainCell(delimiter: string): (cell: string | null) => string {
  const mustQuote = new RegExp(`["\\r\\n${literalPattern(delimiter)}]|^\\s|\\s$`)
  return (cell) => cell === null ? '' : mustQuote.test(cell) ? quoted(cell) : cell
}

function quoted(cell: string): string {
  return cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : `"${cell}"`
}
