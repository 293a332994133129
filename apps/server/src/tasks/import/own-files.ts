import { resolvePath } from '@longshore/core'
import type { Catalog, ObjectType } from '@longshore/core'
import { errorColumns } from '../parser/parser-request.ts'

// A file that we wrote bears marks against spreadsheet formulas that are ours to take off.

/** An error report is known by its first columns. */
export function isReport(columns: readonly string[]): boolean {
  return errorColumns.every((header, i) => columns[i] === header)
}

/** An export is known by headers that are all API names of the object. */
export function isExport(catalog: Catalog, object: ObjectType, columns: readonly string[]): boolean {
  return columns.length > 0 && columns.every((header) => header === 'id' || /^[a-z][a-z0-9_]*\.(id|object)$/.test(header) || object.fields.some((field) => field.name === header)
    || (header.includes('.') && 'field' in resolvePath(catalog, object, header)))
}
