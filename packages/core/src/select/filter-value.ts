import { fieldType } from '../fields/field-type.ts'
import type { Problem } from '../fields/problem.ts'
import type { RowContext } from '../fields/row-context.ts'
import { Fault } from '../issues/fault.ts'
import { issueRegistry } from '../issues/registry.ts'
import type { Field, FieldKind } from '../schema/field.ts'
import { shown } from './filter-text.ts'

/** Records may hold what a file may no longer bring, and a filter may ask beyond the bounds of a field: `probability > -1`. */
const anyNumber = { integerDigits: 1_000, decimals: 1_000 }

const keepsBlanks: ReadonlySet<FieldKind> = new Set(['text', 'long-text', 'external-id'])

/** One field with its bounds lifted; contexts know a field's options by the object, so each field is lifted once. */
const lifted = new WeakMap<Field, Field>()

/**
 * Canonical text of a filter's value, read as the field's kind reads a cell: `yes` is true, `web` the option Web, `(212) 555-0123` an
 * E.164 number, an owner's address the member. Throws a Fault `where-invalid` at `at` that says what is wrong with it.
 */
export function filterValue(field: Field, text: string, filter: string, at: string, context: RowContext): string {
  const free = withoutBounds(field)
  const type = fieldType(field.kind)
  // Blanks around a value that somebody quoted are meant where the field can hold them.
  const value = keepsBlanks.has(field.kind) ? text : text.trim()
  const canonical = type.parse(value, free, context)
  if (typeof canonical !== 'string') throw new Fault('where-invalid', `The filter "${shown(filter)}" cannot be asked. ${sentence(canonical, value)}`, { path: at })
  if (field.kind === 'currency' && type.companion?.(value, canonical, free, context)) {
    throw new Fault('where-invalid', `The filter "${shown(filter)}" names a currency. Compare the number alone (${canonical})${field.currencyField === undefined ? '' : `, and add a second filter on ${field.currencyField}`}.`, { path: at })
  }
  return canonical
}

function withoutBounds(field: Field): Field {
  const known = lifted.get(field)
  if (known) return known
  const { min: _, max: __, ...rest } = field
  const free: Field = { ...rest, precision: anyNumber, ...(field.options && { options: field.options.map((option) => ({ ...option, active: true })) }) }
  lifted.set(field, free)
  return free
}

function sentence({ code, params }: Problem, value: string): string {
  const { nearest = '', detail = '', options, first, second } = params
  const readings = first === undefined ? '' : ` It is ${first} or ${second ?? ''}: write it as year-month-day.`
  return `${issueRegistry[code].title}: found "${shown(value)}"${detail.startsWith(' ') || detail === '' ? detail : ` (${detail})`}${nearest}.${readings}${options === undefined ? '' : ` Use one of: ${options}.`}`
}
