import { tiers } from '@longshore/core'
import { z } from 'zod'

const days = z.int().nullable().optional()
/** Null: no limit. */
const most = z.int().nullable().optional()

/** What can be set; null takes a setting away. Each value is checked by the store. */
export const settingsPatchSchema = z.strictObject({
  /** ISO 3166 alpha-2, ISO 4217. */
  country: z.string().optional(), currency: z.string().optional(),
  dateOrder: z.string().nullable().optional(), decimal: z.string().nullable().optional(), timeZone: z.string().nullable().optional(),
  /** Days that deleted records stay in the bin (30), that a job can be undone (30), that drafts nobody touches and files nobody imports are kept (as long), that history and results are kept (90), and keys nobody matches by (90). */
  binDays: days, undoDays: days, draftDays: days, historyDays: days, keyDays: days,
  /** All limits at once: the usual ones, or none. */
  preset: z.enum(['standard', 'none']).optional(),
  /** Size of a file by what it is, in MB of 1,048,576 bytes. */
  maxCsvMb: most, maxExcelMb: most, maxJsonMb: most, maxVcardMb: most, maxParquetMb: most,
  /** Rows of one import, and columns of it that go to a field. */
  maxRows: most, maxMappings: most,
  /** Imports that write at a time; more are queued. */
  maxImports: most,
  /** How many records POST /v1/bulk-import takes at once, and how often in a minute. */
  tier: z.enum(tiers).nullable().optional(),
}).meta({ id: 'SettingsPatch' })

const day = z.int().optional()
const limit = z.int().optional()

/** What an organization has set; what is absent has its usual value, and a limit that is absent is none. */
export const settingsSchema = z.object({
  country: z.string(), currency: z.string(), dateOrder: z.string().optional(), decimal: z.string().optional(), timeZone: z.string().optional(),
  binDays: day, undoDays: day, draftDays: day, historyDays: day, keyDays: day,
  maxCsvMb: limit, maxExcelMb: limit, maxJsonMb: limit, maxVcardMb: limit, maxParquetMb: limit, maxRows: limit, maxMappings: limit, maxImports: limit, tier: z.enum(tiers).optional(),
}).meta({ id: 'Settings' })

export type SettingsAnswer = z.output<typeof settingsSchema>
export type SettingsPatch = z.input<typeof settingsPatchSchema>

/** A schema document, as `longshore schema --apply` takes it. */
export const schemaChangeBody = z.strictObject({ objects: z.array(z.unknown()).max(1000) }).meta({ id: 'SchemaChange' })
/** The schema as such a document: applying it changes nothing. */
export const schemaDocumentSchema = z.object({ objects: z.array(z.record(z.string(), z.unknown())) }).meta({ id: 'SchemaDocument' })
export const schemaChangedSchema = z.object({ changes: z.array(z.string()), version: z.int() }).meta({ id: 'SchemaChanged' })

export const savedMappingsSchema = z.object({ mappings: z.array(z.object({ name: z.string(), object: z.string(), updatedAt: z.string().optional() })) }).meta({ id: 'SavedMappings' })
export const savedMappingParams = z.strictObject({ mapping: z.string().min(1).max(200) })
/** Of a job's mapping, or of a document that was downloaded. */
export const savedMappingBody = z.union([z.strictObject({ job: z.int().min(1) }), z.strictObject({ document: z.record(z.string(), z.unknown()) })]).meta({ id: 'SavedMappingBody' })
export const savedMappingSchema = z.record(z.string(), z.unknown()).meta({ id: 'SavedMapping' })
