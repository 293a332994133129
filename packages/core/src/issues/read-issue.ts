import type { RawRow, ReadFault } from '../ports/row.ts'
import type { Issue } from './issue.ts'
import { makeIssue } from './registry.ts'

/** What the reader found wrong in a row, in words. `headers` are by column position; `field` is what the column feeds, null for none. */
export function readIssue({ row, cells }: RawRow, { code, position, line, character, found, expected }: ReadFault, headers: readonly string[], field: string | null): Issue {
  const place = { row, column: position === null ? null : headers[position] || `#${position + 1}`, field, value: position === null ? null : cells[position] ?? found ?? null }
  const params: Record<string, string> = { line: String(line), character: String(character ?? '') }
  if (found !== undefined) params.found = found
  if (expected !== undefined) params.expected = expected
  return makeIssue(code, place, params)
}
