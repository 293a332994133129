import { closest, dateForms, decimalMarks, Fault, monthLanguages } from '@longshore/core'
import type { ImportDefinitionInput } from '@longshore/core'
import type { Call } from '../call.ts'
import { malformedPair, unknownWord } from '../messages/usage.ts'
import { columnNamed } from './column-flag.ts'

type Column = NonNullable<ImportDefinitionInput['columns']>[number]

/** What the flags say about how values are read: of all columns, and of those that they name. Which field a named one feeds is left to its header or --map. */
export function readingsOf(call: Call): { all: Pick<ImportDefinitionInput, 'dates' | 'decimal' | 'phones' | 'timeZone'>; named: Column[] } {
  const all: Pick<ImportDefinitionInput, 'dates' | 'decimal' | 'phones' | 'timeZone'> = {}
  const named: Column[] = []
  for (const text of call.list('date-order')) {
    const { header, value } = apart(text)
    const dates = oneOf('date-order', value, dateForms)
    if (header === null) all.dates = dates
    else named.push({ ...columnNamed(header), dates })
  }
  for (const text of call.list('decimal')) {
    const { header, value } = apart(text)
    const decimal = oneOf('decimal', value, decimalMarks)
    if (header === null) all.decimal = decimal
    else named.push({ ...columnNamed(header), decimal })
  }
  for (const text of call.list('month-language')) {
    const { header, value } = pairOf(text, 'month-language', 'Signed=pl')
    named.push({ ...columnNamed(header), months: oneOf('month-language', value, monthLanguages) })
  }
  for (const text of call.list('phone-country')) {
    const { header, value } = apart(text)
    const phones = value.toUpperCase()
    if (!/^[A-Z]{2}$/.test(phones)) throw new Fault('usage.malformed-pair', malformedPair('phone-country', text, 'Mobile=DE'))
    if (header === null) all.phones = phones
    else named.push({ ...columnNamed(header), phones })
  }
  for (const text of call.list('null-words')) {
    const { header, value } = pairOf(text, 'null-words', 'Title=off')
    named.push({ ...columnNamed(header), nullWords: oneOf('null-words', value, ['on', 'off']) === 'on' })
  }
  const timeZone = call.text('time-zone')
  if (timeZone !== undefined) all.timeZone = timeZone
  return { all, named }
}

/** `Header=value`, or the value alone. A header may hold `=`: the last one divides. */
function apart(text: string): { header: string | null; value: string } {
  const equals = text.lastIndexOf('=')
  const header = text.slice(0, Math.max(equals, 0))
  return { header: header.trim() === '' ? null : header, value: text.slice(equals + 1).trim() }
}

function pairOf(text: string, flag: string, example: string): { header: string; value: string } {
  const { header, value } = apart(text)
  if (header === null || value === '') throw new Fault('usage.malformed-pair', malformedPair(flag, text, example))
  return { header, value }
}

function oneOf<Word extends string>(flag: string, found: string, allowed: readonly Word[]): Word {
  const word = allowed.find((candidate) => candidate === found.toLowerCase())
  if (word === undefined) throw new Fault('usage.unknown-word', unknownWord(flag, found, allowed, closest(found, allowed)))
  return word
}
