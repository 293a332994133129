import { Fault, namesSameColumn } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import { malformedPair } from '../messages/usage.ts'
import { columnNamed } from './column-flag.ts'

type Column = NonNullable<ImportDefinitionInput['columns']>[number]

/**
 * The columns with the values of `--map-value "Header:found=stored"` added to what they map already. The first colon ends the header (one that
 * holds a colon is named by its position, `#3:found=stored`), the last `=` the value found; nothing after it takes the value as empty.
 */
export function withValueMaps(columns: readonly Column[], flags: readonly string[]): Column[] {
  const mapped = [...columns]
  for (const text of flags) {
    const colon = text.indexOf(':')
    const equals = text.lastIndexOf('=')
    const header = text.slice(0, Math.max(colon, 0))
    const found = text.slice(colon + 1, equals).trim()
    if (header.trim() === '' || equals < colon || found === '') throw new Fault('usage.malformed-pair', malformedPair('map-value', text, 'Lead Source:Fair=Trade Show'))
    const named: Column = columnNamed(header)
    const at = mapped.findIndex((column) => namesSameColumn(column, named))
    const column = withValue(mapped[at] ?? named, found, text.slice(equals + 1).trim())
    if (at < 0) mapped.push(column)
    else mapped[at] = column
  }
  return mapped
}

/** Added to the column's last value map, so that several flags make one table. */
function withValue(column: Column, found: string, stored: string): Column {
  const transforms = [...column.transforms ?? []]
  const last = transforms.at(-1)
  if (last?.kind === 'value-map') transforms[transforms.length - 1] = { ...last, values: { ...last.values, [found]: stored } }
  else transforms.push({ kind: 'value-map', values: { [found]: stored } })
  return { ...column, transforms }
}
