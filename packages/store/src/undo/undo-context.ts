import { Fault, findObject, recordIdsOf } from '@longshore/core'
import type { Catalog, ObjectType } from '@longshore/core'
import { readJob, type Job } from '../jobs/job.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { refusePastLimit, refuseUnlessUndoable } from './refuse-undo.ts'

/** Everything that an undo needs to know, settled once. */
export interface UndoContext {
  organization: Organization
  catalog: Catalog
  /** The undo's own number; 0 in a preview. */
  job: number
  /** The job that is taken back. */
  undone: Pick<Job, 'number' | 'kind' | 'object'>
  /** The import at the beginning of a chain of undos: record ids tell which of its rows made a record. */
  root: number
  everything: boolean
  /** The one moment that the undo writes as "now"; ISO. */
  at: string
  /** Member id of who asked for it. */
  by: number | null
}

/** The context in which job `job` takes back the one that it undoes. Throws `job.unknown`, or `job.state` when it is no undo. */
export async function loadUndo(tx: Transaction, organization: Organization, catalog: Catalog, job: number, by: number | null): Promise<UndoContext> {
  const undo = await readJob(tx, organization, job)
  if (undo.undoes === null) throw new Fault('job.state', `Job ${job} is no undo: it has nothing to take back.`)
  return { ...await undoneBy(tx, organization, undo.undoes), organization, catalog, job, everything: undo.everything, at: undo.effectiveAt, by }
}

/** The context of a preview: nothing is written under its number. Throws `job.state` for what the undo itself would refuse. */
export async function loadPreview(tx: Transaction, organization: Organization, catalog: Catalog, undone: number, everything: boolean): Promise<UndoContext> {
  const job = await readJob(tx, organization, undone)
  refuseUnlessUndoable(job)
  await refusePastLimit(tx, organization, job, new Date().toISOString())
  return { ...await undoneBy(tx, organization, undone), organization, catalog, job: 0, everything, at: '-infinity', by: null }
}

async function undoneBy(tx: Transaction, organization: Organization, undone: number): Promise<Pick<UndoContext, 'undone' | 'root'>> {
  const { number, kind, object, undoes } = await readJob(tx, organization, undone)
  let root = number
  for (let next = undoes; next !== null;) {
    root = next
    next = (await readJob(tx, organization, next)).undoes
  }
  return { undone: { number, kind, object }, root }
}

export function tableIn(undo: Pick<UndoContext, 'organization'>, name: string): string {
  return `${quoteIdentifier(undo.organization.schema)}.${quoteIdentifier(name)}`
}

export function objectOf(undo: UndoContext, name: string): ObjectType {
  const object = findObject(undo.catalog, name)
  if (!object) throw new Fault('undo.object-missing', `Job ${undo.undone.number} wrote records of "${name}", which does not exist any more, so it cannot be undone.`, { remedy: 'stop' })
  return object
}

/** SQL: whether `id` belongs to the range of ids that the root job could make. */
export function inRootRange(undo: UndoContext, id: string): string {
  const { from, to } = recordIdsOf(undo.root)
  return `(${id} >= ${from} AND ${id} < ${to})`
}

/**
 * SQL: whether a change is of a job, for look-ups by record. The sum keeps PostgreSQL from reading all changes of the job once per
 * record beside the index on records, which it did before the table was analyzed (2 000 records: 15 s instead of 0.08 s).
 */
export function isOfJob(alias: string, job: string | number): string {
  return `${alias}.job + 0 = ${job}`
}

/** SQL: number of the root job's row that made the record `id`. */
export function madeByRow(id: string): string {
  return `((${id} >> 3) & 4294967295)`
}

/** SQL: whether the record `id` of `object` is a row's own, so that its end is the row's outcome; others are counted as related. */
export function isOwn(undo: UndoContext, object: string, id: string): string {
  return object === undo.undone.object ? `((${id} & 7) = 0 OR NOT ${inRootRange(undo, id)})` : 'false'
}
