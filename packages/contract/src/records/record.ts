import { isRecordId } from '@longshore/core'
import { z } from 'zod'
import { pageOf, pageQuery } from '../paging/paging.ts'

const objectName = z.string().min(1).max(80)
const value = z.string().nullable()
export const recordId = z.string().regex(/^[1-9]\d{0,18}$/, 'is no record id: a whole number, as text').refine(isRecordId, 'is no record id: larger than any')
export const objectParams = z.strictObject({ object: objectName })
export const recordParams = objectParams.extend({ record: recordId })

/** Something that may stand in an address several times. */
const several = z.union([z.string().max(2000).transform((text) => [text]), z.array(z.string().max(2000)).max(100)])

export const recordsQuery = z.strictObject({
  ...pageQuery,
  /** `field op value`, as in `mailing_country = DE`; all of them must hold. */
  where: several.default([]),
  /** Paths separated by commas, such as `email,account.name`; absent: all. */
  fields: z.string().max(10_000).optional(),
  /** A path; `-` before it: the other way round. Absent: newest first. */
  sort: z.string().max(200).default('-id'),
  /** Count the records that the filters find, too. */
  count: z.stringbool().default(false),
})

export const searchQuery = z.strictObject({
  /** Words that all must be found; a telephone in any notation. */
  text: z.string().min(1).max(200),
  /** Of each object. */
  limit: z.coerce.number().int().min(1).max(20).default(5),
})
/** `beside`: an address or a number of the record. `unfinished`: objects with too many records to look through in the time, of which some may be missing. */
export const searchSchema = z.object({ records: z.array(z.object({ object: z.string(), id: z.string(), name: value, beside: value })), unfinished: z.array(z.string()) }).meta({ id: 'Found' })

/** The records of a list as a file: the same filters and fields. */
export const exportQuery = z.strictObject({
  where: recordsQuery.shape.where, fields: recordsQuery.shape.fields,
  format: z.enum(['csv', 'json', 'ndjson', 'xlsx', 'parquet']).default('csv'),
  /** Cells that a spreadsheet could run are made harmless; our own import takes that off again. */
  guard: z.stringbool().default(true),
})

/** Ids in one request: they are one filter. */
export const mostChosen = 4_000
/** Records that are left out of all that filters find. */
export const mostLeftOut = 50
/** Records that were chosen in a list: by their ids, or all that the filters find but a few. */
const chosen = { where: z.array(z.string().max(2000)).max(50).default([]), records: z.array(recordId).min(1).max(mostChosen).optional(), except: z.array(recordId).max(mostLeftOut).default([]) }
export const chosenExportBody = z.strictObject({ ...chosen, fields: exportQuery.shape.fields, format: exportQuery.shape.format, guard: z.boolean().default(true) }).meta({ id: 'ChosenExport' })
export const chosenChangeBody = z.strictObject({
  ...chosen,
  operation: z.enum(['update', 'delete']),
  /** Of an update: what all of them get, as texts; of a reference a record id; null clears. */
  values: z.record(z.string().min(1).max(200), z.string().max(1_000_000).nullable()).default({}),
  /** How many they were when somebody looked; if it is another number by now, nothing is done. */
  count: z.int().min(1).optional(),
}).meta({ id: 'ChosenChange' })

/** A record that is made by hand: texts as people write them. */
export const newRecordBody = z.strictObject({ values: z.record(z.string().min(1).max(200), z.string().max(1_000_000).nullable()) }).meta({ id: 'NewRecord' })

export const recordSchema = z.object({
  id: z.string(),
  /** By path, as canonical text; null: empty. */
  values: z.record(z.string(), value),
}).meta({ id: 'Record' })

const linked = z.object({ id: z.string(), name: value })
/** One record with all its fields. `links`: where its references lead; `madeBy`: the job and row that made it. */
export const recordDetailsSchema = recordSchema.extend({ links: z.array(linked.extend({ field: z.string(), object: z.string() })), madeBy: z.object({ job: z.int(), row: z.int() }) }).meta({ id: 'RecordDetails' })

/** What leads to a record: other records by their references, the newest of each first, and associations with their role. */
export const relatedSchema = z.object({
  related: z.array(z.object({ object: z.string(), field: z.string(), records: z.array(linked), more: z.boolean() })),
  associations: z.array(linked.extend({ association: z.string(), object: z.string(), role: value })),
  moreAssociations: z.boolean(),
}).meta({ id: 'Related' })

/** `count`: of the filters; `exact` is false where there are more than are counted. */
export const recordPageSchema = pageOf('RecordPage', recordSchema).extend({ count: z.object({ records: z.int(), exact: z.boolean() }).nullable() }).meta({ id: 'RecordPage' })

/** `version`: `updated_at` as it was read; if somebody changed the record since, nothing is written. */
export const recordChangeSchema = z.strictObject({ values: z.record(z.string().max(200), value), version: z.string().max(40).optional() }).meta({ id: 'RecordChange' })

export const recordHistorySchema = pageOf('RecordHistory', z.object({
  id: z.string(), kind: z.enum(['update', 'delete', 'restore', 'purge']), at: z.string(), job: z.int().nullable(), row: z.int().nullable(), by: z.int().nullable(), byName: value,
  before: z.record(z.string(), value), after: z.record(z.string(), value),
})).extend({
  /** What people call the records that references led to, by id. */
  names: z.record(z.string(), z.string()),
})

export const reviewsQuery = z.strictObject({ object: objectName.optional(), limit: pageQuery.limit })
export const binQuery = z.strictObject({ object: objectName.optional(), ...pageQuery })
export const binSchema = z.object({
  records: z.array(z.object({ object: z.string(), record: z.string(), name: value, deletedAt: z.string(), deletedBy: z.int().nullable() })),
  /** Where the next page begins; null: this is the last. */
  next: z.string().nullable(),
  /** How many there are, by object, also of those that were not asked for; with the first page alone. */
  counts: z.record(z.string(), z.int()).nullable(),
}).meta({ id: 'Bin' })
export const emptyBinBody = z.strictObject({ object: objectName.optional(), olderThanDays: z.int().min(0).max(3650) }).meta({ id: 'EmptyBin' })
/** `busy`: objects that a job was writing; their bin waits for the next time. */
export const emptiedBinSchema = z.object({ records: z.int(), busy: z.array(z.string()) }).meta({ id: 'EmptiedBin' })

/** `names`: what people call the records that its references lead to, by field. */
const side = z.object({ id: z.string(), values: z.record(z.string(), value), names: z.record(z.string(), z.string()) })
export const reviewSchema = z.object({
  id: z.string(), object: z.string(), criterion: value, job: z.int().nullable(), row: z.int().nullable(), createdAt: z.string(),
  /** The later record, which was flagged, and the one that it may be. */
  record: side, other: side,
}).meta({ id: 'Review' })
export const reviewsSchema = z.object({ reviews: z.array(reviewSchema) }).meta({ id: 'Reviews' })
export const reviewParams = z.strictObject({ review: z.string().regex(/^[1-9]\d{0,17}$/, 'is no number of a pair') })
export const mergeBody = z.strictObject({
  /** Which one stays. */
  keep: z.enum(['record', 'other']),
  /** Whose value a field takes; without: the kept one's, and the other's where that is empty. */
  values: z.record(z.string().max(200), z.enum(['record', 'other'])).default({}),
}).meta({ id: 'Merge' })

export type BinAnswer = z.output<typeof binSchema>
export type FoundAnswer = z.output<typeof searchSchema>
export type ChosenExport = z.output<typeof chosenExportBody>
export type RecordAnswer = z.output<typeof recordSchema>
export type RecordDetailsAnswer = z.output<typeof recordDetailsSchema>
export type RelatedAnswer = z.output<typeof relatedSchema>
export type RecordHistoryAnswer = z.output<typeof recordHistorySchema>
export type ReviewAnswer = z.output<typeof reviewSchema>
