import { z } from 'zod'
import { csvDialects, sourceFormats } from '../ports/source-layout.ts'

export const operations = ['insert', 'update', 'upsert', 'delete', 'hard-delete'] as const
export const duplicateStrategies = ['skip', 'update', 'update-if-newer', 'create', 'flag'] as const
export const severalStrategies = ['fail', 'oldest', 'newest', 'flag'] as const
export const missingReferencePolicies = ['error', 'create', 'blank'] as const
export const mergeRules = ['always', 'if-empty', 'if-newer', 'never', 'append'] as const
export const resultFormats = ['csv', 'json', 'ndjson'] as const

const fieldPath = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$/, 'a field is named by its API name, such as "email" or "account.name"')

/** A change of a cell's text on its way to the field; applied in the order given, before the type is read. */
export const transformSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trim') }),
  z.strictObject({ kind: z.literal('case'), to: z.enum(['lower', 'upper', 'title']) }),
  z.strictObject({ kind: z.literal('value-map'), values: z.record(z.string(), z.string()), otherwise: z.enum(['keep', 'blank']).default('keep') }),
]).meta({ id: 'Transform' })

export const columnMappingSchema = z.strictObject({
  /** Header as the file has it. Where a header stands twice or is empty, `position` decides. */
  header: z.string().optional(),
  /** Column number from 1. */
  position: z.int().min(1).optional(),
  /** Field path, or null: the column is left out. */
  field: fieldPath.nullable(),
  transforms: z.array(transformSchema).optional(),
  /** Text that an empty cell takes. */
  default: z.string().optional(),
  /** An empty cell clears the field of an existing record. */
  blankClears: z.boolean().optional(),
  merge: z.enum(mergeRules).optional(),
}).refine((column) => column.header !== undefined || column.position !== undefined, { error: 'a column is named by "header" or by "position"' })
  .meta({ id: 'ColumnMapping' })

/**
 * The definition document of an import: everything that decides what an import does, apart from the file itself
 * and the schema it runs against. CLI flags are shorthand for it; every job keeps the one it ran with.
 */
export const importDefinitionSchema = z.strictObject({
  version: z.literal(1).default(1),
  kind: z.literal('import').default('import'),
  /** API name of the object, plural or singular. */
  object: z.string().min(1),
  operation: z.enum(operations).default('insert'),
  source: z.strictObject({
    format: z.enum(sourceFormats).optional(),
    encoding: z.string().optional(),
    delimiter: z.string().length(1).optional(),
    quote: z.string().length(1).optional(),
    /** How a quote inside a quoted cell is written: twice, or after a backslash. */
    escape: z.enum(['doubled', 'backslash']).optional(),
    /** Rules of another system that the text follows to the letter. */
    dialect: z.enum(csvDialects).optional(),
    /** Row number of the header; 0: the file has none. */
    headerRow: z.int().min(0).optional(),
    /** Sheet of a workbook, by its name or its number from 1; table of a web page, by its number. */
    sheet: z.string().optional(),
    /** Where the list of records is in a JSON document: `data.contacts`; '' is the document itself. */
    jsonPath: z.string().optional(),
    /** Take one apostrophe off cells that our own export put there against spreadsheet formulas. */
    formulaGuard: z.boolean().optional(),
  }).prefault({}),
  /** Columns by hand. Those not named are mapped by their headers, unless `autoMap` is false. */
  columns: z.array(columnMappingSchema).default([]),
  autoMap: z.boolean().default(true),
  /** Match criteria in the order in which they are tried; each is one or more field API names that must all agree. */
  match: z.array(z.array(fieldPath).min(1)).default([]),
  onDuplicate: z.enum(duplicateStrategies).default('skip'),
  onSeveral: z.enum(severalStrategies).default('fail'),
  missingReference: z.enum(missingReferencePolicies).default('error'),
  /** Field path to the text it takes where a row brings none; for fields without a column, too. */
  defaults: z.record(z.string(), z.string()).default({}),
  /** Field path to merge rule, for updates. Fields without one: always. */
  merge: z.record(z.string(), z.enum(mergeRules)).default({}),
  /** E-mail of the member who owns the records of rows that bring no owner; absent: who imports. */
  owner: z.string().optional(),
  /** Result files to write when the import ends; they can be had later, too. The error report is always written when a row failed. */
  results: z.strictObject({ formats: z.array(z.enum(resultFormats)).default([]) }).prefault({}),
}).meta({ id: 'ImportDefinition' })

export type ImportDefinition = z.output<typeof importDefinitionSchema>
export type ImportDefinitionInput = z.input<typeof importDefinitionSchema>
export type ColumnMapping = z.output<typeof columnMappingSchema>
export type Transform = z.output<typeof transformSchema>
export type Operation = (typeof operations)[number]
export type DuplicateStrategy = (typeof duplicateStrategies)[number]
export type SeveralStrategy = (typeof severalStrategies)[number]
export type MissingReference = (typeof missingReferencePolicies)[number]
export type MergeRule = (typeof mergeRules)[number]
export type ResultFormat = (typeof resultFormats)[number]
