import { Fault, namesSameColumn } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import { malformedPair } from '../messages/usage.ts'

type Column = NonNullable<ImportDefinitionInput['columns']>[number]

/**
 * Reads `Header=field`. A header may hold `=`, a field cannot: the last one divides. `#3=field` names the third column;
 * an empty right side leaves the column out; `a|b|c` cuts a column of places ("City, ST 12345") into city, state and postal code. A header that itself looks like `#3` is named by its position.
 */
export function parseColumn(text: string): Column {
  const equals = text.lastIndexOf('=')
  const header = text.slice(0, equals)
  if (equals < 1 || header.trim() === '') throw new Fault('usage.malformed-pair', malformedPair('map', text, 'E-mail address=email'))
  const field = text.slice(equals + 1).trim()
  if (field.includes('|')) return { ...columnNamed(header), field: null, split: { into: field.split('|').map((part) => part.trim() || null) } }
  return { ...columnNamed(header), field: field || null }
}

/** A column by its header, or by its position: `#3`. */
export function columnNamed(header: string): Pick<Column, 'header' | 'position'> {
  const position = /^#([1-9]\d{0,4})$/.exec(header.trim())?.[1]
  return position === undefined ? { header } : { position: Number(position) }
}

/** The columns that flags speak of. Throws a Fault where two flags say where one column goes: neither is the later word. */
export function eachOnce(said: readonly { flag: string; column: Column }[]): Column[] {
  for (const [i, { flag, column }] of said.entries()) {
    const before = said.slice(0, i).find((other) => namesSameColumn(other.column, column))
    if (before) throw new Fault('column-named-twice', `The column "${column.header ?? `#${column.position}`}" is named twice, by ${before.flag} and ${flag}. Keep one of them.`)
  }
  return said.map(({ column }) => column)
}

/** `base` with the columns of `over` put in place of those that name the same column; what the base says besides the field is kept. */
export function mergeColumns(base: readonly Column[], over: readonly Column[]): Column[] {
  const merged = [...base]
  for (const column of over) {
    const at = merged.findIndex((candidate) => namesSameColumn(candidate, column))
    if (at < 0) merged.push(column)
    else merged[at] = { ...merged[at], ...column }
  }
  return merged
}
