import { describeFix, rangesOf } from '@longshore/core'
import type { RowFilter, RowRanges } from '@longshore/core'
import { listFixes } from '@longshore/store'
import type { Job, KeptFix } from '@longshore/store'
import type { Workspace } from '../../open-workspace.ts'
import type { RowWork } from '../rows/row-work.ts'
import { refuseWithoutFile } from '../rows/refuse-without-file.ts'
import { addFix, redoFix, undoFix, type FixChange } from './change-fixes.ts'

/** A fix in a list of changes. */
export interface ListedFix extends Omit<KeptFix, 'rows'> {
  /** What it does, in words. */
  words: string
}

export interface FixRequest {
  fix: unknown
  /** The rows that it is about, for a fix that is about rows: their numbers, or the filter that finds them now. */
  rows?: number[] | RowFilter
  by?: string
}

/** Correcting the rows of a checked job. The plan is out of date after each change, until the job is planned again. */
export interface FixWork {
  list(job: number): Promise<ListedFix[]>
  add(job: number, request: FixRequest): Promise<FixChange>
  undo(job: number, fix: number): Promise<FixChange>
  redo(job: number, fix: number): Promise<FixChange>
}

/** `read` gives a job that the one who asks may see. */
export function fixWork(workspace: Workspace, rows: RowWork, read: (job: number) => Promise<Job>): FixWork {
  const readImport = async (number: number): Promise<Job> => {
    const job = await read(number)
    refuseWithoutFile(job)
    return job
  }
  const { db, organization } = workspace
  const ranges = async (job: number, wanted: FixRequest['rows']): Promise<RowRanges | null> => {
    if (wanted === undefined) return null
    return rangesOf(Array.isArray(wanted) ? wanted.toSorted((a, b) => a - b) : await rows.rowsOf(job, wanted))
  }
  return {
    async list(number) {
      const { layout } = await readImport(number)
      const kept = await listFixes(db.reading(organization), organization, number)
      return kept.map(({ rows: about, ...fix }) => ({ ...fix, words: describeFix({ fix: fix.fix, rows: about }, layout?.columns ?? []) }))
    },
    add: async (job, { fix, rows: about, by }) => addFix(workspace, await readImport(job), { fix, rows: await ranges(job, about), by: by ?? null }),
    undo: async (job, fix) => undoFix(workspace, await readImport(job), fix),
    redo: async (job, fix) => redoFix(workspace, await readImport(job), fix),
  }
}
