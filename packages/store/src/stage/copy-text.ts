import { printSource } from '@longshore/core'
import type { CheckedRow, Issue, RawRow } from '@longshore/core'

// PostgreSQL's COPY text format: one line per row, columns parted by tabs, \N for null, backslash escapes.
// Inside it an array is text of its own with quotes and backslashes, so a backslash of a cell is escaped twice.

const inArray = /["\\\t\n\r]/
const inField = /[\\\t\n\r]/

/** Stands between the cells of a staged row; fields refuse it, so no good cell holds it. */
export const cellSeparator = '\u001f'

/** SQL that gives the cells of a staged row as `text[]`, null where empty. */
export function stagedCells(column: string): string {
  return `string_to_array(${column}, E'\\x1f', '')`
}

/** What is kept of where a staged row comes from. */
export interface RowOrigin {
  /** The row that was checked. */
  raw: RawRow
  /** Kept of every row, however long, where people may look at it and correct it; else of those that may fail, for the error report. */
  keep: boolean
  /** The row as the file has it, where fixes have changed it, and their numbers. */
  original?: RawRow
  by?: readonly number[]
}

/** One line of `_staged`: job, row_number, errors, create_errors, cells, keys, defaulted, source, original, fixes. */
export function stagedLine(job: number, row: CheckedRow, { raw, keep, original, by }: RowOrigin): string {
  const cells = row.errors > 0 ? row.cells.map(withoutSeparator) : row.cells
  const joined = cells.join(cellSeparator) // null joins as ''
  return `${job}\t${row.row}\t${row.errors}\t${row.createErrors}\t${inField.test(joined) ? escapeField(joined) : joined}\t${keysField(row.keys)}\t${
    row.defaulted && row.defaulted.length > 0 ? `{${row.defaulted.join(',')}}` : '\\N'}\t${keep ? field(printSource(raw)) : row.errors + row.createErrors > 0 ? sourceField(raw) : '\\N'}\t${
    original === undefined ? '\\N\t\\N' : `${field(printSource(original))}\t{${(by ?? []).join(',')}}`}\n`
}

/** Longer rows are read from the file again when the report is written. */
const longestSource = 65_536

function sourceField(raw: RawRow): string {
  const json = printSource(raw)
  return json.length > longestSource ? '\\N' : field(json)
}

function keysField(keys: readonly (bigint | null)[]): string {
  let text = '{'
  let any = false
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? null
    if (i > 0) text += ','
    if (key === null) text += 'NULL'
    else { text += key.toString(); any = true }
  }
  return any ? `${text}}` : '\\N'
}

/** The source text of a bad cell may hold anything. */
function withoutSeparator(cell: string | null): string | null {
  return cell?.includes(cellSeparator) ? cell.replaceAll(cellSeparator, '␟') : cell
}

/** One line of `_issue`: job, row_number, seq, code, severity, on_create, column_name, field, value, message. */
export function issueLine(job: number, seq: number, issue: Issue): string {
  return `${job}\t${issue.row}\t${seq}\t${issue.code}\t${issue.severity}\t${issue.onCreate ? 't' : 'f'}\t${field(issue.column)}\t${field(issue.field)}\t${field(issue.value)}\t${field(issue.message)}\n`
}

/** A text or null as one column of a line. PostgreSQL keeps no NUL characters: they are shown as ␀. */
export function field(text: string | null): string {
  if (text === null) return '\\N'
  const clean = text.includes('\0') ? text.replaceAll('\0', '␀') : text
  return inField.test(clean) ? escapeField(clean) : clean
}

/** A list of texts as one column of a line; null elements are NULL. */
export function arrayField(list: readonly (string | null)[] | null): string {
  if (list === null) return '\\N'
  return `{${list.map((item) => (item === null ? 'NULL' : inArray.test(item) ? arrayElement(item) : `"${item}"`)).join(',')}}`
}

export function bigintArrayField(list: readonly (bigint | null)[] | null): string {
  return list === null ? '\\N' : `{${list.map((item) => item ?? 'NULL').join(',')}}`
}

function arrayElement(cell: string): string {
  return `"${escapeField(cell.replace(/["\\]/g, '\\$&'))}"`
}

function escapeField(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (c) => (c === '\\' ? '\\\\' : c === '\t' ? '\\t' : c === '\n' ? '\\n' : '\\r'))
}
