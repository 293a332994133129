import type { ImportDefinition, MergeRule } from '../definition/import.ts'
import { fieldType } from '../fields/field-type.ts'
import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import { findObject, resolvePath, type Catalog, type FieldPath } from '../schema/catalog.ts'
import { refuseGaps } from './refuse-gaps.ts'
import { columnsByHand, type AssignedColumn } from './columns-by-hand.ts'
import type { Mapping } from './mapping.ts'
import { proposeMapping } from './propose-mapping.ts'
import { refuseUnbuilt } from './refuse-unbuilt.ts'
import type { ColumnProfile } from './values/column-profile.ts'
import { TargetList } from './target-list.ts'
import { writablePath } from './writable-path.ts'

export interface MappingInput {
  catalog: Catalog
  definition: ImportDefinition
  /** Headers of the file, by position. */
  columns: readonly string[]
  /** What the cells of each column look like, by position; absent where only headers are known. */
  profiles?: readonly ColumnProfile[]
}

/**
 * What every column of a file feeds, decided once for all rows: columns given by hand, then those whose header says it, then defaults.
 * Targets stand in the order of their columns, each companion right after its parent, defaults last. Throws a Fault with the `path` in
 * the definition where it cannot be carried out.
 */
export function compileMapping({ catalog, definition, columns, profiles = [] }: MappingInput): Mapping {
  const object = findObject(catalog, definition.object)
  if (!object) {
    const nearest = closest(definition.object, catalog.objects.flatMap((o) => [o.name, o.singular]))
    throw new Fault('unknown-object', `There is no object "${definition.object}".${nearest ? ` Did you mean "${nearest}"?` : ''} There are: ${catalog.objects.map((o) => o.name).join(', ')}.`, { path: 'object' })
  }
  const merges = mergesByPath(catalog, object.name, definition)
  refuseUnbuilt(definition)
  const byHand = columnsByHand(catalog, object, definition, columns)
  const byHeader = definition.autoMap ? columnsByHeader(catalog, object.name, columns, profiles, byHand) : []
  const assigned = [...byHand, ...byHeader].sort((a, b) => a.position - b.position)

  for (const column of assigned) {
    if (column.given?.blankClears && column.to?.reference) {
      throw new Fault('not-built-yet', `That an empty cell of "${column.header}" takes the link to ${column.to.reference.label} away is not built yet: leave "blankClears" out.`, { path: `${column.at}.blankClears` })
    }
  }

  const list = new TargetList()
  for (const column of assigned) if (column.to) list.addColumn(column, column.to, mergeOf(column.given?.merge ?? merges.get(column.to.path), column.to, `${column.at}.merge`))
  for (const [path, text] of Object.entries(definition.defaults)) {
    const at = `defaults.${path}`
    const found = writablePath(catalog, object, path, at)
    if (found.field.virtual) throw new Fault('field-not-writable', `"${path}" cannot have a default. Give one for first_name and one for last_name.`, { path: at })
    list.addDefault(found, text, merges.get(found.path) ?? 'always')
  }
  const targets = list.withCompanions()
  const read = new Set(targets.flatMap((target) => [target.column, target.nameFrom?.column]))
  const mapping: Mapping = {
    object,
    targets,
    unmapped: columns.flatMap((header, position) => (read.has(position) ? [] : [{ position, header }])),
  }
  refuseGaps(catalog, definition, mapping, byHand)
  return mapping
}

function columnsByHeader(catalog: Catalog, objectName: string, columns: readonly string[], profiles: readonly ColumnProfile[], byHand: AssignedColumn[]): AssignedColumn[] {
  const object = findObject(catalog, objectName)
  if (!object) return []
  const taken = {
    paths: new Set(byHand.flatMap((column) => (column.to ? [column.to.path] : []))),
    positions: new Set(byHand.map((column) => column.position)),
  }
  return proposeMapping({ catalog, object, columns, profiles, taken }).flatMap(({ position, header, field, applied }) => {
    const to = field === null || !applied ? null : resolvePath(catalog, object, field)
    return to && 'field' in to ? [{ position, header, to, given: null, at: 'columns' }] : []
  })
}

/** The definition's merge rules by resolved path, each checked against its field. */
function mergesByPath(catalog: Catalog, objectName: string, definition: ImportDefinition): Map<string, MergeRule> {
  const object = findObject(catalog, objectName)
  const merges = new Map<string, MergeRule>()
  for (const [path, rule] of Object.entries(definition.merge)) {
    if (!object) break
    const found = writablePath(catalog, object, path, `merge.${path}`)
    merges.set(found.path, mergeOf(rule, found, `merge.${path}`))
  }
  return merges
}

function mergeOf(rule: MergeRule | undefined, { path, field }: FieldPath, at: string): MergeRule {
  if (rule === 'append' && !fieldType(field.kind).appendable) {
    throw new Fault('cannot-append', `Nothing can be appended to "${path}": it holds one ${field.kind} value. Lists and long texts can be appended to.`, { path: at })
  }
  return rule ?? 'always'
}

