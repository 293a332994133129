import type { TextWriter } from './row-writer.ts'

export interface SalesforceCsvOptions {
  /** One of comma, semicolon, tab, pipe, caret, backquote; default comma. */
  delimiter?: ',' | ';' | '\t' | '|' | '^' | '`'
  /** Default LF. Line ends inside cells become the same: Salesforce refuses a file with two kinds. */
  lineEnd?: '\n' | '\r\n'
  /** What no value says: leave the field alone (the default), or `#N/A`, set it to nothing. An empty text always leaves it alone. */
  nulls?: 'keep' | 'clear'
}

/** CSV as Bulk API 2.0 takes it: UTF-8 without a mark, every value in quotes, quotes doubled, one kind of line end, nothing guarded against spreadsheets. */
export function salesforceCsvWriter({ delimiter = ',', lineEnd = '\n', nulls = 'keep' }: SalesforceCsvOptions = {}): TextWriter {
  const none = nulls === 'clear' ? '#N/A' : ''
  const print = (cell: string | null | undefined): string => {
    if (cell === null || cell === undefined) return none
    return cell === '' ? '' : `"${cell.replaceAll(/\r\n|\r|\n/g, lineEnd).replaceAll('"', '""')}"`
  }
  const line = (cells: readonly (string | null)[]): string => {
    const text = cells.map(print).join(delimiter)
    return (text === '' ? '""' : text) + lineEnd
  }
  return {
    start: (columns) => line(columns),
    rows: (rows) => rows.map(line).join(''),
    end: () => '',
  }
}
