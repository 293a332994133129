import { z } from 'zod'
import { columnMappingSchema, importDefinitionSchema } from './import.ts'
import { parseDocument } from './parse.ts'

/**
 * What the columns of a kind of file mean, kept by name and given to others as JSON: which field each column fills and how its values are read
 * and changed. What is done with the records (operation, matching) is not part of it.
 */
export const savedMappingSchema = z.strictObject({
  kind: z.literal('saved-mapping').default('saved-mapping'),
  version: z.literal(1).default(1),
  name: z.string().trim().min(1).max(80),
  /** API name of the object that it leads to. */
  object: z.string().min(1),
  columns: z.array(columnMappingSchema).min(1).max(10_000),
  dates: importDefinitionSchema.shape.dates,
  decimal: importDefinitionSchema.shape.decimal,
  phones: importDefinitionSchema.shape.phones,
  timeZone: importDefinitionSchema.shape.timeZone,
  defaults: importDefinitionSchema.shape.defaults,
}).meta({ id: 'SavedMapping' })

export type SavedMapping = z.output<typeof savedMappingSchema>

/** Reads a document of a saved mapping. Throws a Fault `saved-mapping.invalid` with the path of the first thing that is off. */
export function parseSavedMapping(document: unknown): SavedMapping {
  return parseDocument(savedMappingSchema, document, { noun: 'saved mapping', code: 'saved-mapping.invalid', remedy: 'refuse', example: '{"name":"Monthly list","object":"contacts","columns":[…]}' })
}
