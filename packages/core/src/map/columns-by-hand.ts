import type { ColumnMapping, ImportDefinition } from '../definition/import.ts'
import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import type { Catalog, FieldPath } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { headerKey } from './header-key.ts'
import { isBareReference } from './ways-of-reference.ts'
import { writablePath } from './writable-path.ts'

/** A column of the file and the field it feeds. */
export interface AssignedColumn {
  position: number
  header: string
  /** null: the column is left out. */
  to: FieldPath | null
  /** What the definition says of the column; null for a column that its header decided. */
  given: ColumnMapping | null
  /** Where the definition says it: `columns[2]`. */
  at: string
  /** Positions of the columns that are joined to it. */
  combined?: number[]
  /** Where the parts of its text lead, each with what it is called in the definition; null: left out. */
  parts?: (FieldPath | null)[]
}

/** The columns that the definition names, each found in the file and led to its field. Faults name the place in the definition. */
export function columnsByHand(catalog: Catalog, object: ObjectType, definition: ImportDefinition, columns: readonly string[]): AssignedColumn[] {
  const assigned: AssignedColumn[] = []
  for (const [i, given] of definition.columns.entries()) {
    const at = `columns[${i}]`
    const position = positionOf(given, columns, at)
    const header = columns[position] ?? ''
    const twice = assigned.find((other) => other.position === position)
    if (twice) throw new Fault('column-named-twice', `The column "${header}" (number ${position + 1}) is given twice: ${useOf(twice.given)}, and ${useOf(given)}. Keep one of them.`, { path: at })
    const to = given.field === null || given.field === undefined ? null : writablePath(catalog, object, given.field, `${at}.field`)
    const rival = to && assigned.find((other) => other.to?.path === to.path || other.parts?.some((part) => part?.path === to.path))
    if (rival) {
      throw new Fault('field-mapped-twice', `The columns "${rival.header}" and "${header}" both lead to the field "${to.path}". Leave one out, or map it elsewhere.`, { path: `${at}.field` })
    }
    const parts = given.split?.into.map((path, k) => (path === null ? null : writablePath(catalog, object, path, `${at}.split.into[${k}]`)))
    for (const [k, part] of (parts ?? []).entries()) {
      if (part && isBareReference(part)) throw new Fault('field-not-writable', `The part "${part.path}" has to name the object that it leads to: "${part.path}.${part.field.targets?.[0] ?? ''}".`, { path: `${at}.split.into[${k}]` })
      if (part?.field.virtual === 'full-name') throw new Fault('field-not-writable', `"${part.path}" cannot be a part: it is split into first and last name itself.`, { path: `${at}.split.into[${k}]` })
      const other = part && [...assigned.flatMap((column) => [column.to, ...column.parts ?? []]), ...(parts ?? []).slice(0, k)].find((one) => one?.path === part.path)
      if (other) throw new Fault('field-mapped-twice', `Two columns or parts lead to the field "${other.path}". Leave one out, or map it elsewhere.`, { path: `${at}.split.into[${k}]` })
    }
    const combined = given.combine?.with.map((ref, k) => positionOf(typeof ref === 'number' ? { position: ref } : { header: ref }, columns, `${at}.combine.with[${k}]`))
    assigned.push({ position, header, to, given, at, ...(combined ? { combined } : {}), ...(parts ? { parts } : {}) })
  }
  return assigned
}

/** What a definition does with a column, for people. */
function useOf(given: ColumnMapping | null): string {
  if (given?.create) return 'as a new field'
  if (given?.split) return 'cut into several fields'
  return given?.field ? `for the field "${given.field}"` : 'to be left out'
}

function positionOf({ header, position }: Pick<ColumnMapping, 'header' | 'position'>, columns: readonly string[], at: string): number {
  if (position !== undefined) {
    const found = columns[position - 1]
    if (found === undefined) throw new Fault('unknown-column', `There is no column ${position}: the file has ${columns.length}.`, { path: `${at}.position` })
    if (header !== undefined && headerKey(header) !== headerKey(found)) {
      throw new Fault('unknown-column', `Column ${position} is "${found}", not "${header}". Correct the header or the position.`, { path: `${at}.header` })
    }
    return position - 1
  }
  const wanted = header ?? ''
  // As written first; another case or punctuation only where nothing stands as written.
  for (const same of [(c: string) => c === wanted, (c: string) => c.trim() === wanted.trim(), (c: string) => headerKey(c) !== '' && headerKey(c) === headerKey(wanted)]) {
    const places = columns.flatMap((column, i) => (same(column) ? [i] : []))
    if (places.length > 1) {
      const list = places.map((place) => place + 1).join(' and ')
      throw new Fault('ambiguous-column', `The header "${wanted}" stands over columns ${list}. Say which one by its position ("position": ${(places[0] ?? 0) + 1}).`, { path: `${at}.header` })
    }
    const [place] = places
    if (place !== undefined) return place
  }
  const nearest = closest(wanted, columns)
  throw new Fault('unknown-column', `The file has no column "${wanted}".${nearest ? ` Did you mean "${nearest}"?` : ''}`, { path: `${at}.header` })
}
