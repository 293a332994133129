import { z } from 'zod'
import { objectParams } from '../records/record.ts'

const path = z.string().min(1).max(200)

/** What a list of records shows, as GET /v1/objects/…/records takes it. */
export const viewSettingsSchema = z.strictObject({
  /** `field op value`; all of them hold. */
  where: z.array(z.string().min(1).max(2000)).max(100).default([]),
  /** A path; `-` before it: the other way round. Null: newest first. */
  sort: path.nullable().default(null),
  /** Paths in their order; null: the usual ones. */
  columns: z.array(path).min(1).max(200).nullable().default(null),
})

export const viewBody = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** For everybody who may read the object; sharing takes the right to write its records. */
  shared: z.boolean().default(false),
  view: viewSettingsSchema,
}).meta({ id: 'NewRecordView' })

export const viewParams = objectParams.extend({ view: z.coerce.number().int().min(1).max(2_147_483_647) })

export const recordViewSchema = z.object({
  id: z.int(), object: z.string(), name: z.string(), shared: z.boolean(),
  /** Made by the one who asks. */
  mine: z.boolean(),
  /** The one who asks may change and forget it: their own, or any shared one with the right "settings". */
  mayChange: z.boolean(),
  view: z.object({ where: z.array(z.string()), sort: z.string().nullable(), columns: z.array(z.string()).nullable() }),
  updatedAt: z.string(),
}).meta({ id: 'RecordView' })
export const recordViewsSchema = z.object({ views: z.array(recordViewSchema) }).meta({ id: 'RecordViews' })

export type RecordViewAnswer = z.output<typeof recordViewSchema>
export type NewRecordView = z.input<typeof viewBody>
