import type { ColumnMapping, ImportDefinition } from '../definition/import.ts'
import { namesSameColumn } from '../definition/names-same-column.ts'
import type { SavedMapping } from '../definition/saved-mapping.ts'
import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import { resolvePath, type Catalog } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { columnKeys } from './column-keys.ts'
import { headerKey } from './header-key.ts'

/**
 * The definition with all that a saved mapping says of the columns; what the definition itself says of a column or a field goes first. Throws a
 * Fault when the mapping leads to another object, to a field that is no more, or from a column that the file has not.
 */
export function withSavedMapping(catalog: Catalog, object: ObjectType, definition: ImportDefinition, saved: SavedMapping, headers: readonly string[]): ImportDefinition {
  if (saved.object !== object.name) {
    throw new Fault('saved-mapping.other-object', `The saved mapping "${saved.name}" leads to ${saved.object}, and ${object.name} are imported. Import with --object ${saved.object}, or choose another mapping: longshore mapping list`, { path: 'savedMapping' })
  }
  const own = definition.columns
  const taken = new Set(own.flatMap((column) => fieldsOf(column)))
  const kept = saved.columns.filter((column) => !own.some((said) => said.field !== undefined && namesSameColumn(said, column)) && !fieldsOf(column).some((path) => taken.has(path)))
  refuseGone(catalog, object, saved, kept)
  const present = kept.filter((column) => fieldsOf(column).length > 0 || isThere(column, headers))
  refuseMissing(saved, present, headers)
  const laid = present.map((column) => { const said = own.find((one) => namesSameColumn(one, column)); return said ? { ...column, ...said } : column })
  const others = own.filter((said) => !present.some((column) => namesSameColumn(said, column)))
  return {
    ...definition, columns: [...laid, ...others.filter((said) => said.field !== null || isThere(said, headers))], defaults: { ...saved.defaults, ...definition.defaults },
    ...defined({ dates: definition.dates ?? saved.dates, decimal: definition.decimal ?? saved.decimal, phones: definition.phones ?? saved.phones, timeZone: definition.timeZone ?? saved.timeZone }),
  }
}

/**
 * A job's columns as a mapping to save: named by their headers, by their positions only where a header stands twice or not at all, so that the
 * next file may have them in another order.
 */
export function savedMappingOf(name: string, { object, columns, dates, decimal, phones, timeZone, defaults }: ImportDefinition, headers: readonly string[]): SavedMapping {
  const keys = columnKeys(headers)
  const times = (header: string): number => headers.filter((other) => headerKey(other) === headerKey(header)).length
  const reference = (position: number): string | number => { const header = headers[position - 1] ?? ''; return header.trim() !== '' && times(header) === 1 ? header : position }
  return {
    kind: 'saved-mapping', version: 1, name, object, defaults,
    columns: columns.filter(({ position }) => position === undefined || keys[position - 1] !== '' || headers[position - 1]?.trim() === '').map(({ header, position, create: _made, ...said }) => {
      const at = position === undefined ? header ?? '' : reference(position)
      const combine = said.combine && { ...said.combine, with: said.combine.with.map((other) => (typeof other === 'number' ? reference(other) : other)) }
      return { ...(typeof at === 'string' ? { header: at } : { position: at }), ...said, ...(combine ? { combine } : {}) }
    }),
    ...defined({ dates, decimal, phones, timeZone }),
  }
}

function fieldsOf({ field, split }: ColumnMapping): string[] {
  return [field, ...split?.into ?? []].filter((path) => path !== null && path !== undefined)
}

function isThere({ header, position }: ColumnMapping, headers: readonly string[]): boolean {
  return position !== undefined ? position <= headers.length : headers.some((other) => other.trim() === header?.trim() || (headerKey(other) !== '' && headerKey(other) === headerKey(header ?? '')))
}

function refuseGone(catalog: Catalog, object: ObjectType, saved: SavedMapping, columns: readonly ColumnMapping[]): void {
  for (const column of columns) {
    for (const path of fieldsOf(column)) {
      const found = resolvePath(catalog, object, path)
      if ('field' in found) continue
      throw new Fault('saved-mapping.field-gone', `The saved mapping "${saved.name}" sends the column ${nameOf(column)} to "${path}", and ${object.name} have no such field any more. Say where it goes instead with --map ${pairOf(column, found.nearest ?? 'field')}, or leave it out with --map ${pairOf(column, '')}, and save the mapping again with --save-mapping "${saved.name}".`, { path: 'savedMapping' })
    }
  }
}

function refuseMissing(saved: SavedMapping, columns: readonly ColumnMapping[], headers: readonly string[]): void {
  const missing = columns.filter((column) => !isThere(column, headers))
  const [first] = missing
  if (!first) return
  const nearest = first.header === undefined ? null : closest(first.header, headers)
  const [field = ''] = fieldsOf(first)
  const names = missing.slice(0, 5).map(nameOf).join(', ')
  throw new Fault('saved-mapping.columns-missing', `The saved mapping "${saved.name}" wants columns that the file has not: ${names}${missing.length > 5 ? ` and ${missing.length - 5} more` : ''}. ${nearest ? `The nearest is "${nearest}". ` : ''}Say which column it is now with --map "${nearest ?? 'Header'}=${field}", or that there is none with --map ${pairOf(first, '')}.`, { path: 'savedMapping' })
}

function nameOf({ header, position }: ColumnMapping): string {
  return header === undefined ? `number ${position ?? 0}` : `"${header}"`
}

function pairOf({ header, position }: ColumnMapping, field: string): string {
  return `"${header ?? `#${position ?? 0}`}=${field}"`
}

function defined<T extends Record<string, unknown>>(settings: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<T> // only what is undefined is left out
}
