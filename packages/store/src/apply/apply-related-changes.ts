import { failpoint, makeIssue } from '@longshore/core'
import { fenced } from '../jobs/attempt.ts'
import { patchJob } from '../jobs/job.ts'
import { checkWriters } from '../jobs/writer.ts'
import { asSystem } from '../organizations/as-system.ts'
import { names } from '../plan/plan-context.ts'
import { countWarnings, writtenObjects } from '../plan/plan-import.ts'
import { changingReferences } from '../plan/related-changes.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Database, Transaction } from '../postgres/database.ts'
import { writeFields, type FieldWrite } from '../records/write-fields.ts'
import { issueLine } from '../stage/copy-text.ts'
import { attempted } from './attempted.ts'
import type { ApplyContext } from './chunk-rows.ts'

/** Records changed in one transaction. */
const batch = 1_000
/** Seq of the issue of a record that the database refused. */
const refusedSeq = 20_200

/**
 * Changes the existing records behind references as planned, in transactions of their own: after all rows, so that none is changed for rows that
 * a cancelled import never wrote, and none by two chunks at once. Returns whether all are changed, or `stop` came between. Safe to call again.
 */
export async function applyRelatedChanges(db: Database, apply: ApplyContext, watch: { stop(): boolean; changed(records: number): void }): Promise<boolean> {
  for (const [first] of changingReferences(apply)) {
    if (first === undefined) continue
    for (;;) {
      if (watch.stop()) return false
      const changed = await fenced(db, apply.attempt, (tx) => changeBatch(tx, apply, first.target))
      await failpoint('related.after-commit')
      if (changed === 0) break
      watch.changed(changed)
    }
  }
  return true
}

type PlannedWrite = FieldWrite & { row: number }

async function changeBatch(tx: Transaction, apply: ApplyContext, object: ApplyContext['mapping']['object']): Promise<number> {
  const { table } = names(apply.attempt)
  const { job } = apply.attempt
  await checkWriters(tx, apply.attempt, writtenObjects(apply))
  const { rows } = await tx.query<{ record: string; row: string; from: FieldWrite['from']; to: FieldWrite['to']; asOf: string | null }>(
    `SELECT record, row_number AS row, before AS "from", after AS "to", as_of::text AS "asOf" FROM ${table('_related_change')} WHERE job = $1 AND object = $2 AND applied IS NULL ORDER BY record LIMIT ${batch}`, [job, object.name])
  if (rows.length === 0) return 0
  const writes = rows.map((write): PlannedWrite => ({ ...write, row: Number(write.row) }))
  const hand = { organization: apply.attempt.organization, catalog: apply.catalog, job, at: apply.effectiveAt, by: Number(apply.owners[0] ?? 0) || null, asOf: null }
  const refused: PlannedWrite[] = []
  if (!await attempted(tx, () => writeFields(tx, hand, object, writes))) {
    for (const write of writes) if (!await attempted(tx, () => writeFields(tx, hand, object, [write]))) refused.push(write)
  }
  await tx.query(`UPDATE ${table('_related_change')} SET applied = NOT record = ANY($4::bigint[]) WHERE job = $1 AND object = $2 AND record = ANY($3::bigint[])`, [job, object.name, writes.map(({ record }) => record), refused.map(({ record }) => record)])
  if (refused.length > 0) await tellRefused(tx, apply, object.label.toLowerCase(), refused)
  await failpoint('related.before-commit')
  return writes.length
}

async function tellRefused(tx: Transaction, apply: ApplyContext, target: string, refused: readonly PlannedWrite[]): Promise<void> {
  const { table } = names(apply.attempt)
  const rows = [...Map.groupBy(refused, ({ row }) => row)]
  await copyLines(tx, `COPY ${table('_issue')} FROM STDIN`, rows.map(([row, [write]]) => issueLine(apply.attempt.job, refusedSeq, makeIssue(
    'reference.not-changed', { row, column: null, field: null, value: null }, { target, id: write?.record ?? '', why: 'the database refused it' }))))
  const warnings = await countWarnings(tx, apply)
  await asSystem(tx, apply.attempt.organization, () => patchJob(tx, apply.attempt.organization, apply.attempt.job, { warnings }))
}
