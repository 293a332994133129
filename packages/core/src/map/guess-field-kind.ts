import type { NewFieldKind } from '../definition/import.ts'
import type { ColumnProfile } from './values/column-profile.ts'
import type { ValueKind } from './values/value-kinds.ts'

/** A kind that a column's values are of, with how it is said. */
export interface GuessedKind { kind: NewFieldKind; reason: string; options?: string[] }

/** A value that is not of the field's kind fails its row: nearly all that were looked at must be. */
const nearlyAll = 0.98
const fewestValues = 3
/** A list of options has few different values, each of them several times. */
const mostOptions = 12
const fewestForOptions = 30
const timesEach = 5

/** The narrower kind first. */
const typed: readonly (readonly [ValueKind, NewFieldKind, string])[] = [
  ['email', 'email', 'e-mail addresses'], ['linkedin', 'url', 'web addresses'], ['url', 'url', 'web addresses'], ['domain', 'url', 'web addresses'], ['date-time', 'date-time', 'dates with a time'],
  ['date', 'date', 'dates'], ['percent', 'percent', 'percentages'], ['boolean', 'boolean', 'yes and no'], ['phone', 'phone', 'telephone numbers'],
]

/** The kind of field that takes a column's values; a text where they are of several kinds, or too few to say. */
export function guessFieldKind({ sampled, distinct, shares, vocabulary }: ColumnProfile): GuessedKind {
  const share = (kind: ValueKind): number => shares[kind] ?? 0
  if (sampled < fewestValues) return { kind: 'text', reason: 'too few values to say more' }
  // 0 and 1 alone may be a count as well: a boolean has both, and more than one of each
  const yesNo = vocabulary.length === 2 || (vocabulary.length === 1 && !/^[01]$/.test(vocabulary[0] ?? ''))
  for (const [kind, field, words] of typed) if (share(kind) >= nearlyAll && (kind !== 'boolean' || yesNo)) return { kind: field, reason: `its values are ${words}` }
  const isNumber = Math.max(share('number'), share('integer')) >= nearlyAll
  if (isNumber && share('zero-led') === 0) return { kind: 'number', reason: 'its values are numbers' }
  if (!isNumber && share('money') + share('number') >= nearlyAll && share('money') > 0.5) return { kind: 'currency', reason: 'its values are amounts of money' }
  if (share('prose') > 0) return { kind: 'long-text', reason: 'its values are longer texts' }
  if (share('list') >= 0.5) return { kind: 'tags', reason: 'its values are lists' }
  const few = vocabulary.length >= 2 && vocabulary.length <= mostOptions && sampled >= fewestForOptions && distinct * sampled * timesEach <= sampled
  if (few && !isNumber) return { kind: 'picklist', reason: `it has ${vocabulary.length} different values`, options: vocabulary.toSorted() }
  return { kind: 'text', reason: isNumber ? 'its numbers begin with zeros' : 'its values are texts' }
}
