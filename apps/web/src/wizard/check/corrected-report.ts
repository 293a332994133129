import type { RowOverviewAnswer, StagedRowAnswer } from '@longshore/contract'

export interface ReportEdit { row: number; column: number; value: string; seen: string }
/** What is wrong with a file that is to be a corrected report: in words for whoever sent it. */
export class ReportProblem extends Error { override name = 'ReportProblem' }

const rowHeader = 'Row number'

/** Places of the columns of a report: the row number, and the file's own columns behind the six about the issue. */
export interface ReportShape { rowAt: number; columnAt: number[] }

/** Finds them by their headers; the file's own columns are the last ones, in the file's order. */
export function reportShape(headers: readonly string[], columns: RowOverviewAnswer['columns']): ReportShape | null {
  const rowAt = headers.findIndex((header) => header.trim().toLowerCase() === rowHeader.toLowerCase())
  const from = headers.length - columns.length
  if (rowAt === -1 || from <= rowAt || columns.some((column, i) => (headers[from + i] ?? '').trim() !== column.trim())) return null
  return { rowAt, columnAt: columns.map((_, i) => from + i) }
}

/** The cells of a report's line that are others than those of the job's row. A cell that was not touched is no edit. */
export function editsOfLine(line: readonly string[], shape: ReportShape, row: Pick<StagedRowAnswer, 'row' | 'cells'>): ReportEdit[] {
  return shape.columnAt.flatMap((at, i) => {
    const value = withoutGuard(line[at] ?? '')
    const seen = row.cells?.[i] ?? ''
    return value === seen ? [] : [{ row: row.row, column: i + 1, value, seen }]
  })
}

/** Our reports set an apostrophe before what a spreadsheet could run; it is not part of the value. */
function withoutGuard(text: string): string {
  return guarded.test(text) ? text.slice(1) : text
}

/** As `formats` writes the guard. */
const guarded = /^'+[=+\-@\t\r\n\0|%\uFF1D\uFF0B\uFF0D\uFF20]/
