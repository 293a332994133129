import { setImmediate as turn } from 'node:timers/promises'
import { compileFixes, fixedCheck, restoreMapping } from '@longshore/core'
import type { Catalog, ImportDefinition, StoredFix } from '@longshore/core'
import { decodeFormula } from '@longshore/formats'
import { replaceRows, rowsInScope } from '@longshore/store'
import type { FixScope, Job, Organization, RowToFix, Transaction } from '@longshore/store'
import { issueLine, stagedLine } from '@longshore/store/copy-text'
import type { CompiledImport } from '../import/create-import.ts'

/** Rows read and written at a time. Between two of them the process does what else it has to do. */
const batchRows = 1_000

export interface Recheck {
  organization: Organization
  job: Job
  catalog: Catalog
  /** Those that are carried out from now on. */
  fixes: readonly StoredFix[]
  /** How columns are read is another, so that rows whose cells stay as they are come out otherwise, too. */
  readings: boolean
  /** More rows than these are not checked here: `TooManyRows` is thrown, and nothing that was done is to be kept. */
  most: number
}

/** So many rows are to be checked again that the file is better read anew. */
export class TooManyRows extends Error {
  constructor() { super('too many rows to be checked one by one') }
}

/**
 * Checks the rows of the scopes again under the fixes that are now in force, and puts what comes of it in their place: by the same check
 * that reads the file, and without the file. Rows of which nothing changes are left alone. Returns how many were checked again.
 *
 * Here and not in the reading process: what makes a file dangerous is taking its bytes apart, and these cells have been through that. Starting
 * a process takes longer than checking ten thousand rows.
 */
export async function recheckRows(tx: Transaction, { organization, job, catalog, fixes, readings, most }: Recheck, scopes: readonly FixScope[]): Promise<number> {
  const { mapping: stored, settings } = job.compiled as CompiledImport
  const { check } = fixedCheck({ catalog, definition: job.definition as ImportDefinition, mapping: restoreMapping(stored, catalog), keys: stored.keys, settings: { ...settings, decodeFormula } }, fixes)
  const correct = compileFixes(fixes)
  let touched = 0
  for await (const batch of rowsInScope(tx, organization, job.number, scopes, batchRows)) {
    const rows: number[] = []
    const staged: string[] = []
    const issues: string[] = []
    for (const one of batch) {
      const { raw, by } = correct === null ? { raw: one.original, by: [] } : correct(one.original)
      if (!readings && isSame(one, raw.cells, by)) continue
      const row = check(raw)
      rows.push(one.row)
      staged.push(stagedLine(job.number, row, by.length === 0 ? { raw, keep: true } : { raw, keep: true, original: one.original, by }))
      row.issues.forEach((issue, i) => issues.push(issueLine(job.number, i, issue)))
    }
    await replaceRows(tx, organization, job.number, rows, staged, issues)
    touched += rows.length
    if (touched > most) throw new TooManyRows()
    await turn()
  }
  return touched
}

/** Whether a row stands as it would come out, by the same fixes. */
function isSame({ current, by: before }: RowToFix, cells: readonly (string | null)[], by: readonly number[]): boolean {
  return before.length === by.length && before.every((number, i) => number === by[i]) && current.cells.length === cells.length && current.cells.every((cell, i) => cell === cells[i])
}
