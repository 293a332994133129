import { hasBug, outcomes, reasons } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { writeFields } from '../records/write-fields.ts'
import type { RecordUndo } from './field-page.ts'
import { writeKeptIssues, type KeptRecord } from './kept-issues.ts'
import { objectOf, tableIn, type UndoContext } from './undo-context.ts'

/** Gives the fields of a page their former values, with changes, outcomes and the list of what is kept. */
export async function revertFields(tx: Transaction, undo: UndoContext, page: readonly RecordUndo[]): Promise<void> {
  for (const [object, records] of Map.groupBy(page, (record) => record.object)) {
    const reverted = records.filter(isReverted)
    if (reverted.length > 0) await writeValues(tx, undo, object, reverted)
    if (object === undo.undone.object) await writeOutcomes(tx, undo, records.filter(({ moved }) => moved === null))
  }
  await writeKeptIssues(tx, undo, page.flatMap(keptOf))
}

type RevertedRecord = RecordUndo & { undo: NonNullable<RecordUndo['undo']> }

export function isReverted(record: RecordUndo): record is RevertedRecord {
  return record.undo !== null && Object.keys(record.undo.to).length > 0
}

/** What of the record is kept, as a list of none or one. */
export function keptOf({ object, record, row, undo, moved }: RecordUndo): KeptRecord[] {
  // the plan of the undo says why a record that was brought back stays
  if (moved === 'restore') return []
  if (undo === null) return [{ object, record, row, fields: [], reason: 'already-gone', count: 0 }]
  return undo.kept.length === 0 ? [] : [{ object, record, row, fields: undo.kept, reason: 'edited-since', count: 0 }]
}

async function writeValues(tx: Transaction, undo: UndoContext, name: string, records: readonly RevertedRecord[]): Promise<void> {
  const { organization, catalog, job, at, by } = undo
  await writeFields(tx, {
    organization, catalog, job, at, by, asOf: null, ...(hasBug('before-image-after-update') ? { historyFrom: (write) => write.to } : {}),
  }, objectOf(undo, name), records.map(({ record, row, undo: { from, to } }) => ({ record, row, from, to })))
}

async function writeOutcomes(tx: Transaction, undo: UndoContext, records: readonly RecordUndo[]): Promise<void> {
  await tx.query(`INSERT INTO ${tableIn(undo, '_outcome')} (job, row_number, outcome, reason, record)
    SELECT $1, v.row_number, v.outcome, v.reason, v.id FROM unnest($2::bigint[], $3::smallint[], $4::smallint[], $5::bigint[]) v (row_number, outcome, reason, id)`, [
    undo.job, records.map((record) => record.row), records.map((record) => outcomes.indexOf(isReverted(record) ? 'updated' : 'skipped')),
    records.map((record) => reasons.indexOf(record.undo === null ? 'already-gone' : record.undo.kept.length > 0 ? 'edited-since' : isReverted(record) ? 'none' : 'nothing-to-change')),
    records.map((record) => record.record),
  ])
}
