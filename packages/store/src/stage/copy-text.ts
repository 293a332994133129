import type { CheckedRow, Issue } from '@longshore/core'

// PostgreSQL's COPY text format: one line per row, columns parted by tabs, \N for null, backslash escapes.
// Inside it an array is text of its own with quotes and backslashes, so a backslash of a cell is escaped twice.

const inArray = /["\\\t\n\r]/
const inField = /[\\\t\n\r]/

/** One line of `_staged`: job, row_number, errors, create_errors, cells, keys, defaulted. */
export function stagedLine(job: number, row: CheckedRow): string {
  const { cells, keys } = row
  let line = `${job}\t${row.row}\t${row.errors}\t${row.createErrors}\t{`
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    if (i > 0) line += ','
    line += cell === null || cell === undefined ? 'NULL' : inArray.test(cell) ? arrayElement(cell) : `"${cell}"`
  }
  line += '}\t'
  let any = false
  for (let i = 0; i < keys.length; i++) {
    line += i === 0 ? '{' : ','
    const key = keys[i]
    if (key === null || key === undefined) line += 'NULL'
    else { line += key.toString(); any = true }
  }
  line = keys.length === 0 || !any ? line.slice(0, line.lastIndexOf('\t') + 1) + '\\N' : line + '}'
  return row.defaulted && row.defaulted.length > 0 ? `${line}\t{${row.defaulted.join(',')}}\n` : `${line}\t\\N\n`
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
