import { parseImportDefinition } from '../definition/parse.ts'
import { closest } from '../issues/closest.ts'
import { Fault } from '../issues/fault.ts'
import { compileMapping } from '../map/compile-mapping.ts'
import { proposeMapping } from '../map/propose-mapping.ts'
import { isBareReference, waysOfColumn } from '../map/ways-of-reference.ts'
import { writablePath } from '../map/writable-path.ts'
import { findObject, targetsOf, type Catalog, type FieldPath } from '../schema/catalog.ts'
import type { Field } from '../schema/field.ts'
import type { ObjectType } from '../schema/object.ts'
import { pointsToSeveral } from '../schema/reference-path.ts'
import { planKeys } from '../match/plan-keys.ts'
import { compileValidation } from '../validate/compile-validation.ts'
import type { CheckSettings } from '../validate/check-settings.ts'
import { exampleOf } from './example-value.ts'

/** One column of an import template. */
export interface TemplateColumn {
  /** What stands over the column; read back, it leads to `path`. */
  header: string
  path: string
  kind: Field['kind']
  required: boolean
  /** What the column takes, in words: options of a picklist, how a date is written. */
  takes: string
  /** The values to choose from, where there are only these. */
  choices?: string[]
  /** A value that the field takes; empty where none can be made up. */
  example: string
}

/** A blank file to fill in. */
export interface ImportTemplate { object: string; columns: TemplateColumn[] }

export interface TemplateWish {
  catalog: Catalog
  object: string
  /** Paths in the order of the columns; absent: every field that a person fills, and of each related record what finds it. */
  fields?: readonly string[]
  settings: CheckSettings
}

/**
 * The columns of a file that fills an object, with an example row. Headers are the labels of the fields wherever these lead back to them, else
 * the API names; the example row is checked by the check of an import, and a value that it does not take is left out. Throws a Fault for an
 * object or field that there is not.
 */
export function importTemplate({ catalog, object: name, fields, settings }: TemplateWish): ImportTemplate {
  const object = findObject(catalog, name)
  if (!object) {
    const nearest = closest(name, catalog.objects.map((one) => one.name))
    throw new Fault('unknown-object', `There is no object "${name}".${nearest ? ` Did you mean "${nearest}"?` : ''} There are: ${catalog.objects.map((one) => one.name).join(', ')}.`, { path: 'object' })
  }
  const paths = fields === undefined ? usualPaths(catalog, object) : named(catalog, object, fields)
  const headers = headersFor(catalog, object, paths)
  const columns = paths.map((path, i): TemplateColumn => ({
    header: headers[i] ?? path.path, path: path.path, kind: path.field.kind, required: path.reference === null && path.field.required === true && path.field.default === undefined,
    takes: takesOf(object, path.field), ...choicesOf(object, path.field), example: path.reference !== null && path.object.name === object.name ? '' : exampleOf(object, isBareReference(path) ? waysOfColumn(catalog, object, path)[0] ?? path : path),
  }))
  return { object: object.name, columns: withGoodExamples(catalog, object, columns, settings) }
}

/** What a person fills: no audit times, which take a right of their own, no full name beside its parts, and what finds the record behind each reference. */
function usualPaths(catalog: Catalog, object: ObjectType): FieldPath[] {
  return object.fields.flatMap((field) => {
    if (field.companionOf !== undefined || field.audit || field.virtual !== undefined) return []
    // which record, and of which object
    if (pointsToSeveral(field)) return [field.name, `${field.name}.object`].map((path) => writablePath(catalog, object, path, 'fields'))
    const [target] = field.kind === 'reference' ? targetsOf(catalog, field) : []
    if (field.kind === 'reference' && !target?.referenceKey) return []
    return (target?.referenceKey?.split('+') ?? [null]).map((key) => writablePath(catalog, object, key === null ? field.name : `${field.name}.${key}`, 'fields'))
  })
}

function named(catalog: Catalog, object: ObjectType, fields: readonly string[]): FieldPath[] {
  const paths = fields.map((path, i) => writablePath(catalog, object, path, `fields[${i}]`))
  const twice = paths.find(({ path }, i) => paths.findIndex((other) => other.path === path) < i)
  if (twice) throw new Fault('field-mapped-twice', `The field "${twice.path}" is named twice. A template has one column for each field.`, { path: 'fields' })
  return paths
}

/** Labels first, API names where a label, among all the others, would not lead back to its field. */
function headersFor(catalog: Catalog, object: ObjectType, paths: readonly FieldPath[]): string[] {
  const choices = paths.map(({ path, field, reference, object: of }) => [reference === null ? field.label : of.nameField === field.name ? reference.label : `${reference.label} ${field.label}`, path])
  const taken = choices.map(() => 0)
  const header = (i: number): string => choices[i]?.[taken[i] ?? 0] ?? paths[i]?.path ?? ''
  for (let round = 0; round <= paths.length; round++) {
    const headers = choices.map((_, i) => header(i))
    const proposals = proposeMapping({ catalog, object, columns: headers })
    const astray = paths.flatMap(({ path }, i) => (taken[i] === 0 && (proposals[i]?.field !== path || proposals[i]?.applied !== true || headers.indexOf(headers[i] ?? '') !== headers.lastIndexOf(headers[i] ?? '')) ? [i] : []))
    if (astray.length === 0) return headers
    for (const i of astray) taken[i] = 1
  }
  return paths.map(({ path }) => path)
}

/** The columns without the examples that a check of the row would refuse or doubt: a rule of the organization may ask for what nobody can make up. */
function withGoodExamples(catalog: Catalog, object: ObjectType, columns: TemplateColumn[], settings: CheckSettings): TemplateColumn[] {
  const definition = parseImportDefinition({ object: object.name, autoMap: false, operation: 'upsert', columns: columns.map(({ path }, i) => ({ position: i + 1, field: path })) })
  const mapping = compileMapping({ catalog, definition, columns: columns.map(({ header }) => header) })
  const check = compileValidation({ definition, mapping, keys: planKeys({ catalog, mapping, definition }), settings })
  const { issues } = check({ row: 2, cells: columns.map(({ example }) => example) })
  const refused = new Set(issues.map(({ field }) => field))
  return columns.map((column) => (refused.has(column.path) && !column.required ? { ...column, example: '' } : column))
}

const formats: Partial<Record<Field['kind'], string>> = {
  date: 'a date, as in 2026-01-31', 'date-time': 'a date with a time, as in 2026-01-31T09:30:00Z', number: 'a number, as in 1250.5', currency: 'an amount, as in 1250.50', percent: 'a percentage, as in 25', boolean: 'true or false',
  email: 'an e-mail address', phone: 'a telephone number, best with its country, as in +1 415 555 0132', url: 'a web address', tags: 'words, separated by ;', owner: 'the e-mail address of a user', 'external-id': 'the number of the record in another system',
  'long-text': 'a text of any length', reference: 'what finds a record: its e-mail address, name or number',
}
const mostOptions = 12

function takesOf(object: ObjectType, field: Field): string {
  const options = optionsOf(object, field)
  if (options.length === 0) return formats[field.kind] ?? `a text of up to ${field.maxLength ?? 255} characters`
  const shown = [...new Set(options)].slice(0, mostOptions)
  return `${field.kind === 'multi-select' ? 'some of, separated by ;' : 'one of'}: ${shown.join(', ')}${options.length > shown.length ? `, and ${options.length - shown.length} more` : ''}`
}

function choicesOf(object: ObjectType, field: Field): Pick<TemplateColumn, 'choices'> {
  const options = optionsOf(object, field)
  return field.kind === 'picklist' && options.length > 0 ? { choices: [...new Set(options)] } : {}
}

function optionsOf(object: ObjectType, field: Field): string[] {
  if (field.name === 'stage' && object.pipelines) return object.pipelines.flatMap(({ stages }) => stages.map(({ name }) => name))
  return (field.options ?? []).filter(({ active }) => active !== false).map(({ value }) => value)
}
