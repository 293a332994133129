import { literalPattern } from '../literal-pattern.ts'
import { encodeFormula } from './formula-guard.ts'
import type { TextWriter } from './row-writer.ts'

export interface CsvWriterOptions {
  /** One character; default comma. */
  delimiter?: string
  /** Default LF. */
  lineEnd?: '\n' | '\r\n' | '\r'
  /** One character; default the double quote. */
  quote?: string
  /** How a quote inside a quoted cell is written, and with a backslash the backslash itself, too. Default doubled. */
  escape?: 'doubled' | 'backslash'
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
  const { delimiter = ',', lineEnd = '\n', quote = '"', escape = 'doubled' } = options
  const quoted = quoting(quote, escape)
  const print = options.guard === false ? plainCell(delimiter, quote, quoted) : (cell: string) => quoted(encodeFormula(cell))
  const line = (cells: readonly (string | null)[]): string => {
    if (cells.length === 1) {
      const only = cells[0] ?? null
      const text = only === null ? '' : print(only)
      return (text === '' ? quote + quote : text) + lineEnd
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

function plainCell(delimiter: string, quote: string, quoted: (text: string) => string): (cell: string) => string {
  const mustQuote = new RegExp(`[\\r\\n${literalPattern(delimiter)}${literalPattern(quote)}]|^\\s|\\s$`)
  return (cell) => mustQuote.test(cell) ? quoted(cell) : cell
}

function quoting(quote: string, escape: 'doubled' | 'backslash'): (text: string) => string {
  if (escape === 'backslash') return (text) => quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote
  return (text) => quote + (text.includes(quote) ? text.replaceAll(quote, quote + quote) : text) + quote
}
