import { createHash } from 'node:crypto'
import { findObject, hashKey, recordId, type Catalog, type ObjectType } from '@longshore/core'
import { beginAttempt, endAttempt } from '../jobs/attempt.ts'
import { createJob } from '../jobs/job.ts'
import { loadCatalog } from '../objects/catalog-rows.ts'
import { ensureOrganization } from '../organizations/ensure-organization.ts'
import type { Organization } from '../organizations/organization.ts'
import { openTestDatabase, type TestDatabase } from '../postgres/testing.ts'
import { beginUndo } from './begin-undo.ts'
import { closeUndo } from './close-undo.ts'
import { createUndo } from './create-undo.ts'
import { storedField } from '../records/write-fields.ts'
import { previewUndo } from './preview-undo.ts'
import { undoSteps } from './run-undo.ts'
import type { UndoSettings } from './undo-chunk.ts'
import { loadUndo } from './undo-context.ts'
import { undoTotals, type UndoTotals } from './undo-totals.ts'

type Texts = Record<string, string | null>

/** A fresh organization and what tests do with it: records and changes are written as applying a plan writes them. */
export interface UndoKit {
  db: TestDatabase
  organization: Organization
  catalog: Catalog
  /** Statements for setting a scene; `org` stands for the organization's schema. */
  sql<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** Back to an organization without records and jobs. */
  clear(): Promise<void>
  newJob(): Promise<number>
  create(job: number, row: number, object: 'contacts' | 'accounts', values: Texts, slot?: number): Promise<string>
  /** `job` null: an edit by hand. */
  update(job: number | null, row: number | null, object: 'contacts' | 'accounts', record: string, values: Texts): Promise<void>
  startUndo(undone: number, everything?: boolean): Promise<number>
  /** Runs the undo in one attempt until done, or cancels it after a chunk counted from 0; an error leaves it as a killed process would. */
  run(job: number, settings?: UndoSettings, cancelAfter?: number): Promise<UndoTotals>
  undo(undone: number, options?: { everything?: boolean; settings?: UndoSettings }): Promise<UndoTotals & { job: number }>
  preview(job: number, everything?: boolean): ReturnType<typeof previewUndo>
  /** Live records of contacts and accounts, every column of theirs. */
  live(): Promise<string>
  states(): Promise<Record<number, string>>
  /** All records, and changes, outcomes and issues of the job. */
  digest(job: number): Promise<string>
}

export const moment = (minute: number): string => `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`

export async function openUndoKit(name: string): Promise<UndoKit> {
  const db = await openTestDatabase(name, { prepared: true })
  const organization = await ensureOrganization(db)
  const catalog = await db.transaction(null, (tx) => loadCatalog(tx, organization))
  let jobs = 0
  const sql: UndoKit['sql'] = (text, values) => db.transaction(null, async (tx) => (await tx.query(text.replaceAll('org.', `${organization.schema}.`), values)).rows as never)
  const kit: UndoKit = {
    db, organization, catalog, sql,
    async clear() {
      await sql('TRUNCATE org.contacts, org.accounts, org._change, org._outcome, org._plan, org._issue, org._chunk, org._writer; DELETE FROM longshore.attempt; DELETE FROM longshore.job')
      jobs = 0
    },
    async newJob() {
      const { number } = await createJob(db, organization, {
        kind: 'import', object: 'contacts', operation: 'upsert', definition: {}, state: 'done', metadataVersion: catalog.version, effectiveAt: moment(++jobs),
      })
      return number
    },
    async create(job, row, object, values, slot = 0) {
      const id = recordId(job, row, slot).toString()
      const all: Record<string, unknown> = { id, created_at: moment(job), updated_at: moment(job), ...values, ...keysFor(object, values) }
      await sql(`INSERT INTO org.${object} (${Object.keys(all).join(', ')}) VALUES (${Object.keys(all).map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(all))
      if (slot === 0) await sql('INSERT INTO org._outcome (job, row_number, outcome, reason, record) VALUES ($1, $2, 0, 0, $3)', [job, row, id])
      return id
    },
    async update(job, row, object, record, values) {
      const names = Object.keys(values)
      const [now] = await sql<{ before: Texts }>(`SELECT jsonb_build_object(${names.map((n) => `'${n}', ${storedField(objectNamed(object), n)?.read}`).join(', ')}) AS before FROM org.${object} WHERE id = $1`, [record])
      const set: Record<string, unknown> = { ...values, ...keysFor(object, values) }
      await sql(`UPDATE org.${object} SET ${Object.keys(set).map((n, i) => `${n} = $${i + 2}`).join(', ')} WHERE id = $1`, [record, ...Object.values(set)])
      await sql(`INSERT INTO org._change (object, record, job, row_number, kind, before, after, at) VALUES ($1, $2, $3, $4, 'update', $5, $6, $7)`,
        [object, record, job, row, JSON.stringify(now?.before), JSON.stringify(values), moment(job ?? 50)])
    },
    startUndo: async (undone, everything = false) => (await createUndo(db, organization, catalog, undone, { everything, effectiveAt: moment(++jobs) })).number,
    async run(job, settings, cancelAfter) {
      const undo = await db.transaction(null, (tx) => loadUndo(tx, organization, catalog, job, null))
      const attempt = await beginAttempt(db, organization, job)
      try {
        await beginUndo(db, attempt, undo)
        const steps = undoSteps(db, attempt, undo, settings)
        await steps.plan()
        for (let chunks = 0; await steps.next() !== null; chunks++) if (chunks === cancelAfter) {
          await closeUndo(db, attempt, undo, 'cancelled')
          return await db.transaction(null, (tx) => undoTotals(tx, undo))
        }
        await closeUndo(db, attempt, undo, 'done')
        return await db.transaction(null, (tx) => undoTotals(tx, undo))
      } finally { await endAttempt(db, attempt, 0) }
    },
    async undo(undone, { everything = false, settings } = {}) {
      const job = await kit.startUndo(undone, everything)
      return { ...await kit.run(job, settings), job }
    },
    preview: (job, everything = false) => previewUndo(db, organization, catalog, job, { everything, named: catalog.objects }),
    live: () => fingerprint(['contacts', 'accounts'].map((table) => `SELECT to_jsonb(t) AS r FROM org.${table} t WHERE deleted_at IS NULL ORDER BY id`)),
    states: async () => Object.fromEntries((await sql<{ number: number; state: string }>('SELECT number, state FROM longshore.job ORDER BY number')).map(({ number, state }) => [number, state])),
    digest: (job) => fingerprint([
      ...['contacts', 'accounts'].map((table) => `SELECT to_jsonb(t) - 'deleted_at' || jsonb_build_object('binned', t.deleted_at IS NOT NULL) AS r FROM org.${table} t ORDER BY id`),
      `SELECT to_jsonb(t) - 'id' AS r FROM org._change t WHERE job = ${job} ORDER BY record, id`,
      `SELECT to_jsonb(t) AS r FROM org._outcome t WHERE job = ${job} ORDER BY row_number`,
      `SELECT to_jsonb(t) AS r FROM org._issue t WHERE job = ${job} ORDER BY row_number, seq`,
    ]),
  }

  function objectNamed(name: string): ObjectType {
    const found = findObject(catalog, name)
    if (!found) throw new Error(`no object ${name}`)
    return found
  }

  async function fingerprint(queries: string[]): Promise<string> {
    const hash = createHash('sha256')
    for (const query of queries) for (const { r } of await sql<{ r: unknown }>(query)) hash.update(JSON.stringify(r))
    return hash.digest('hex')
  }
  return kit
}

/** Keys of the two rules in force, for the values given. */
function keysFor(object: string, values: Texts): Record<string, string | null> {
  const rule = object === 'contacts' ? 'email' : 'name'
  if (object !== 'contacts' || !Object.hasOwn(values, rule)) return {}
  const value = values[rule] ?? null
  return { _k1: value === null ? null : hashKey(value.toLowerCase()).toString() }
}
