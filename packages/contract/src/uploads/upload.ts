import { csvDialects, sourceFormats } from '@longshore/core'
import { z } from 'zod'

/** A file that was sent and that an import may be made of. Its id is a secret: whoever knows it may read the file. */
export const uploadSchema = z.object({ id: z.string(), name: z.string(), sizeBytes: z.int() }).meta({ id: 'Upload' })

const fileName = z.string().min(1).max(255)
export const uploadQuery = z.strictObject({
  /** What the file is called: shown to people, and looked at where its bytes leave a doubt. */
  name: fileName,
})
export const uploadParams = z.strictObject({ upload: z.string().min(1).max(120) })

/** A file that is sent in parts (tus 1.0): how far it is, and once all of it is there, what it is called as an upload. */
export const partialUploadParams = z.strictObject({ partial: z.string().regex(/^[A-Za-z0-9_-]{10,64}$/, 'is no id of an upload in parts') })
export const partialUploadSchema = z.object({ id: z.string(), name: z.string(), sizeBytes: z.int(), offset: z.int(), upload: z.string().nullable() }).meta({ id: 'PartialUpload' })

/** How the file is to be read, where the person knows better than detection. */
export const readSettingsSchema = z.strictObject({
  format: z.enum(sourceFormats).optional(), encoding: z.string().max(40).optional(), delimiter: z.string().max(1).optional(), quote: z.string().max(1).optional(),
  escape: z.enum(['doubled', 'backslash']).optional(), dialect: z.enum(csvDialects).optional(), headerRow: z.int().min(0).optional(), sheet: z.string().max(255).optional(), jsonPath: z.string().max(1000).optional(),
})

export const readingBody = z.strictObject({ name: fileName, source: readSettingsSchema.default({}) })

/** How a file is read, and its first rows. What a format has no use for is null. */
export const readingSchema = z.object({
  format: z.enum(sourceFormats), encoding: z.string().nullable(), delimiter: z.string().nullable(), lineEnd: z.string().nullable(),
  /** 0: no header. */
  headerRow: z.int(), columns: z.array(z.string()),
  sheet: z.string().nullable(), sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
  /** Where the list of records is in a JSON document. */
  jsonPath: z.string().nullable(),
  warnings: z.array(z.object({ code: z.string(), message: z.string() })),
  /** The first ones, each by the columns. */
  rows: z.array(z.array(z.string().nullable())),
  /** Of each of them the number that a spreadsheet shows: empty rows between count. */
  rowNumbers: z.array(z.int()),
}).meta({ id: 'Reading' })

export const uploadMappingBody = z.strictObject({ name: fileName, definition: z.looseObject({ object: z.string().min(1).max(80) }) })

/** What is proposed for a column of a file, and what the column holds. */
export const columnProposalSchema = z.object({
  /** From 0. */
  position: z.int(), header: z.string(),
  /** Field path, or null. */
  field: z.string().nullable(), confidence: z.number(), reason: z.string(),
  /** Used without asking. */
  applied: z.boolean(),
  /** Different values, the first ones. */
  samples: z.array(z.string()),
  /** Share of the looked-at rows that have a value, and of different values among those, 0 to 1; null where nothing was looked at. */
  filled: z.number().nullable(), distinct: z.number().nullable(),
  /** Why the check of the file would stop at the column, used as proposed, until somebody says how it is read; null: the first rows give no reason to. */
  open: z.string().nullable(),
}).meta({ id: 'ColumnProposal' })
export const uploadMappingSchema = z.object({ columns: z.array(columnProposalSchema) }).meta({ id: 'UploadMapping' })

export type Upload = z.output<typeof uploadSchema>
export type Reading = z.output<typeof readingSchema>
export type ReadSettingsInput = z.input<typeof readSettingsSchema>
export type ColumnProposal = z.output<typeof columnProposalSchema>
