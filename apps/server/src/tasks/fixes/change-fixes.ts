import { Fault, countRanges, failpoint, isAboutRows, parseFix, restoreMapping } from '@longshore/core'
import type { Catalog, Fix, RowRanges, StoredFix } from '@longshore/core'
import { insertFix, listFixes, loadCatalog, lockForFix, noteFixes, plannedCatalog, readJob, setLeftOut, setUndone } from '@longshore/store'
import type { FixScope, Job, KeptFix, Organization, Transaction } from '@longshore/store'
import { demandRight } from '../../actor.ts'
import type { Workspace } from '../../open-workspace.ts'
import type { CompiledImport } from '../import/create-import.ts'
import { recheckRows, TooManyRows } from './recheck-rows.ts'
import { refuseMissingRows, refuseOverwriting, refuseTriedRows } from './refuse-overwriting.ts'

/**
 * Rows that are checked again within a change. More of them are faster read from the file by the readers of files; the job is checking
 * meanwhile. LONGSHORE_RECHECK_ROWS sets another number, for tests; -1: the file is always read anew.
 */
const usualMost = 50_000

/** What a change of fixes did. */
export interface FixChange {
  number: number
  /** Rows that were checked again or left out; null: all of them are to be checked again from the file, and the job waits for it. */
  touched: number | null
}

export interface FixWish {
  fix: unknown
  /** The rows that it is about, for a fix that is about rows. */
  rows: RowRanges | null
  /** Who makes it, as others are told. */
  by: string | null
}

/** Makes a fix and carries it out. All of it or nothing, whatever ends the process. */
export async function addFix(workspace: Workspace, found: Job, wish: FixWish): Promise<FixChange> {
  const job = found.number
  const fix = parseFix(wish.fix, found.layout?.columns.length ?? 0)
  refuseWrongDates(found, fix, await workspace.catalog())
  if (isAboutRows(fix.kind) !== (wish.rows !== null)) throw new Fault('fix.invalid', wish.rows === null ? `The fix "${fix.kind}" is about rows: say which.` : `The fix "${fix.kind}" is decided by texts: it takes no rows.`, { path: 'rows' })
  if (wish.rows?.length === 0) throw new Fault('fix.no-rows', `There are no such rows in job ${job}: nothing was changed.`, { path: 'rows' })
  return change(workspace, found, async (tx, organization, kept) => {
    if (fix.kind === 'edit') await refuseOverwriting(tx, organization, job, fix, kept)
    if (wish.rows !== null) {
      await refuseMissingRows(tx, organization, job, wish.rows)
      await refuseTriedRows(tx, organization, job, wish.rows)
    }
    const made: StoredFix = { number: (kept.at(-1)?.number ?? 0) + 1, fix, rows: wish.rows }
    return { number: made.number, changed: made, active: [...active(kept), made], scopes: scopesOf(made, 'new'), keep: (touched) => insertFix(tx, organization, job, { ...made, touched, by: wish.by }) }
  })
}

/** Takes a fix back, whichever it is of those that stand; the others stay as if it had never been. */
export function undoFix(workspace: Workspace, job: Job, number: number): Promise<FixChange> {
  return change(workspace, job, (tx, organization, kept) => {
    const found = fixOf(job.number, kept, number)
    if (found.undone) throw new Fault('fix.state', `Fix ${number} of job ${job.number} is undone already.`)
    return { number, changed: found, active: active(kept).filter((one) => one.number !== number), scopes: scopesOf(found, 'undo'), keep: (touched) => setUndone(tx, organization, job.number, number, true, touched) }
  })
}

/** Brings an undone fix back to its place among the others. */
export function redoFix(workspace: Workspace, job: Job, number: number): Promise<FixChange> {
  return change(workspace, job, (tx, organization, kept) => {
    const found = fixOf(job.number, kept, number)
    if (!found.undone) throw new Fault('fix.state', `Fix ${number} of job ${job.number} is not undone.`)
    return { number, changed: found, active: active(kept.map((one) => (one.number === number ? { ...one, undone: false } : one))), scopes: scopesOf(found, 'redo'), keep: (touched) => setUndone(tx, organization, job.number, number, false, touched) }
  })
}

interface PlannedChange {
  number: number
  changed: StoredFix
  /** The fixes that are in force afterwards. */
  active: StoredFix[]
  /** Where rows may come out otherwise. */
  scopes: FixScope[]
  keep(touched: number): Promise<void>
}

type PlanChange = (tx: Transaction, organization: Organization, kept: readonly KeptFix[]) => PlannedChange | Promise<PlannedChange>

async function change(workspace: Workspace, { number, object }: Job, plan: PlanChange): Promise<FixChange> {
  const { db, organization } = workspace
  demandRight(workspace.actor, 'import', object)
  // all of it, whoever corrects: a row comes out the same for everybody
  const catalog = await db.transaction(organization, (tx) => loadCatalog(tx, organization), { readOnly: true })
  const carryOut = (whole: boolean): Promise<FixChange> => db.transaction(organization, async (tx) => {
    await lockForFix(tx, organization, number)
    // read under the lock: another editor may just have changed it
    const job = await readJob(tx, organization, number)
    const { changed, active: fixes, scopes, keep, ...made } = await plan(tx, organization, await listFixes(tx, organization, number))
    let touched: number
    if (changed.fix.kind === 'leave-out') touched = await setLeftOut(tx, organization, number, fixes.flatMap(({ fix, rows }) => (fix.kind === 'leave-out' && rows !== null ? [rows] : [])))
    else if (whole) touched = job.rows ?? 0
    else if (scopes.some((scope) => scope.kind === 'rows' && countRanges(scope.rows) > Math.max(mostRows(), 0))) throw new TooManyRows()
    else touched = await recheckRows(tx, { organization, job, catalog: withNewFields(catalog, job), fixes, readings: changed.fix.kind === 'read-dates', most: mostRows() }, scopes)
    await failpoint('fix.after-rows')
    await keep(touched)
    await tx.query('RESET ROLE') // the job is the system's; told in the same transaction
    await noteFixes(tx, organization, number, whole)
    await failpoint('fix.before-commit')
    return { number: made.number, touched: whole ? null : touched }
  }, { settings: { lock_timeout: '20s' } })
  try {
    return await carryOut(false)
  } catch (error) {
    if (!(error instanceof TooManyRows)) throw error
    return carryOut(true)
  }
}

/** A dry run is checked with the fields that it will make. */
function withNewFields(catalog: Catalog, job: Job): Catalog {
  const { newFields } = job.compiled as CompiledImport
  return newFields === undefined ? catalog : plannedCatalog(catalog, newFields)
}

function scopesOf({ number, fix, rows }: StoredFix, why: 'new' | 'undo' | 'redo'): FixScope[] {
  if (fix.kind === 'leave-out') return []
  if (fix.kind === 'read-dates') return [{ kind: 'filled', column: fix.column - 1 }]
  if (why === 'undo') return [{ kind: 'fix', number }]
  if (rows !== null) return [{ kind: 'rows', rows }]
  if (fix.kind === 'edit') return [{ kind: 'rows', rows: [...new Set(fix.cells.map(({ row }) => row))].sort((a, b) => a - b).map((row) => [row, row] as const) }]
  const text = fix.kind === 'replace' ? fix.find : (fix.kind === 'map-value' ? fix.from : fix.value).trim()
  const holding: FixScope = { kind: 'text', column: fix.column - 1, text }
  // at its old place it may meet what later fixes have changed
  return why === 'redo' ? [holding, { kind: 'fixed' }] : [holding]
}

function active(kept: readonly KeptFix[]): StoredFix[] {
  return kept.filter(({ undone }) => !undone).map(({ number, fix, rows }) => ({ number, fix, rows }))
}

function fixOf(job: number, kept: readonly KeptFix[], number: number): KeptFix {
  const found = kept.find((one) => one.number === number)
  if (!found) throw new Fault('fix.unknown', `Job ${job} has no fix ${number}.${kept.length === 0 ? '' : ` It has ${kept.map((one) => one.number).join(', ')}.`}`)
  return found
}

function refuseWrongDates(job: Job, fix: Fix, catalog: Catalog): void {
  if (fix.kind !== 'read-dates' || job.compiled === null) return
  const { targets } = restoreMapping((job.compiled as CompiledImport).mapping, catalog)
  if (targets.some(({ column, field }) => column === fix.column - 1 && (field.kind === 'date' || field.kind === 'date-time'))) return
  throw new Fault('fix.invalid', `Column ${fix.column} feeds no field of dates.`, { path: 'column' })
}

function mostRows(): number {
  const set = Number(process.env['LONGSHORE_RECHECK_ROWS'] || usualMost)
  return Number.isInteger(set) ? set : usualMost
}
