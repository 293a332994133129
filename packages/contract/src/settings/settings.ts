import { z } from 'zod'

/** What an organization has set; what is absent has its usual value. */
export const settingsSchema = z.object({
  country: z.string(), currency: z.string(), dateOrder: z.string().optional(), decimal: z.string().optional(), timeZone: z.string().optional(), binDays: z.int().optional(),
}).meta({ id: 'Settings' })
/** null takes a setting away. Each value is checked by the store. */
export const settingsPatchSchema = z.strictObject({
  country: z.string().optional(), currency: z.string().optional(), dateOrder: z.string().nullable().optional(), decimal: z.string().nullable().optional(), timeZone: z.string().nullable().optional(), binDays: z.int().nullable().optional(),
}).meta({ id: 'SettingsPatch' })

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
