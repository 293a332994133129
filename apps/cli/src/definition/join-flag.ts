import { Fault } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import { malformedPair } from '../messages/usage.ts'
import { columnNamed } from './column-flag.ts'

type Column = NonNullable<ImportDefinitionInput['columns']>[number]

const example = 'Street 1|Street 2=billing_street'

/** Reads `A|B=field`: the columns, by header or as `#3`, whose cells together fill a field, in this order. Empty cells leave no separator behind. */
export function parseJoin(text: string, separator: string | undefined): Column {
  const equals = text.lastIndexOf('=')
  const field = text.slice(equals + 1).trim()
  const [first, ...others] = text.slice(0, Math.max(0, equals)).split('|').map((header) => header.trim())
  if (first === undefined || first === '' || others.length === 0 || others.includes('') || field === '') throw new Fault('usage.malformed-pair', malformedPair('join', text, example))
  const joined = others.map((header) => columnNamed(header).position ?? header)
  return { ...columnNamed(first), field, combine: { with: joined, ...(separator === undefined ? {} : { separator }) } }
}
