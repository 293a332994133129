import { closest, Fault, newFieldKinds } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import { malformedPair, unknownWord } from '../messages/usage.ts'
import { columnNamed } from './column-flag.ts'

type Column = NonNullable<ImportDefinitionInput['columns']>[number]

/**
 * Reads `Header`, `Header=label`, `Header:type` and `Header=label:type`. The last colon divides off a type where one word follows it, then the
 * last `=` the label; a header that holds such signs is named by its position, `#3=label:type`.
 */
export function parseNewField(text: string): Column {
  const colon = text.lastIndexOf(':')
  const word = colon < 0 ? '' : text.slice(colon + 1).trim()
  const isType = /^[a-z-]+$/.test(word)
  const kind = newFieldKinds.find((known) => known === word)
  if (isType && !kind) throw new Fault('usage.unknown-word', unknownWord('create-field', word, newFieldKinds, closest(word, newFieldKinds)))
  const named = isType ? text.slice(0, colon) : text
  const equals = named.lastIndexOf('=')
  const header = equals < 0 ? named : named.slice(0, equals)
  const label = equals < 0 ? '' : named.slice(equals + 1).trim()
  if (header.trim() === '') throw new Fault('usage.malformed-pair', malformedPair('create-field', text, 'Shoe size=Size of shoes:number'))
  return { ...columnNamed(header), create: { ...(label === '' ? {} : { label }), ...(kind ? { kind } : {}) } }
}
