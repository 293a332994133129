import { closest, Fault, rowStatuses } from '@longshore/core'
import type { RowFilter } from '@longshore/core'
import type { Call } from '../call.ts'
import type { Flag } from '../command.ts'
import { malformedPair } from '../messages/usage.ts'
import { oneWord } from './known-word.ts'

export const filterFlags: Readonly<Record<string, Flag>> = {
  filter: { type: 'string', value: 'WORD', help: 'only rows of this kind (all)' },
  issue: { type: 'string', value: 'CODE:FIELD', help: 'only rows with this issue: type.email:email; of a whole row: CODE:' },
  cell: { type: 'string', value: 'COLUMN=TEXT', help: 'only rows whose column says this; nothing after = finds blank cells' },
  search: { type: 'string', value: 'TEXT', help: 'only rows with this anywhere in their cells' },
}

/** `columns` are the headers of the file. */
export function rowFilter(call: Call, columns: readonly string[]): RowFilter {
  const filter: RowFilter = { status: oneWord(call, 'filter', rowStatuses) ?? 'all' }
  const issue = call.text('issue')
  if (issue !== undefined) {
    const [, code, field] = /^([a-z.-]+):([a-z0-9_.]*)$/.exec(issue) ?? []
    if (code === undefined) throw new Fault('usage.malformed-pair', malformedPair('issue', issue, 'type.email:email'))
    filter.issue = { code, field: field === '' || field === undefined ? null : field }
  }
  const cell = call.text('cell')
  if (cell !== undefined) {
    const at = cell.indexOf('=')
    if (at < 1) throw new Fault('usage.malformed-pair', malformedPair('cell', cell, 'City=Berlin'))
    filter.cell = { column: columnNumber(cell.slice(0, at), columns), value: cell.slice(at + 1) }
  }
  const search = call.text('search')
  if (search !== undefined) filter.search = search
  return filter
}

function columnNumber(header: string, columns: readonly string[]): number {
  const at = columns.findIndex((column) => column.trim() === header.trim())
  if (at >= 0) return at + 1
  const nearest = closest(header, columns)
  throw new Fault('usage.unknown-column', `The file has no column "${header}".${nearest === null ? ` There are ${columns.slice(0, 20).join(', ')}.` : ` Did you mean "${nearest}"?`}`)
}
