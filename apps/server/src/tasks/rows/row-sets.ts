import { Fault } from '@longshore/core'
import type { RowCounts, RowFilter } from '@longshore/core'
import { rowNumbers } from '@longshore/store'
import type { Database, Job, Organization, RowQuestion } from '@longshore/store'
import { filtered } from './row-set.ts'

/** Answers that are kept, in bytes; the least used go first. */
const mostBytes = 64 * 1024 * 1024

/**
 * Which rows a filter finds, for the windows of a grid. The database is asked once for each part of a filter; every later window is a piece of
 * an array. Answers are kept in this process alone, under all that they depend on: any process can find them again.
 */
export class RowSets {
  #kept = new Map<string, Promise<Uint32Array>>()
  #bytes = 0
  #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** The row numbers that the filter finds, in their order. */
  find(of: OfJob, { status, ...more }: RowFilter): Promise<Uint32Array> {
    const filter = { status, ...more }
    return Object.values(more).every((part) => part === undefined || part === '') ? this.#ofStatus(of, status) : this.#keep(keyOf(of, filter), () => this.#compose(of, filter))
  }

  async #compose(of: OfJob, filter: RowFilter): Promise<Uint32Array> {
    let rows = await this.#ofStatus(of, filter.status)
    const planned = isPlanned(of.job)
    if (filter.issue) rows = filtered(rows, await this.#ask(of, { kind: 'issue', ...filter.issue, planned }), true)
    if (filter.cell) rows = filtered(rows, await this.#ask(of, { kind: 'cell', column: filter.cell.column - 1, value: filter.cell.value }), true)
    if (filter.search !== undefined && filter.search !== '') rows = filtered(rows, await this.#ask(of, { kind: 'search', text: filter.search }), true)
    // a person who looks for an issue looks for what is still to be done
    return filter.issue && filter.status === 'all' ? this.#without(rows, of, ['left-out']) : rows
  }

  async count(of: OfJob): Promise<RowCounts> {
    const [ready, warnings, errors, duplicates, excluded] = await Promise.all((['ready', 'warnings', 'errors', 'duplicates', 'excluded'] as const).map((status) => this.#ofStatus(of, status)))
    return { rows: of.job.rows ?? 0, ready: ready?.length ?? 0, warnings: warnings?.length ?? 0, errors: errors?.length ?? 0, duplicates: duplicates?.length ?? 0, excluded: excluded?.length ?? 0, replanned: of.job.replanned }
  }

  async #ofStatus(of: OfJob, status: RowFilter['status']): Promise<Uint32Array> {
    const planned = isPlanned(of.job)
    switch (status) {
      case 'all': return this.#all(of)
      case 'ready': return this.#composed(of, status, async () => this.#without(await this.#all(of), of, planned ? ['failing', 'skipped', 'left-out'] : ['failing', 'left-out']))
      case 'warnings': return this.#composed(of, status, async () => this.#without(await this.#ask(of, { kind: 'warned' }), of, ['left-out']))
      case 'errors': return this.#composed(of, status, async () => this.#without(await this.#ask(of, { kind: 'failing', planned }), of, ['left-out']))
      // what a plan said of a row that was corrected since says nothing
      case 'duplicates': return planned ? this.#ask(of, { kind: 'duplicate' }) : new Uint32Array()
      case 'excluded': return this.#ask(of, { kind: 'left-out' })
      case 'replanned': return this.#ask(of, { kind: 'replanned' })
    }
  }

  /** What is put together of answers is kept beside them; an answer that stands for a status by itself is kept as that alone. */
  #composed(of: OfJob, status: RowFilter['status'], find: () => Promise<Uint32Array>): Promise<Uint32Array> {
    return this.#keep(keyOf(of, { status }), find)
  }

  /** A file without empty records has the rows from its header to its end: nobody needs to be asked. */
  async #all(of: OfJob): Promise<Uint32Array> {
    const { layout, checkpoint, rows } = of.job
    const first = (layout?.headerRow ?? 0) + 1
    const last = checkpoint.lastRow ?? 0
    if (rows !== last - first + 1) return this.#ask(of, { kind: 'all' })
    return this.#keep(keyOf(of, { kind: 'all' }), () => Promise.resolve(Uint32Array.from({ length: last - first + 1 }, (_, i) => first + i)))
  }

  async #without(rows: Uint32Array, of: OfJob, kinds: ('failing' | 'skipped' | 'left-out')[]): Promise<Uint32Array> {
    let left = rows
    for (const kind of kinds) left = filtered(left, await this.#ask(of, kind === 'failing' ? { kind, planned: isPlanned(of.job) } : { kind }), false)
    return left
  }

  #ask(of: OfJob, question: RowQuestion): Promise<Uint32Array> {
    return this.#keep(keyOf(of, question), () => this.#db.transaction(of.organization, (tx) => rowNumbers(tx, of.organization, of.job.number, question), { readOnly: true }))
  }

  async #keep(key: string, find: () => Promise<Uint32Array>): Promise<Uint32Array> {
    const known = this.#kept.get(key)
    if (known) {
      this.#kept.delete(key)
      this.#kept.set(key, known)
      return known
    }
    const asked = find()
    this.#kept.set(key, asked)
    try {
      this.#bytes += (await asked).byteLength
    } catch (error) {
      this.#kept.delete(key)
      throw error
    }
    for (const [oldest, rows] of this.#kept) {
      if (this.#bytes <= mostBytes || oldest === key) break
      this.#kept.delete(oldest)
      this.#bytes -= (await rows.catch(() => new Uint32Array())).byteLength
    }
    return asked
  }
}

/** A job, and on whose behalf its rows are looked at. */
export interface OfJob { organization: Organization; job: Job }

const ofDatabase = new WeakMap<Database, RowSets>()

/** The answers that this process has, whoever asked. */
export function rowSetsOf(db: Database): RowSets {
  const known = ofDatabase.get(db) ?? new RowSets(db)
  ofDatabase.set(db, known)
  return known
}

/** Whether the plan of the job's rows is up to date. */
export function isPlanned(job: Job): boolean {
  return job.checkpoint.planned === true
}

/** A Fault `rows.not-checked` while there is nothing to be looked at. */
export function refuseUnchecked(job: Job): void {
  if (job.kind !== 'import') throw new Fault('rows.not-checked', `Job ${job.number} is no import: it has no rows of a file.`)
  if (job.state === 'draft' || !job.checkpoint.staged) throw new Fault('rows.not-checked', `The rows of job ${job.number} are not checked yet.`, { remedy: 'retry' })
}

/** All that an answer depends on. */
function keyOf({ organization, job: { number, attempt, fixes, replanned, checkpoint } }: OfJob, question: RowQuestion | RowFilter): string {
  return JSON.stringify([organization.id, number, attempt, fixes, replanned, checkpoint.planned ?? false, question])
}
