import type { ColumnMapping, ImportDefinition } from '../definition/import.ts'
import { resolvePath, type Catalog } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import { columnsByHand } from './columns-by-hand.ts'
import { columnKeys } from './column-keys.ts'
import { proposeMapping, type ProposalInput } from './propose-mapping.ts'

/** Where a column leads, as somebody decided: to a field, to the parts that it is cut into, joined from others (by their keys), or nowhere. */
export interface ColumnDecision {
  /** `columnKeys` of the header. */
  key: string
  field: string | null
  split?: NonNullable<ColumnMapping['split']>
  combine?: { with: string[]; separator: string }
}

/** A decision of an earlier, finished import of the object. */
export interface RememberedColumn extends ColumnDecision {
  job: number
  /** That file had the same columns. */
  sameShape: boolean
}

/** A column that goes where somebody sent it before. */
export interface RecalledColumn { position: number; header: string; field: string | null; job: number }

/** So many files of other shapes that agree on a header are as good as one of the same shape. */
const enoughFiles = 3

/**
 * What the person decided otherwise than Longshore proposed, or than was decided before: worth remembering once the import is finished.
 * `memory` is all that is remembered of the file's headers.
 */
export function decisionsOf({ catalog, object, columns, profiles = [] }: Omit<ProposalInput, 'taken'>, definition: ImportDefinition, memory: readonly RememberedColumn[]): ColumnDecision[] {
  const said = columnsByHand(catalog, object, definition, columns).filter(({ given }) => given?.field !== undefined)
  if (said.length === 0) return []
  const keys = columnKeys(columns)
  const proposed = proposeMapping({ catalog, object, columns, profiles })
  return said.flatMap(({ position, to, given, combined }): ColumnDecision[] => {
    const key = keys[position] ?? ''
    const proposal = proposed[position]
    const field = to?.path ?? null
    if (key === '') return []
    const plain = given?.split === undefined && combined === undefined
    const asProposed = plain && field === (proposal?.applied === true ? proposal.field : null)
    if (asProposed && !memory.some((one) => one.key === key)) return []
    const others = (combined ?? []).map((at) => keys[at] ?? '')
    if (others.includes('')) return []
    return [{ key, field, ...(given?.split ? { split: given.split } : {}), ...(given?.combine ? { combine: { with: others, separator: given.combine.separator } } : {}) }]
  })
}

/**
 * The definition with what was decided in earlier imports: for a file of the same shape, or where files of several other shapes agree. What
 * the definition itself says of a column or a field goes first, then the latest decision; a field that is no more is forgotten.
 */
export function withRememberedColumns(catalog: Catalog, object: ObjectType, definition: ImportDefinition, columns: readonly string[], memory: readonly RememberedColumn[]): { definition: ImportDefinition; recalled: RecalledColumn[] } {
  const keys = columnKeys(columns)
  const byHand = columnsByHand(catalog, object, definition, columns)
  const positions = new Set(byHand.filter(({ given }) => given?.field !== undefined).flatMap(({ position, combined }) => [position, ...combined ?? []]))
  const paths = new Set(byHand.flatMap((column) => [column.to, ...column.parts ?? []].flatMap((to) => (to ? [to.path] : []))))
  const said = [...definition.columns]
  const recalled: RecalledColumn[] = []
  for (const one of memory.filter((each) => isSure(each, memory)).toSorted((a, b) => b.job - a.job)) {
    const position = keys.indexOf(one.key)
    const joined = (one.combine?.with ?? []).map((key) => keys.indexOf(key))
    const fields = [one.field, ...one.split?.into ?? []].filter((path) => path !== null)
    const resolved = fields.map((path) => pathOf(catalog, object, path))
    if (position < 0 || [position, ...joined].some((at) => at < 0 || positions.has(at))) continue
    if (resolved.some((path) => path === null || paths.has(path))) continue
    for (const at of [position, ...joined]) positions.add(at)
    for (const path of resolved) if (path !== null) paths.add(path)
    const header = columns[position] ?? ''
    const decision = { field: one.field, ...(one.split ? { split: one.split } : {}), ...(one.combine ? { combine: { with: joined.map((at) => at + 1), separator: one.combine.separator } } : {}) }
    const at = byHand.find((column) => column.position === position)
    const index = at?.given ? definition.columns.indexOf(at.given) : -1
    if (index >= 0) said[index] = { ...definition.columns[index], ...decision }
    else said.push({ header, position: position + 1, ...decision })
    recalled.push({ position, header, field: one.field ?? one.split?.into.find((path) => path !== null) ?? null, job: one.job })
  }
  return { definition: { ...definition, columns: said }, recalled: recalled.toSorted((a, b) => a.position - b.position) }
}

/** Where a column went in files of other shapes: to be shown, not to be used. */
export function hintOf(key: string, memory: readonly RememberedColumn[]): RememberedColumn | null {
  if (key === '') return null
  const found = memory.filter((one) => one.key === key && !one.sameShape && one.field !== null).toSorted((a, b) => b.job - a.job)
  return found[0] ?? null
}

function isSure(one: RememberedColumn, memory: readonly RememberedColumn[]): boolean {
  if (one.sameShape) return true
  const others = memory.filter(({ key }) => key === one.key)
  return others.length >= enoughFiles && others.every(({ field, split, combine, sameShape }) => !sameShape && field === one.field && split === undefined && combine === undefined)
}

function pathOf(catalog: Catalog, object: ObjectType, path: string): string | null {
  const found = resolvePath(catalog, object, path)
  return 'field' in found && !found.field.companionOf ? found.path : null
}
