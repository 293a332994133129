import type { FieldAnswer } from '@longshore/contract'
import { words } from '../words/words.ts'

export interface Choice { value: string; label: string }

/** What a field is chosen from, and nothing else: yes and no, or the options of a picklist that takes no others. Undefined: it is typed. `held`: what a record has, which may be no option any more. */
export function choicesOf(field: Pick<FieldAnswer, 'kind' | 'options' | 'restricted'>, held = ''): Choice[] | undefined {
  if (field.kind === 'boolean') return [{ value: 'true', label: words.records.yes }, { value: 'false', label: words.records.no }]
  if (field.kind !== 'picklist' || field.restricted === false) return undefined
  const options = optionsOf(field)
  return held === '' || options.some(({ value }) => value === held) ? options : [...options, { value: held, label: held }]
}

export function optionsOf({ options = [] }: Pick<FieldAnswer, 'options'>): Choice[] {
  return options.filter(({ active }) => active).map(({ value, label }) => ({ value, label }))
}
