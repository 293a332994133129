import { systemColumns } from './column.ts'
import { schemaFault } from './schema-document.ts'

/** API names of objects and fields. 48 characters leave room for what is derived from them (`…_source`, `…_currency`, `…_object`) below PostgreSQL's 63 bytes. */
const apiName = /^[a-z][a-z0-9_]{0,47}$/

/** Names that PostgreSQL or Longshore needs itself. */
const reservedFields = new Set([
  ...systemColumns.map((column) => column.name), 'organization', 'job', 'tableoid', 'ctid', 'xmin', 'xmax', 'cmin', 'cmax',
  // every object of JavaScript has it: whoever looks a value up by its field's name must find none where there is none
  'constructor',
])

/** Throws a Fault at `path` unless `name` can name a new object. */
export function checkObjectName(name: string, path: string): void {
  if (!apiName.test(name)) throw schemaFault(path, `"${name.slice(0, 80)}" cannot name an object: a name is a lower-case letter followed by up to 47 letters, digits or _`)
}

/** Throws a Fault at `path` unless `name` can name a new field. */
export function checkFieldName(name: string, path: string): void {
  if (!apiName.test(name)) throw schemaFault(path, `"${name.slice(0, 80)}" cannot name a field: a name is a lower-case letter followed by up to 47 letters, digits or _`)
  if (reservedFields.has(name)) throw schemaFault(path, `"${name}" is a name that Longshore keeps for itself; choose another`)
}
