import { takesAway, type ImportDefinition, type MergeRule } from '../definition/import.ts'
import { fieldType } from '../fields/field-type.ts'
import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import { findObject, resolvePath, type Catalog, type FieldPath } from '../schema/catalog.ts'
import { isLinkKey } from '../schema/link-key.ts'
import type { ObjectType } from '../schema/object.ts'
import { matchesById, recordIdField } from '../schema/record-id.ts'
import { headerKey } from './header-key.ts'
import { refuseGaps } from './refuse-gaps.ts'
import { columnsByHand, type AssignedColumn } from './columns-by-hand.ts'
import { refuseIdleSettings, withReadings, withSettings } from './column-settings.ts'
import type { Mapping, Proposal, UnmappedColumn } from './mapping.ts'
import { matchParts } from './match-parts.ts'
import { proposeMapping, type ProposalInput } from './propose-mapping.ts'
import { refuseContradictions, refuseDateFormats, refuseNewerWithoutAge } from './refuse-contradictions.ts'
import type { ColumnProfile } from './values/column-profile.ts'
import { TargetList } from './target-list.ts'
import { isBareReference, refuseTooManyWays, refuseUnclearWays, waysOfColumn, withObjectPositions, withoutSecondWays } from './ways-of-reference.ts'
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
  const { fields } = object
  refuseContradictions(definition)
  refuseDateFormats(definition)
  const merges = mergesByPath(catalog, object.name, definition)
  const usual = usualRule(definition)
  const named = columnsByHand(catalog, object, definition, columns)
  const byHand = named.filter(({ given }) => given?.field !== undefined)
  const byId = idColumn(object, definition, columns, byHand)
  const proposals = definition.autoMap ? proposalsBeside([...byHand, ...byId], { catalog, object, columns, profiles }) : []
  const byHeader = [...byId, ...columnsOf(proposals, catalog, object)].map((column) => withSettings(column, named))
  const assigned = [...byHand, ...byHeader].sort((a, b) => a.position - b.position)

  for (const column of assigned) {
    const changed = column.to && (column.to.reference === null || definition.existingReference === 'update')
    if (column.given?.blankClears && column.to && changed && ['owner', 'created_at', 'updated_at'].includes(column.to.field.name)) {
      throw new Fault('field-not-clearable', `"${column.to.path}" is never empty: every record has one. Leave "blankClears" of the column "${column.header}" out.`, { path: `${column.at}.blankClears` })
    }
  }

  const list = new TargetList()
  for (const column of assigned) {
    for (const [index, part] of (column.parts ?? []).entries()) {
      const by = column.given?.split?.by
      if (part && isNeeded(catalog, object, definition, part)) list.addColumn(column, part, mergeOf(mergeFor(merges, part) ?? usual(part.path), part, `merge.${part.path}`), { part: { ...(by === undefined ? {} : { by }), index, last: index === (column.parts?.length ?? 0) - 1 } })
    }
  }
  for (const column of assigned) {
    if (!column.to) continue
    const merge = mergeOf(column.given?.merge ?? mergeFor(merges, column.to) ?? usual(column.to.path), column.to, `${column.at}.merge`)
    for (const way of waysOfColumn(catalog, object, column.to)) if (isNeeded(catalog, object, definition, way)) list.addColumn(column, way, merge, { bare: isBareReference(column.to) })
  }
  for (const [path, text] of Object.entries(definition.defaults)) {
    const at = `defaults.${path}`
    const found = writablePath(catalog, object, path, at)
    if (isBareReference(found)) throw new Fault('field-not-writable', `A default for "${path}" has to name the object: "${found.path}.${found.field.targets?.[0] ?? ''}".`, { path: at })
    if (found.field.virtual === 'record-id') throw new Fault('field-not-writable', `"${path}" cannot have a default: each record has its own.`, { path: at })
    if (found.field.virtual === 'full-name') throw new Fault('field-not-writable', `"${path}" cannot have a default. Give one for first_name and one for last_name.`, { path: at })
    list.addDefault(found, text, mergeFor(merges, found) ?? usual(found.path))
  }
  const targets = withReadings(withObjectPositions(list.withCompanions()), definition, named)
  refuseUnclearWays(assigned, targets)
  refuseTooManyWays(targets, definition)
  const read = new Set(targets.flatMap((target) => [target.column, target.nameFrom?.column, ...target.combine?.columns ?? []]))
  const mapping: Mapping = {
    object,
    targets,
    unmapped: columns.flatMap((header, position) => (read.has(position) ? [] : [unmappedColumn(position, header)])),
  }
  refuseGaps(catalog, definition, mapping, byHand)
  refuseIdleSettings(named, mapping, definition)
  refuseNewerWithoutAge(definition, targets, ({ path }) => byHand.find((column) => column.given?.merge && column.to?.path === path)?.at.concat('.merge') ?? `merge.${path}`)
  return mapping

  /** The text as it was typed stands in our own exports beside the value that was made of it: whoever imports the value has both. */
  function comesAlong(header: string): boolean {
    const field = fields.find(({ name }) => name === header.trim())
    return field?.companionOf !== undefined && targets.some(({ path }) => path === field.companionOf)
  }

  function unmappedColumn(position: number, header: string): UnmappedColumn {
    const proposal = proposals.find((one) => one.position === position)
    const values = profiles[position]?.sampled
    const isSaid = !definition.autoMap || byHand.some((column) => column.position === position) || comesAlong(header)
    return { position, header, ...(values !== undefined && { values }), ...(isSaid ? { byHand: true } : proposal && !proposal.applied && proposal.field !== null && { suggested: proposal.field }) }
  }
}

/** What the columns that nobody speaks of are proposed for. */
function proposalsBeside(byHand: readonly AssignedColumn[], { catalog, object, columns, profiles }: Required<Omit<ProposalInput, 'taken'>>): Proposal[] {
  const taken = {
    paths: new Set(byHand.flatMap((column) => [column.to, ...column.parts ?? []].flatMap((to) => (to ? [to.path] : [])))),
    positions: new Set(byHand.flatMap((column) => [column.position, ...column.combined ?? []])),
  }
  return proposeMapping({ catalog, object, columns, profiles, taken })
}

/** The columns whose proposals are used without asking. */
function columnsOf(proposals: readonly Proposal[], catalog: Catalog, object: ObjectType): AssignedColumn[] {
  return withoutSecondWays(proposals.flatMap(({ position, header, field, applied }) => {
    const to = field === null || !applied ? null : resolvePath(catalog, object, field)
    return to && 'field' in to ? [{ position, header, to, given: null, at: 'columns' }] : []
  }))
}

/** The column of an own export that has the ids of records, where an import matches by them. */
function idColumn(object: ObjectType, { match, autoMap }: ImportDefinition, columns: readonly string[], byHand: readonly AssignedColumn[]): AssignedColumn[] {
  if (!matchesById({ match }) || !autoMap || byHand.some(({ to }) => to?.path === recordIdField.name)) return []
  const position = columns.findIndex((header, i) => ['id', 'recordid'].includes(headerKey(header)) && !byHand.some((column) => column.position === i))
  return position < 0 ? [] : [{ position, header: columns[position] ?? '', to: { path: recordIdField.name, reference: null, object, field: recordIdField }, given: null, at: 'columns' }]
}

/** A delete looks at nothing but what it finds records by: another cell that is off is no reason to keep a record. */
function isNeeded(catalog: Catalog, object: ObjectType, { operation, match }: ImportDefinition, { path, field, reference }: FieldPath): boolean {
  if (!takesAway(operation)) return true
  const linked = match.filter((criterion) => isLinkKey(object, criterion.join('+'))).flat()
  if (linked.includes(reference?.name ?? path.replace(/\.object$/, ''))) return true
  const wanted = matchParts(object, match.flat()).flatMap((part) => { const found = resolvePath(catalog, object, part); return 'field' in found ? [found.path] : [] })
  return wanted.includes(path) || (field.virtual === 'full-name' && wanted.some((name) => name.endsWith('first_name') || name.endsWith('last_name')))
}

/**
 * The rule of fields that name none. *Update if newer* is *update* with the rule if-newer on all of them. The modified time itself
 * never goes back where any field asks for newer data.
 */
function usualRule({ onDuplicate, merge, columns }: ImportDefinition): (path: string) => MergeRule {
  const asked = onDuplicate === 'update-if-newer' || Object.values(merge).includes('if-newer') || columns.some((column) => column.merge === 'if-newer')
  return (path) => (onDuplicate === 'update-if-newer' || (asked && path === 'updated_at') ? 'if-newer' : 'always')
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

/** The rule said of a path; of a way over a reference to several objects also the one said of the reference. */
function mergeFor(merges: ReadonlyMap<string, MergeRule>, { path, reference }: FieldPath): MergeRule | undefined {
  return merges.get(path) ?? (reference === null ? undefined : merges.get(reference.name))
}

function mergeOf(rule: MergeRule | undefined, { path, field }: FieldPath, at: string): MergeRule {
  if (rule === 'append' && !fieldType(field.kind).appendable) {
    throw new Fault('cannot-append', `Nothing can be appended to "${path}": it holds one ${field.kind} value. Lists and long texts can be appended to.`, { path: at })
  }
  return rule ?? 'always'
}
