import type { Field } from '../../schema/field.ts'
import type { ColumnProfile } from './column-profile.ts'
import type { ValueKind } from './value-kinds.ts'

/** Kinds of value that a field of a kind takes; kinds of field that take anything are not named. */
const taken: Partial<Record<Field['kind'], readonly ValueKind[]>> = {
  email: ['email'], url: ['url', 'domain', 'linkedin'], date: ['date', 'integer'], 'date-time': ['date', 'integer', 'number'], number: ['amount', 'percent'],
  currency: ['amount'], percent: ['percent', 'amount'], boolean: ['boolean'],
}
/** What a text field for words never holds in most of its cells. */
const noWords: readonly ValueKind[] = ['email', 'url', 'date', 'percent']
/** What no full name is. */
const noNames: readonly ValueKind[] = [...noWords, 'list', 'prose', 'boolean', 'number', 'integer', 'phone']
/** Telephone numbers without any mark, too, are phones where the header says so. */
const phoneLike: readonly ValueKind[] = ['phone', 'integer', 'number']

/** Below this many values a column proves nothing. */
export const leastValues = 3

/** Share of a column's cells that a field can take, 0 to 1; null where values say nothing about it. */
export function fitShare(field: Field, { sampled, shares, vocabulary }: ColumnProfile): number | null {
  if (sampled < leastValues) return null
  if (field.kind === 'phone') return Math.max(...phoneLike.map((kind) => shares[kind] ?? 0))
  if (field.kind === 'picklist') return field.restricted === false ? null : vocabulary.length === 0 ? null : Math.max(optionShare(field, vocabulary), 0.6) // unknown options are a question of values, not of the column
  const kinds = taken[field.kind]
  if (kinds) return Math.max(...kinds.map((kind) => shares[kind] ?? 0))
  if (field.kind === 'text' && !field.address) return 1 - Math.max(...(field.virtual === 'full-name' ? noNames : noWords).map((kind) => shares[kind] ?? 0))
  return null
}

/** Share of different texts that are options of a picklist, by value or label. */
export function optionShare(field: Field, vocabulary: readonly string[]): number {
  if (!field.options || vocabulary.length === 0) return 0
  const names = new Set(field.options.flatMap(({ value, label }) => [value.toLowerCase(), (label ?? value).toLowerCase()]))
  return vocabulary.filter((text) => names.has(text.toLowerCase())).length / vocabulary.length
}
