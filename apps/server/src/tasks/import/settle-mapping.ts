import { compileMapping, decisionsOf, findObject, namesSameColumn, newFieldsOf, planKeys } from '@longshore/core'
import type { Catalog, ColumnProfile, FileMemory, ImportDefinition, Mapping, ObjectType, RowKey } from '@longshore/core'
import { plannedCatalog } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import type { CompiledImport } from './create-import.ts'
import { refuseNewFields } from './refuse-beyond-rights.ts'
import { valueDecisions, withRememberedValues } from './remembered-values.ts'
import { settleColumns } from './settle-columns.ts'

/** What somebody wants imported, with the catalog of that moment. */
export interface Wanted { catalog: Catalog; object: ObjectType; definition: ImportDefinition }

type Known = Pick<CompiledImport, 'remembered' | 'recalled' | 'savedMapping' | 'decided' | 'newFields'>

/** The mapping of an import, with the definition that it came of in full. The catalog has the fields that the import will make. */
export interface SettledMapping extends Wanted, Known { mapping: Mapping; keys: RowKey[] }

/** Settles which column feeds which field, and takes down where that came from and what of it is new. Throws a Fault where the definition cannot be carried out. */
export async function settleMapping(workspace: Workspace, wanted: Wanted, columns: readonly string[], profiles: readonly ColumnProfile[]): Promise<SettledMapping> {
  const { newFields, catalog, object, definition: given, settled } = await settleFields(workspace, wanted, columns, profiles)
  const before = compileMapping({ catalog, definition: settled.definition, columns, profiles })
  const decided = { columns: decisionsOf({ catalog, object, columns, profiles }, ownWords(given, settled.definition), settled.memory), values: valueDecisions(before) }
  const { definition, remembered } = await withRememberedValues(workspace, settled.definition, before)
  const mapping = remembered.length === 0 ? before : compileMapping({ catalog, definition, columns, profiles })
  return {
    catalog, object, definition, mapping, keys: planKeys({ catalog, mapping, definition }),
    ...(remembered.length === 0 ? {} : { remembered }),
    ...(settled.recalled.length === 0 ? {} : { recalled: [...settled.recalled] }),
    ...(settled.saved === undefined ? {} : { savedMapping: settled.saved.name }),
    ...(decided.columns.length + decided.values.length === 0 ? {} : { decided }),
    ...(newFields === undefined ? {} : { newFields }),
  }
}

/** What the columns are known to mean, in a catalog that has the fields which columns become. */
export async function settleFields(workspace: Workspace, { catalog, object, definition }: Wanted, columns: readonly string[], profiles: readonly ColumnProfile[]): Promise<Wanted & Pick<Known, 'newFields'> & { settled: FileMemory & { definition: ImportDefinition } }> {
  const { definition: given, fields } = newFieldsOf(catalog, object, definition, columns, profiles)
  if (fields.length === 0) return { catalog, object, definition: given, settled: await settleColumns(workspace, catalog, object, given, columns) }
  refuseNewFields(workspace.actor, fields)
  const newFields: NonNullable<Known['newFields']> = { objects: [{ name: object.name, fields }] }
  const planned = plannedCatalog(catalog, newFields)
  const grown = findObject(planned, object.name) ?? object
  return { catalog: planned, object: grown, definition: given, newFields, settled: await settleColumns(workspace, planned, grown, given, columns) }
}

/** The columns that the definition itself speaks of, as far as the file has them: one that only stands in for a column of a saved mapping may be gone. A field that is made needs no remembering: its name is its header. */
function ownWords({ savedMapping, ...given }: ImportDefinition, settled: ImportDefinition): ImportDefinition {
  return { ...given, columns: given.columns.filter((column) => column.create === undefined && (savedMapping === undefined || settled.columns.some((one) => namesSameColumn(one, column)))) }
}
