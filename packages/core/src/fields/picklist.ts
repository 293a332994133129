import type { FieldType } from './field-type.ts'
import { nearestHint } from './nearest.ts'
import { foldOption } from './fold-option.ts'
import type { OptionLookup } from './option-lookup.ts'
import { defaultTextLength, plainTextProblem } from './plain-text.ts'
import { Problem } from './problem.ts'
import type { Field } from '../schema/field.ts'

/** So many options stand in a message; the rest is "…". */
const namedOptions = 12

/** One of the field's options, found by value or label in any letter case, or by a word that others have for it. Canonical is the option's value in its own spelling. */
export const picklistType: FieldType = {
  kind: 'picklist',
  mayWarn: true,
  appendable: false,
  parse(text, field, row) {
    const lookup = row.options(field)
    return lookup.find(text) ?? optionProblem(text, field, lookup) ?? text
  },
  print(canonical) {
    return canonical
  },
  warn(text, canonical, field, row) {
    const lookup = row.options(field)
    if (field.restricted !== false || lookup.pipeline !== null || lookup.active.has(foldOption(canonical))) return null
    return new Problem('picklist.added', { label: field.label, found: text, nearest: nearestHint(text, lookup.values) })
  },
}

/** Why a text that is none of the options cannot be taken, or null when the field lets files bring values of their own. */
export function optionProblem(text: string, field: Field, lookup: OptionLookup): Problem | null {
  const options = lookup.values.length > namedOptions ? `${lookup.values.slice(0, namedOptions).join(', ')}, …` : lookup.values.join(', ')
  if (lookup.pipeline !== null) {
    return new Problem('stage.not-in-pipeline', { pipeline: lookup.pipeline, options, nearest: nearestHint(text, lookup.values) })
  }
  if (lookup.inactive.has(foldOption(text))) return new Problem('picklist.inactive', { label: field.label, options, found: text })
  if (field.restricted === false) return plainTextProblem(text, field, field.maxLength ?? defaultTextLength)
  return new Problem('picklist.unknown', { label: field.label, options, found: text, nearest: nearestHint(text, lookup.values) })
}
