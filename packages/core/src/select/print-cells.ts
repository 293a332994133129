import { fieldType } from '../fields/field-type.ts'
import { decodeList } from '../fields/list-literal.ts'
import type { ExportCell } from '../ports/export-ports.ts'
import type { Selection } from '../ports/selection.ts'
import { findField } from '../schema/catalog.ts'
import type { Field, FieldKind } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'

/**
 * Returns the function that turns rows of canonical texts into cells as files want them, in place. Lists become one text that an import
 * takes apart again, or, for formats that have them (`array`), lists. Columns whose canonical text is what a file shows are not touched.
 */
export function compilePrint(selection: Selection, lists: 'text' | 'array'): (rows: (string | null)[][]) => ExportCell[][] {
  const steps = selection.columns.flatMap(({ value }, position) => {
    if (value.kind !== 'field' || !printsOtherwise.has(value.field.kind)) return []
    const { field } = value
    const type = fieldType(field.kind)
    const print = lists === 'array' ? decodeList : (canonical: string) => type.print(canonical, field)
    return [{ position, print }]
  })
  if (steps.length === 0) return (rows) => rows
  return (rows) => {
    const printed: ExportCell[][] = rows
    for (const row of printed) {
      for (const { position, print } of steps) {
        const cell = row[position]
        if (typeof cell === 'string') row[position] = print(cell)
      }
    }
    return printed
  }
}

/** A value as people read and type it: of a list `vip; beta`, not the literal that PostgreSQL keeps. Text that is no list, as a row's cell that its field refused, stays as it is. */
export function printValue(field: Field | undefined, canonical: string | null): string | null {
  if (canonical === null || field === undefined || !printsOtherwise.has(field.kind) || !/^\{.*\}$/s.test(canonical)) return canonical
  return fieldType(field.kind).print(canonical, field)
}

/** The same for values of an object's own fields, by field name. */
export function printValues(object: ObjectType, values: Readonly<Record<string, string | null>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, printValue(findField(object, name), value)]))
}

/** Kinds whose `print` is not the canonical text itself. */
const printsOtherwise: ReadonlySet<FieldKind> = new Set(['multi-select', 'tags'])
