import { Fault, findField, findObject, printValue, restoreMapping } from '@longshore/core'
import type { ObjectType, RowCounts, RowFilter } from '@longshore/core'
import { columnFacet, isWorthSampling, issueGroups, outdatedPlan, stagedRows } from '@longshore/store'
import type { ColumnFacet, IssueGroup, Job, RowPlan, StagedRow } from '@longshore/store'
import { keptLook } from '../../kept-look.ts'
import type { Workspace } from '../../open-workspace.ts'
import type { CompiledImport } from '../import/create-import.ts'
import { planLook } from '../import/run-import-job.ts'
import { writeCorrectedReport } from '../import/write-results.ts'
import { positionOf } from './row-set.ts'
import { refuseWithoutFile } from './refuse-without-file.ts'
import { isPlanned, refuseUnchecked, rowSetsOf } from './row-sets.ts'

/** Rows of one window at most. */
export const mostWindowRows = 200
const mostFacetValues = 50
const mostGroups = 200

/** Where a window begins: at a position among the rows that the filter finds, from 0, or at the first of them that is not above a row number. */
export type WindowStart = { position: number } | { row: number }

export interface RowWindow {
  /** Rows that the filter finds. */
  total: number
  /** Position of the first one given. */
  position: number
  rows: StagedRow[]
  /** False: rows were corrected since the plan was made, and what it says of them is not told. */
  planned: boolean
  /** Number of the job's fixes: what was looked up under another number is out of date. */
  fixes: number
}

export interface RowOverview {
  counts: RowCounts
  planned: boolean
  fixes: number
  /** Headers of the file. */
  columns: string[]
  /** What `values` of a row are, in their order. */
  targets: { path: string; label: string; column: number | null }[]
}

/** Looking at the rows of a checked job. */
export interface RowWork {
  overview(job: number): Promise<RowOverview>
  window(job: number, wish: { filter: RowFilter; start: WindowStart; limit: number }): Promise<RowWindow>
  issueGroups(job: number): Promise<IssueGroup[]>
  /** What a column (from 1) holds, the most frequent values first; `issue`: in rows that have it alone. */
  facet(job: number, wish: { column: number; search?: string; issue?: { code: string; field: string | null }; limit?: number }): Promise<ColumnFacet>
  /** All rows that nobody left out, as they were corrected, in the form of an error report. What is to be refused is refused before anything is written. */
  report(job: number): Promise<{ write(target: NodeJS.WritableStream): Promise<void> }>
  /** The numbers of all rows that a filter finds. */
  rowsOf(job: number, filter: RowFilter): Promise<Uint32Array>
}

/** `read` gives a job that the one who asks may see. */
export function rowWork(workspace: Workspace, read: (job: number) => Promise<Job>): RowWork {
  const { db, organization } = workspace
  const sets = rowSetsOf(db)
  const checked = async (number: number): Promise<Job> => {
    const job = await read(number)
    refuseWithoutFile(job)
    refuseUnchecked(job)
    return job
  }
  return {
    async overview(number) {
      const job = await checked(number)
      const { targets } = restoreMapping((job.compiled as CompiledImport).mapping, await workspace.catalog())
      return {
        counts: await sets.count({ organization, job }), planned: isPlanned(job), fixes: job.fixes, columns: job.layout?.columns ?? [],
        targets: targets.map(({ path, field, column }) => ({ path, label: field.label, column: column === null ? null : column + 1 })),
      }
    },
    async window(number, { filter, start, limit }) {
      const job = await checked(number)
      refuseWithoutSource(job, filter)
      const found = await sets.find({ organization, job }, filter)
      const position = Math.min('position' in start ? start.position : positionOf(found, start.row), found.length)
      const wanted = [...found.subarray(position, position + Math.min(limit, mostWindowRows))]
      const rows = await stagedRows(db.reading(organization), organization, planLook(job), wanted)
      const catalog = await workspace.catalog()
      const { targets } = restoreMapping((job.compiled as CompiledImport).mapping, catalog)
      const shown = rows.map((row) => ({ ...row, values: row.values.map((value, i) => printValue(targets[i]?.field, value)), plan: withVisibleChanges(row.plan, findObject(catalog, job.object)) }))
      return { total: found.length, position, rows: shown, planned: isPlanned(job), fixes: job.fixes }
    },
    async issueGroups(number) {
      const job = await checked(number)
      return keptLook(workspace, 'groups', job, () => issueGroups(db.reading(organization), organization, job.number, mostGroups, isPlanned(job)))
    },
    async facet(number, { column, search = '', issue, limit = mostFacetValues }) {
      const job = await checked(number)
      refuseWithoutSource(job, { status: 'all', cell: { column, value: '' } })
      const rows = job.rows ?? 0
      // a value that somebody looks for, or that fails, may be rare: all rows are looked at
      const sampled = search === '' && issue === undefined && isWorthSampling(rows) ? { firstRow: (job.layout?.headerRow ?? 0) + 1, lastRow: job.checkpoint.lastRow ?? rows, rows } : undefined
      return db.transaction(organization, (tx) => columnFacet(tx, organization, job.number, {
        column: column - 1, search: search === '' ? null : search, limit: Math.min(limit, mostFacetValues), ...(sampled === undefined ? {} : { sampled }), ...(issue === undefined ? {} : { issue }),
      }), { readOnly: true })
    },
    async report(number) {
      const job = await checked(number)
      refuseUnkept(job)
      if (job.state === 'planned' && !isPlanned(job)) throw outdatedPlan(number)
      return { write: (target) => writeCorrectedReport(workspace, job, target) }
    },
    async rowsOf(number, filter) {
      const job = await checked(number)
      refuseWithoutSource(job, filter)
      return sets.find({ organization, job }, filter)
    },
  }
}

/** What the plan changes of a record, as far as the one who asks may see its fields. */
function withVisibleChanges(plan: RowPlan, object: ObjectType | undefined): RowPlan {
  if (plan.changes === null) return plan
  return { ...plan, changes: Object.fromEntries(Object.entries(plan.changes).flatMap(([name, { from, to }]) => {
    const field = object && findField(object, name)
    return field ? [[name, { from: printValue(field, from), to: printValue(field, to) }]] : []
  })) }
}

/** What stood in the file is kept of rows that people look at before they are imported; of others only where they failed. */
function refuseWithoutSource(job: Job, { cell, search }: RowFilter): void {
  if (cell !== undefined && (cell.column < 1 || cell.column > (job.layout?.columns.length ?? 0))) throw new Fault('rows.no-column', `The file of job ${job.number} has ${job.layout?.columns.length ?? 0} columns; there is no column ${cell.column}.`, { path: 'column' })
  if (cell !== undefined || search !== undefined) refuseUnkept(job)
}

function refuseUnkept(job: Job): void {
  if (!job.reviewed) throw new Fault('rows.not-kept', `The rows of job ${job.number} are not kept as their file has them: only those of a draft or a dry run can be looked through by their cells.`)
}
