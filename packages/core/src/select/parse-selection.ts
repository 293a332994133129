import { rowContext, type RowContextSettings } from '../fields/row-context.ts'
import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import type { Selection } from '../ports/selection.ts'
import { findObject, type Catalog } from '../schema/catalog.ts'
import { shown } from './filter-text.ts'
import { parseCondition } from './parse-condition.ts'
import { allSelectedPaths, selectedPath } from './selected-path.ts'

export interface SelectionInput {
  catalog: Catalog
  /** Plural or singular API name. */
  object: string
  /** Paths of the columns in order; absent: all. */
  fields?: readonly string[]
  /** `field op value`, all of which must hold. */
  where: readonly string[]
  /** Only records that the plan of this job changes or deletes. */
  plannedBy?: number | undefined
  /** What values are read with: members for owners, country for phones. */
  settings?: RowContextSettings
}

/** PostgreSQL gives at most 1 664 columns. */
const mostColumns = 1_600
const mostConditions = 100

/**
 * What a request for records means. Throws a Fault that names the nearest object, field, operator or option where there is none, with
 * `path` saying which part of the request: `object`, `fields[2]`, `where[0]`.
 */
export function parseSelection({ catalog, object: name, fields, where, plannedBy, settings = {} }: SelectionInput): Selection {
  const object = findObject(catalog, name)
  if (!object) {
    const nearest = closest(name, catalog.objects.flatMap((one) => [one.name, one.singular]))
    throw new Fault('unknown-object', `There is no object "${shown(name)}".${nearest === null ? '' : ` Did you mean "${nearest}"?`} There are: ${catalog.objects.map((one) => one.name).join(', ')}.`, { path: 'object' })
  }
  if (fields?.length === 0) throw new Fault('fields-invalid', 'The list of fields is empty. Name at least one field, or leave the list out for all of them.', { path: 'fields' })
  const columns = fields?.map((field, index) => selectedPath(catalog, object, field, `fields[${index}]`)) ?? allSelectedPaths(catalog, object)
  if (columns.length > mostColumns) throw new Fault('fields-invalid', `${columns.length} fields are too many for one export; it takes ${mostColumns}. Name those that are needed.`, { path: 'fields' })
  if (where.length > mostConditions) throw new Fault('where-invalid', `${where.length} filters are too many for one export; it takes ${mostConditions}. Use "in (…)" for several values of one field.`, { path: 'where' })
  const context = rowContext(null, settings)
  return { object, columns, filter: where.map((text, index) => parseCondition(catalog, object, text, `where[${index}]`, context)), ...(plannedBy === undefined ? {} : { plannedBy }) }
}
