import { closest, fieldKinds } from '@longshore/core'
import type { Catalog, Field, FieldKind, ObjectType } from '@longshore/core'
import { schemaFault } from './schema-document.ts'

const textKinds: readonly FieldKind[] = ['text', 'long-text', 'external-id', 'email', 'phone', 'url']
const numberKinds: readonly FieldKind[] = ['number', 'currency', 'percent']
const optionKinds: readonly FieldKind[] = ['picklist', 'multi-select']

/** Which kinds an attribute means anything for; attributes that are not here suit all. */
const suits: Partial<Record<keyof Field, readonly FieldKind[]>> = {
  maxLength: textKinds, precision: numberKinds, min: numberKinds, max: numberKinds, options: optionKinds, restricted: optionKinds,
  targets: ['reference'], currencyField: ['currency'], address: ['text', 'picklist'], iso: ['text'],
}

/** The kind by its name. Throws a Fault at `path` that names the nearest kind. */
export function checkKind(kind: string | undefined, path: string): FieldKind {
  const known = fieldKinds.find((one) => one === kind)
  if (known) return known
  if (kind === undefined) throw schemaFault(path, `a new field needs a kind: ${fieldKinds.join(', ')}`)
  const near = closest(kind, fieldKinds)
  throw schemaFault(path, `there is no kind of field called "${kind.slice(0, 80)}"; ${near === null ? `the kinds are ${fieldKinds.join(', ')}` : `did you mean "${near}"?`}`)
}

/**
 * Whether a field agrees with itself, its object and the catalog as they will be. Throws a Fault at the part of `path` that does not.
 */
export function checkField(catalog: Catalog, object: ObjectType, field: Field, path: string): void {
  for (const [attribute, kinds] of Object.entries(suits)) {
    if (field[attribute as keyof Field] !== undefined && !kinds.includes(field.kind)) {
      throw schemaFault(`${path}.${attribute}`, `a field of kind ${field.kind} has no ${attribute}; ${kinds.join(', ')} do`)
    }
  }
  if (field.kind === 'reference') checkTargets(catalog, field, path)
  checkOptions(field, path)
  if (field.min !== undefined && field.max !== undefined && Number(field.min) > Number(field.max)) {
    throw schemaFault(`${path}.min`, `the least value ${field.min} is above the greatest, ${field.max}`)
  }
  if (field.currencyField !== undefined) checkSibling(object, field.currencyField, `${path}.currencyField`)
  if (field.companionOf !== undefined) checkSibling(object, field.companionOf, `${path}.companionOf`)
}

/** Throws a Fault at `path`, naming the nearest field, unless the object has a field called `name`. */
export function checkSibling(object: ObjectType, name: string, path: string): void {
  if (object.fields.some((field) => field.name === name)) return
  const near = closest(name, object.fields.map((field) => field.name))
  throw schemaFault(path, `${object.name} has no field "${name.slice(0, 80)}"${near === null ? '' : `; did you mean "${near}"?`}`)
}

function checkTargets(catalog: Catalog, field: Field, path: string): void {
  if (field.targets === undefined) throw schemaFault(`${path}.targets`, 'a reference names the objects that it may point to')
  const names = catalog.objects.map((object) => object.name)
  field.targets.forEach((target, index) => {
    if (names.includes(target)) return
    const near = closest(target, names)
    throw schemaFault(`${path}.targets[${index}]`, `there is no object "${target.slice(0, 80)}"${near === null ? `; there are ${names.join(', ')}` : `; did you mean "${near}"?`}`)
  })
}

function checkOptions(field: Field, path: string): void {
  const seen = new Set<string>()
  field.options?.forEach((option, index) => {
    const key = option.value.trim().toLowerCase()
    if (key === '') throw schemaFault(`${path}.options[${index}]`, 'an option needs a value')
    if (seen.has(key)) throw schemaFault(`${path}.options[${index}]`, `the option "${option.value}" stands twice; letter case does not tell options apart`)
    seen.add(key)
  })
  if (field.kind === 'picklist' && field.default !== undefined && field.options && !seen.has(field.default.trim().toLowerCase())) {
    const near = closest(field.default, field.options.map((option) => option.value))
    throw schemaFault(`${path}.default`, `"${field.default}" is not among the options${near === null ? '' : `; did you mean "${near}"?`}`)
  }
}
