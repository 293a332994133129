import { rowStatuses } from '@longshore/core'
import { z } from 'zod'

/** Most rows of one window. */
export const mostWindowRows = 200
const longestSearch = 1_000

/** Which rows of a checked job are wanted, in an address. All that is named must hold. */
const filterQuery = {
  status: z.enum(rowStatuses).default('all'),
  /** Code of an issue, and the field that it is at; without a field: at the row as a whole. */
  issue: z.string().max(100).optional(),
  field: z.string().max(200).optional(),
  /** Number of a column, from 1, whose cell says `value`; '' finds blank cells. */
  column: z.coerce.number().int().min(1).optional(),
  value: z.string().max(longestSearch).optional(),
  /** Anywhere in the cells, in either letter case. */
  search: z.string().max(longestSearch).optional(),
}

export const rowFilterQuery = z.strictObject(filterQuery)

export const windowQuery = z.strictObject({
  ...filterQuery,
  /** Position of the first row among those that the filter finds, from 0. */
  position: z.coerce.number().int().min(0).optional(),
  /** Instead: the first of them that is not above this row number. */
  row: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(mostWindowRows).default(mostWindowRows),
})

/** The same filter in a body. */
export const rowFilterSchema = z.strictObject({
  status: z.enum(rowStatuses).default('all'),
  issue: z.strictObject({ code: z.string().max(100), field: z.string().max(200).nullable() }).optional(),
  cell: z.strictObject({ column: z.int().min(1), value: z.string().max(longestSearch) }).optional(),
  search: z.string().max(longestSearch).optional(),
}).meta({ id: 'RowFilter' })

const text = z.string().nullable()

export const stagedRowSchema = z.object({
  row: z.int(),
  /** By column of the file, as corrected; null where the file's row is not kept. */
  cells: z.array(text).nullable(),
  /** By column, what stood there before fixes; null where none changed the row. */
  original: z.array(text).nullable(),
  /** By target (see the overview): canonical where good, the cell's text where bad, null where empty. */
  values: z.array(text),
  issues: z.array(z.object({ code: z.string(), severity: z.enum(['error', 'warning']), onCreate: z.boolean(), column: text, field: text, value: text, message: z.string() })),
  /** Numbers of the fixes that changed it. */
  fixes: z.array(z.int()),
  leftOut: z.boolean(),
  /** What will become of it; null while rows were corrected since the plan was made. `record`: the one it will be, or the one it met. */
  plan: z.object({
    outcome: z.string(), reason: z.string(), record: text,
    changes: z.record(z.string(), z.object({ from: text, to: text })).nullable(),
  }).nullable(),
}).meta({ id: 'StagedRow' })

/** `fixes`: raised by each change of the job's fixes; what was asked for under another number is out of date. */
const state = { planned: z.boolean(), fixes: z.int() }

export const rowWindowSchema = z.object({ ...state, total: z.int(), position: z.int(), rows: z.array(stagedRowSchema) }).meta({ id: 'RowWindow' })

export const rowOverviewSchema = z.object({
  ...state,
  counts: z.object({ rows: z.int(), ready: z.int(), warnings: z.int(), errors: z.int(), duplicates: z.int(), excluded: z.int(), replanned: z.int() }),
  columns: z.array(z.string()),
  /** `column`: the number, from 1, of the one that feeds it. */
  targets: z.array(z.object({ path: z.string(), label: z.string(), column: z.int().nullable() })),
}).meta({ id: 'RowOverview' })

export const rowIssueGroupsSchema = z.object({
  groups: z.array(z.object({ code: z.string(), severity: z.enum(['error', 'warning']), column: text, field: text, rows: z.int(), example: z.string(), firstRow: z.int() }).meta({ id: 'RowIssueGroup' })),
}).meta({ id: 'RowIssueGroups' })

/** `issue` and `field`: only rows that have this issue there, as the groups of issues count them. */
export const facetQuery = z.strictObject({ issue: filterQuery.issue, field: filterQuery.field, search: z.string().max(longestSearch).optional(), limit: z.coerce.number().int().min(1).max(50).default(50) })

export const facetSchema = z.object({
  values: z.array(z.object({ value: z.string(), rows: z.int() })),
  /** There are values beyond these. */
  more: z.boolean(),
  /** Counted in a part of the rows and carried over to all. */
  about: z.boolean(),
}).meta({ id: 'Facet' })

export type StagedRowAnswer = z.output<typeof stagedRowSchema>
export type RowWindowAnswer = z.output<typeof rowWindowSchema>
export type RowOverviewAnswer = z.output<typeof rowOverviewSchema>
export type RowIssueGroupsAnswer = z.output<typeof rowIssueGroupsSchema>
export type FacetAnswer = z.output<typeof facetSchema>
