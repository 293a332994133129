import type { ImportDefinition } from '../definition/import.ts'
import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import type { Catalog } from '../schema/catalog.ts'
import type { Field } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'
import { isLinkKey, linkKeyOf, partsOfLinkKey } from '../schema/link-key.ts'
import { referencePath } from '../schema/reference-path.ts'
import type { AssignedColumn } from './columns-by-hand.ts'
import { matchParts } from './match-parts.ts'
import { firstOfEachReference, type Mapping, type Target } from './mapping.ts'
import { criteriaOf, findableBy } from './propose-mapping.ts'
import { writablePath } from './writable-path.ts'

/**
 * Refuses a mapping that lacks what the import cannot do without: any column at all, the fields it matches by, the fields that every new
 * record needs, and a way to find the records that its references describe.
 */
export function refuseGaps(catalog: Catalog, definition: ImportDefinition, mapping: Mapping, byHand: AssignedColumn[]): void {
  const { object, targets } = mapping
  if (!targets.some((target) => target.column !== null || target.nameFrom)) {
    throw new Fault('nothing-mapped', `No column of the file leads to a field of ${object.name}.${withoutHeader(mapping)} Name one with --map "Header=field".`, { path: 'columns' })
  }
  const paths = new Set(targets.map((target) => target.path))
  for (const [i, criterion] of definition.match.entries()) {
    if (isLinkKey(object, criterion.join('+'))) { refuseOtherLinks(mapping, criterion, `match[${i}]`); continue }
    for (const [j, part] of criterion.entries()) for (const name of matchParts(object, [part])) refuseUnmatched(catalog, mapping, name, paths, `match[${i}][${j}]`)
  }
  for (const target of firstOfEachReference(targets)) refuseUnfindable(target, paths, byHand)
  // An upsert may well meet only existing records: there the missing field is said row by row, to those that would be created.
  if (definition.operation === 'insert') refuseMissing(mapping, object, '', paths)
  if (definition.existingReference === 'update') refuseOwnKindChanges(mapping)
  const needed = targets.find(({ reference }) => reference?.required)
  if (needed?.reference && definition.missingReference === 'blank') throw new Fault('reference-needed', `${object.pluralLabel} need their "${needed.reference.name}", so it cannot be left blank where it is missing. Use --missing-reference error or create.`, { path: 'missingReference' })
  if (definition.missingReference === 'create') for (const { object: related, reference } of firstOfEachReference(targets)) refuseMissing(mapping, related, `${referencePath({ object: related, reference }) ?? ''}.`, paths)
}

/** The readers call columns so where they find no header: then that is why nothing is mapped. */
function withoutHeader({ unmapped: [first, ...others] }: Mapping): string {
  if (first?.header !== 'Column 1' || others.some(({ header, position }) => header !== `Column ${position + 1}`)) return ''
  return ` The file seems to have no header: its columns are called "Column 1"${others.length === 0 ? '' : ` to "Column ${others.length + 1}"`}. If its first row is one, say so with --header-row 1; "longshore map" shows what the values of the columns suggest.`
}

/** A record that rows of the file describe by themselves has its values from there: two ways to change it would contradict each other. */
function refuseOwnKindChanges({ object, targets }: Mapping): void {
  const naming = criteriaOf(object).flatMap((criterion) => criterion.split('+'))
  const own = targets.find((target) => target.reference && target.object.name === object.name && target.column !== null && !naming.includes(target.field.name))
  if (!own) return
  throw new Fault('reference-own-kind', `The column "${own.header ?? ''}" (${own.path}) describes ${object.name}, which are imported here: such a record is changed by its own row, not by one that refers to it. Leave the column out with --map "${own.header ?? ''}=", or import without --existing-reference update.`, { path: 'existingReference' })
}

/** Records are matched by what they link only in the way that the object keeps a key for. */
function refuseOtherLinks({ object, targets }: Mapping, criterion: readonly string[], at: string): void {
  const kept = linkKeyOf(object)?.criterion
  if (kept === undefined || kept.split('+').sort().join('+') !== [...criterion].sort().join('+')) {
    throw new Fault('match-field-not-mapped', `${object.pluralLabel} cannot be matched by "${criterion.join('+')}", because no key is kept of it. Match by ${kept === undefined ? 'their external_id' : `"${kept}"`}.`, { path: at })
  }
  const missing = partsOfLinkKey(object, kept).references.find((name) => !targets.some((target) => target.reference?.name === name))
  if (missing !== undefined) throw new Fault('match-field-not-mapped', `Rows are to be matched by "${kept}", but no column says where "${missing}" leads. Name the columns with --map "Header=${missing}" and --map "Header=${missing}.object".`, { path: at })
}

function refuseUnmatched(catalog: Catalog, mapping: Mapping, part: string, paths: ReadonlySet<string>, at: string): void {
  const found = writablePath(catalog, mapping.object, part, at)
  if (found.reference && part.includes('.')) {
    throw new Fault('match-field-not-mapped', `Records cannot be matched by "${part}". Match by "${found.reference.name}", which means its ${found.object.referenceKey ?? found.object.nameField}.`, { path: at })
  }
  if (paths.has(found.path)) return
  throw new Fault('match-field-not-mapped', `Rows are to be matched by "${part}", but no column fills it. ${remedy(mapping, found.field, found.path, 'with')}`, { path: at })
}

function refuseUnfindable(target: Target, paths: ReadonlySet<string>, byHand: AssignedColumn[]): void {
  const { object } = target
  const through = referencePath(target)
  if (through === null || findableBy(object, `${through}.`, paths)) return
  const given = byHand.find((column) => column.to && referencePath(column.to) === through)
  const by = criteriaOf(object).map((criterion) => criterion.split('+').map((name) => `${through}.${name}`).join('+')).join(' or ')
  const message = `The columns of "${through}" cannot find a record: ${object.name} are found by ${by || 'nothing yet'}, and no column fills that. Map one with --map "Header=${by.split(' or ')[0] ?? ''}".`
  throw new Fault('reference-not-findable', message, { path: given ? `${given.at}.field` : 'columns' })
}

function refuseMissing(mapping: Mapping, object: ObjectType, prefix: string, paths: ReadonlySet<string>): void {
  for (const field of object.fields) {
    if (!field.required || field.default !== undefined || field.companionOf || paths.has(prefix + field.name)) continue
    if (field.kind === 'reference' && (prefix !== '' || mapping.targets.some((target) => target.reference?.name === field.name))) continue
    const message = `New ${object.name} need "${prefix}${field.name}", and no column fills it. ${remedy(mapping, field, prefix + field.name, 'or')}`
    throw new Fault('required-not-mapped', message, { path: 'columns' })
  }
}

function remedy(mapping: Mapping, field: Field, path: string, how: 'with' | 'or'): string {
  const header = closest(field.label, mapping.unmapped.map((column) => column.header).filter((text) => text.trim() !== '')) ?? 'Header'
  return `Name the column with --map "${header}=${path}"${how === 'or' ? `, or give every row a value with --default ${path}=…` : ''}.`
}
