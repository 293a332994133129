import type { ImportDefinition } from '../definition/import.ts'
import { Fault } from '../issues/fault.ts'
import { resolvePath, targetsOf, type Catalog, type FieldPath } from '../schema/catalog.ts'
import type { ObjectType } from '../schema/object.ts'
import type { AssignedColumn } from './columns-by-hand.ts'
import { referencePath } from '../schema/reference-path.ts'
import { firstOfEachReference, type Target } from './mapping.ts'

/** Whether a column leads to a reference by itself: which record is meant stands in it, and of which object in another column. */
export function isBareReference({ field, reference }: FieldPath): boolean {
  return reference === null && field.kind === 'reference'
}

/** What a column feeds: its field; a bare reference (`related_to`) feeds the key of each object that it may lead to, of which every row has one. */
export function waysOfColumn(catalog: Catalog, object: ObjectType, to: FieldPath): FieldPath[] {
  if (!isBareReference(to)) return [to]
  return targetsOf(catalog, to.field).flatMap((target) => {
    const way = resolvePath(catalog, object, `${to.path}.${target.name}`)
    return 'field' in way && way.reference !== null && way.field.kind !== 'reference' ? [way] : []
  })
}

/** Of columns that headers decided: one that says the record whatever its object, with one that says the object, goes before those of single objects. */
export function withoutSecondWays(columns: readonly AssignedColumn[]): AssignedColumn[] {
  const bare = columns.flatMap(({ to }) => (to && isBareReference(to) ? [to.path] : []))
  return columns.filter(({ to }) => !to?.reference || !bare.includes(to.reference.name))
}

/** Refuses a bare reference without a column or default for its object, and one beside columns of single objects. */
export function refuseUnclearWays(assigned: readonly AssignedColumn[], targets: readonly Target[]): void {
  for (const { to, header, at } of assigned) {
    if (!to || !isBareReference(to)) continue
    const example = `${to.path}.${to.field.targets?.[0] ?? ''}`
    if (!targets.some(({ path }) => path === `${to.path}.object`)) {
      throw new Fault('reference-object-unknown', `The column "${header}" says which record "${to.path}" leads to, but not of which object. Name the column that says it with --map "Header=${to.path}.object", give all rows one with --default ${to.path}.object=${to.field.targets?.[0] ?? ''}, or map the column to one object: "${example}".`, { path: `${at}.field` })
    }
    const other = assigned.find((column) => column.to?.reference?.name === to.path)
    if (other) throw new Fault('field-mapped-twice', `The columns "${header}" and "${other.header}" both say where "${to.path}" leads. Leave one out, or map it elsewhere.`, { path: `${at}.field` })
  }
}

/** So many records can a row make beside its own: three bits of their ids say which. */
const mostMade = 7
/** Five bits of where a key was first named. */
const mostWays = 31

/** Refuses a file whose columns lead to more related records than a row can have. */
export function refuseTooManyWays(targets: readonly Target[], { missingReference }: Pick<ImportDefinition, 'missingReference'>): void {
  const ways = firstOfEachReference(targets)
  const most = missingReference === 'create' ? mostMade : mostWays
  if (ways.length <= most) return
  throw new Fault('references.too-many', `Columns of one import that ${missingReference === 'create' ? 'makes missing records ' : ''}can lead to ${most} related records, and these lead to ${ways.length}: ${ways.map((way) => referencePath(way) ?? '').join(', ')}. Leave some out, and import them with the operation update afterwards.`, { path: 'columns' })
}

/** Positions in place of the marks that `TargetList` left on targets of bare references. */
export function withObjectPositions(targets: readonly Target[]): Target[] {
  return targets.map((target) => (target.onlyFor === undefined ? target : { ...target, onlyFor: targets.findIndex(({ path }) => path === `${target.reference?.name ?? ''}.object`) }))
}
