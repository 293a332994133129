import anyAscii from 'any-ascii'
import type { ColumnMapping, ImportDefinition, NewFieldKind } from '../definition/import.ts'
import { foldOption } from '../fields/fold-option.ts'
import { splitList } from '../fields/split-list.ts'
import { Fault } from '../issues/fault.ts'
import { findField } from '../schema/catalog.ts'
import type { Catalog } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { columnsByHand } from './columns-by-hand.ts'
import { guessFieldKind } from './guess-field-kind.ts'
import { headerKey } from './header-key.ts'
import type { ColumnProfile } from './values/column-profile.ts'

/** A field that an import makes for one of its columns, as a schema document describes it. */
export interface NewField {
  name: string
  label: string
  kind: NewFieldKind
  options?: string[]
  restricted?: false
}

/** API names have at most 48 characters; a number and what is derived from a name need some. */
const longestName = 36

/**
 * The fields that the definition's columns become, and the definition with each such column led to its field. A column whose definition names
 * a field that there is already is led to that: it was made by an earlier import. Throws a Fault where a field of the same name or label stands
 * in the way.
 */
export function newFieldsOf(catalog: Catalog, object: ObjectType, definition: ImportDefinition, headers: readonly string[], profiles: readonly ColumnProfile[]): { definition: ImportDefinition; fields: NewField[] } {
  const fields: NewField[] = []
  const columns = definition.columns.map((column, i) => {
    if (column.create === undefined) return column
    const at = `columns[${i}].create`
    const { create, field: wanted } = column
    if (wanted !== undefined && wanted !== null && findField(object, wanted)) return column
    const position = positionOf(catalog, object, definition, column, headers)
    const header = headers[position]?.trim() ?? ''
    const label = (create.label ?? header) || `Column ${position + 1}`
    const same = object.fields.find((field) => headerKey(field.label) === headerKey(label) || field.name === wanted)
    if (same) throw new Fault('create-field.exists', `The column "${header}" is to become the field "${label}", and ${object.pluralLabel} have it already: ${same.name}. Lead the column there with --map "${header}=${same.name}", or give another name with --create-field "${header}=Another name".`, { path: at })
    const guess = profiles[position] ? guessFieldKind(profiles[position]) : null
    const kind = create.kind ?? guess?.kind ?? 'text'
    const isChosen = kind === 'picklist' || kind === 'multi-select'
    const options = isChosen ? create.options ?? optionsSeen(kind, profiles[position]?.vocabulary ?? []) : undefined
    const taken = new Set([...object.fields, ...fields].flatMap(({ name }) => [name, `${name}_source`, `${name}_currency`]))
    const name = wanted ?? freeName(label, position, taken)
    if (definition.match.some((criterion) => criterion.includes(name))) throw new Fault('create-field.match', `No record has the field "${name}" yet, so none can be found by it. Leave it out of --match.`, { path: 'match' })
    // options that were seen are not all that there are: others are taken with a warning
    fields.push({ name, label: label.slice(0, 120), kind, ...(options && options.length > 0 ? { options } : {}), ...(isChosen && create.options === undefined ? { restricted: false as const } : {}) })
    return { ...column, field: name, create: { ...create, label, kind } }
  })
  return { definition: { ...definition, columns }, fields }
}

/** The words that a column holds, of a list each of its values, in the spelling of the first. */
function optionsSeen(kind: 'picklist' | 'multi-select', vocabulary: readonly string[]): string[] {
  if (kind === 'picklist') return vocabulary.toSorted()
  const seen = new Map<string, string>()
  for (const value of vocabulary.flatMap((text) => splitList(text, new Map()) ?? [])) if (!seen.has(foldOption(value))) seen.set(foldOption(value), value)
  return [...seen.values()].toSorted()
}

function positionOf(catalog: Catalog, object: ObjectType, definition: ImportDefinition, { field: _f, create: _c, ...column }: ColumnMapping, headers: readonly string[]): number {
  return columnsByHand(catalog, object, { ...definition, columns: [column] }, headers)[0]?.position ?? 0
}

/** `Shoe size (EU)` → `shoe_size_eu`; with a number where that is taken. */
function freeName(label: string, position: number, taken: ReadonlySet<string>): string {
  const words = anyAscii(label).replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^[^a-z]+/, '').slice(0, longestName).replace(/_+$/, '')
  const name = words === '' ? `column_${position + 1}` : words
  const reserved = new Set(['id', 'organization', 'job', 'version', 'tableoid', 'ctid', 'xmin', 'xmax', 'cmin', 'cmax'])
  for (let n = reserved.has(name) ? 2 : 1; ; n++) {
    const candidate = n === 1 ? name : `${name}_${n}`
    if (!taken.has(candidate)) return candidate
  }
}
