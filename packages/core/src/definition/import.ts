import { z } from 'zod'
import { booleanPairs } from '../fields/boolean.ts'
import { dateForms, decimalMarks } from '../fields/column-reading.ts'
import { monthLanguages } from '../fields/day/month-names.ts'
import { isTimeZone } from '../fields/time-zone.ts'
import { csvDialects, sourceFormats } from '../ports/source-layout.ts'

export const operations = ['insert', 'update', 'upsert', 'delete', 'hard-delete'] as const
export const duplicateStrategies = ['skip', 'update', 'update-if-newer', 'create', 'flag'] as const
export const severalStrategies = ['fail', 'oldest', 'newest', 'flag'] as const
export const missingReferencePolicies = ['error', 'create', 'blank'] as const
export const existingReferencePolicies = ['leave', 'update'] as const
export const mergeRules = ['always', 'if-empty', 'if-newer', 'never', 'append'] as const
export const resultFormats = ['csv', 'json', 'ndjson', 'xlsx', 'parquet'] as const

/** Kinds of field that a column can become. */
export const newFieldKinds = ['text', 'long-text', 'email', 'phone', 'url', 'date', 'date-time', 'number', 'currency', 'percent', 'boolean', 'picklist', 'multi-select', 'tags', 'external-id'] as const
export type NewFieldKind = (typeof newFieldKinds)[number]

const fieldPath = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2}$/, 'a field is named by its API name, such as "email", "account.name" or "related_to.contacts.email"')

const countryCode = z.string().regex(/^[A-Z]{2}$/, 'a country is named by its ISO code of two capital letters, such as "DE"')
const timeZone = z.string().refine(isTimeZone, { error: 'a time zone is named as in "Europe/Berlin" or "UTC"' })

/** A change of a cell's text on its way to the field; applied in the order given, before the type is read. */
export const transformSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('trim') }),
  z.strictObject({ kind: z.literal('case'), to: z.enum(['lower', 'upper', 'title']) }),
  z.strictObject({ kind: z.literal('replace'), find: z.string().min(1), with: z.string() }),
  /** Reads a date written by a pattern of YYYY, YY, MM, M, DD, D, HH, mm, ss and literal characters, and writes it as ISO. */
  z.strictObject({ kind: z.literal('date'), format: z.string().min(1).max(40) }),
  /** Reads a number whose decimals stand after this character, and writes it with a point and no grouping. */
  z.strictObject({ kind: z.literal('number'), decimal: z.enum([',', '.']) }),
  z.strictObject({ kind: z.literal('value-map'), values: z.record(z.string(), z.string()), otherwise: z.enum(['keep', 'blank']).default('keep') }),
]).meta({ id: 'Transform' })

/** Another column of the file, by its header or by its number from 1. */
const columnRefSchema = z.union([z.string(), z.int().min(1)])

export const columnMappingSchema = z.strictObject({
  /** Header as the file has it. Where a header stands twice or is empty, `position` decides. */
  header: z.string().optional(),
  /** Column number from 1. */
  position: z.int().min(1).optional(),
  /** Field path, or null: the column is left out. Absent: its header decides, and the rest says how it is read. */
  field: fieldPath.nullable().optional(),
  /** Makes a field of the organization's own for the column when the import begins to write; what is left out is guessed from header and values. `field` is its API name. */
  create: z.strictObject({ label: z.string().trim().min(1).max(120).optional(), kind: z.enum(newFieldKinds).optional(), options: z.array(z.string().min(1)).max(1000).optional() }).optional(),
  transforms: z.array(transformSchema).optional(),
  /** Columns whose texts are joined to this one's, in order; empty ones are left out. */
  combine: z.strictObject({ with: z.array(columnRefSchema).min(1), separator: z.string().default(' ') }).optional(),
  /** Cuts the text into the fields named, in order (null: that part is left out); the last one takes the rest. `by` is what stands between; absent: the text is a place, cut into city, state and postal code. `field` is null then. */
  split: z.strictObject({ by: z.string().min(1).optional(), into: z.array(fieldPath.nullable()).min(2).max(20) }).refine(({ by, into }) => by !== undefined || into.length === 3, { error: 'a place has three parts, city, state and postal code: name three fields, or say with "by" what stands between' }).optional(),
  /** Text that an empty cell takes. */
  default: z.string().optional(),
  /** An empty cell clears the field of an existing record. */
  blankClears: z.boolean().optional(),
  merge: z.enum(mergeRules).optional(),
  /** How the column's dates are written: the order of day, month and year, or what their numbers count. */
  dates: z.enum(dateForms).optional(),
  /** Language (BCP 47) of the months' names, where a name means two of them. */
  months: z.enum(monthLanguages).optional(),
  /** The mark before the decimals of the column's numbers. */
  decimal: z.enum(decimalMarks).optional(),
  /** The letters that mean yes and no in the column, together. */
  booleans: z.enum(booleanPairs).optional(),
  /** ISO 3166 alpha-2: where the column's phone numbers are of that name no country. */
  phones: countryCode.optional(),
  /** Whether N/A, null, - and their like are empty cells. Absent: yes, but for names, references, tags, owners and long texts. */
  nullWords: z.boolean().optional(),
}).refine((column) => column.create === undefined || column.field !== null, { error: 'a column that becomes a field is not left out: "field" is the name of the new field, or absent' })
  .refine((column) => column.split === undefined || column.field === null, { error: 'a column that is split leads to the fields of "split": its "field" is null' })
  .refine((column) => column.header !== undefined || column.position !== undefined, { error: 'a column is named by "header" or by "position"' })
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
    /** Address that the file is fetched from when none is given by hand; fetched again each time. */
    url: z.string().optional(),
    /** The whole of that address where it bears a key, as the installation that fetched it keeps it; good there alone. */
    sealedUrl: z.string().optional(),
    /** Take one apostrophe off cells that our own export put there against spreadsheet formulas. */
    formulaGuard: z.boolean().optional(),
  }).prefault({}),
  /** Name of a saved mapping that says what the columns mean; what this definition says of a column or a field goes before it. */
  savedMapping: z.string().min(1).optional(),
  /** Columns by hand. Those not named are mapped by their headers, unless `autoMap` is false. */
  columns: z.array(columnMappingSchema).default([]),
  autoMap: z.boolean().default(true),
  /** How the dates of all columns are written that do not say it themselves. Absent: their values decide. */
  dates: z.enum(dateForms).optional(),
  /** The same for the mark before decimals. */
  decimal: z.enum(decimalMarks).optional(),
  /** The same for the country (ISO 3166 alpha-2) of phone numbers that name none. */
  phones: countryCode.optional(),
  /** Zone of times that name none. Absent: UTC. */
  timeZone: timeZone.optional(),
  /** Match criteria in the order in which they are tried; each is one or more field API names that must all agree. */
  match: z.array(z.array(fieldPath).min(1)).default([]),
  onDuplicate: z.enum(duplicateStrategies).default('skip'),
  onSeveral: z.enum(severalStrategies).default('fail'),
  /** A hard delete cannot be undone: it runs only when this says that it is meant. */
  confirmHardDelete: z.boolean().default(false),
  missingReference: z.enum(missingReferencePolicies).default('error'),
  /** What columns that describe a referenced record do to one that exists: nothing, or they update it by their merge rules. */
  existingReference: z.enum(existingReferencePolicies).default('leave'),
  /** A row that meets no record but a deleted one brings that back from the bin and updates it. */
  restoreBinned: z.boolean().default(false),
  /** Field path to the text it takes where a row brings none; for fields without a column, too. */
  defaults: z.record(z.string(), z.string()).default({}),
  /** Field path to merge rule, for updates. Fields without one: always. */
  merge: z.record(z.string(), z.enum(mergeRules)).default({}),
  /** E-mail of the member who owns the records of rows that bring no owner; several: handed out in turn; absent: who imports. */
  owner: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  /** Save the records that the import will change or delete as a file first. */
  backup: z.boolean().default(false),
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
export type ExistingReference = (typeof existingReferencePolicies)[number]
export type MergeRule = (typeof mergeRules)[number]
export type ResultFormat = (typeof resultFormats)[number]

/** Whether the rows of an operation name records to be taken away. */
export function takesAway(operation: Operation): boolean {
  return operation === 'delete' || operation === 'hard-delete'
}
