import { isDeepStrictEqual } from 'node:util'
import type { Field, PicklistOption } from '@longshore/core'
import type { FieldDocument } from './schema-document.ts'
import { schemaFault } from './schema-document.ts'

/** Settled when a field is made: another value would need another column, or is Longshore's own business. */
const fixed = ['kind', 'custom', 'audit', 'virtual', 'companionOf'] as const
const changeable = [
  'label', 'required', 'maxLength', 'precision', 'min', 'max', 'options', 'restricted', 'address', 'iso', 'currencyField', 'default', 'help',
] as const

/**
 * `field` with what the document says about it: an attribute left out stays, null takes it away. Gives the attributes that changed.
 * Throws a Fault at `path` where a change is refused.
 */
export function changeField(field: Field, wanted: FieldDocument, path: string): { field: Field; changed: string[] } {
  for (const attribute of fixed) {
    if (wanted[attribute] === undefined || wanted[attribute] === (field[attribute] ?? false) || wanted[attribute] === field[attribute]) continue
    throw attribute === 'kind'
      ? schemaFault(`${path}.kind`, `"${field.name}" is of kind ${field.kind} and cannot become ${String(wanted.kind).slice(0, 80)}: make a new field, move the values by export and import, and remove this one`, 'schema.kind-change')
      : schemaFault(`${path}.${attribute}`, `"${attribute}" of an existing field cannot be changed`)
  }
  const changed: string[] = []
  const result: Record<string, unknown> = { ...field }
  for (const attribute of changeable) {
    const value = wanted[attribute]
    if (value === undefined) continue
    const next = value === null || (value === false && attribute === 'required' && field.required === undefined) ? undefined : attribute === 'options' ? optionsOf(wanted) : value
    if (isDeepStrictEqual(next, field[attribute])) continue
    changed.push(attribute)
    if (next === undefined) delete result[attribute]
    else result[attribute] = next
  }
  if (wanted.targets !== undefined && !isDeepStrictEqual(wanted.targets, field.targets)) {
    changed.push('targets')
    result['targets'] = widerTargets(field, wanted.targets, path)
  }
  return { field: result as unknown as Field, changed }
}

/** The options in the form in which they are kept: no label that says what the value says, no `active: true`. */
export function optionsOf(wanted: FieldDocument): PicklistOption[] | undefined {
  return wanted.options?.map((option) => {
    if (typeof option === 'string') return { value: option }
    const { value, label, active } = option
    return { value, ...(label !== undefined && label !== value && { label }), ...(active === false && { active }) }
  })
}

/** Only a reference that already keeps the object's name beside the id can take more targets, and none may go. */
function widerTargets(field: Field, targets: string[], path: string): string[] {
  const before = field.targets ?? []
  if (field.kind === 'reference' && before.length > 1 && before.every((target) => targets.includes(target))) return targets
  throw schemaFault(`${path}.targets`, `the targets of "${field.name}" (${before.join(', ') || 'none'}) cannot be changed so: make a new reference field`)
}
