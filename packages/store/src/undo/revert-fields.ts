import { hasBug, outcomes, reasons } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { storedField, type RecordUndo } from './field-page.ts'
import { writeKeptIssues, type KeptRecord } from './kept-issues.ts'
import { rekey } from '../match/rekey.ts'
import { objectOf, tableIn, type UndoContext } from './undo-context.ts'

/** Gives the fields of a page their former values, with changes, outcomes and the list of what is kept. */
export async function revertFields(tx: Transaction, undo: UndoContext, page: readonly RecordUndo[]): Promise<void> {
  for (const [object, records] of Map.groupBy(page, (record) => record.object)) {
    const reverted = records.filter(isReverted)
    if (reverted.length > 0) await writeValues(tx, undo, object, reverted)
    if (object === undo.undone.object) await writeOutcomes(tx, undo, records)
  }
  await writeKeptIssues(tx, undo, page.flatMap(keptOf))
}

type RevertedRecord = RecordUndo & { undo: NonNullable<RecordUndo['undo']> }

export function isReverted(record: RecordUndo): record is RevertedRecord {
  return record.undo !== null && Object.keys(record.undo.to).length > 0
}

/** What of the record is kept, as a list of none or one. */
export function keptOf({ object, record, row, undo }: RecordUndo): KeptRecord[] {
  if (undo === null) return [{ object, record, row, fields: [], reason: 'already-gone', count: 0 }]
  return undo.kept.length === 0 ? [] : [{ object, record, row, fields: undo.kept, reason: 'edited-since', count: 0 }]
}

/** Every record takes only its own fields of those that the page changes; values are cast as the metadata says. */
async function writeValues(tx: Transaction, undo: UndoContext, name: string, records: readonly RevertedRecord[]): Promise<void> {
  const object = objectOf(undo, name)
  const fields = new Set(records.flatMap((record) => Object.keys(record.undo.to)))
  const sets = [...fields].flatMap((field, i) => {
    const stored = storedField(object, field)
    const column = quoteIdentifier(stored?.column ?? field)
    return stored ? [`${column} = CASE WHEN v.after ? $${i + 3}::text THEN (v.after ->> $${i + 3}::text)::${stored.type} ELSE o.${column} END`] : []
  })
  const ids = records.map((record) => record.record)
  const after = records.map((record) => JSON.stringify(record.undo.to))
  await tx.query(`UPDATE ${tableIn(undo, name)} o SET ${sets.join(', ')} FROM unnest($1::bigint[], $2::jsonb[]) v (id, after) WHERE o.id = v.id`, [ids, after, ...fields])
  await rekey(tx, undo.organization, undo.catalog, object, fields, ids)
  const before = hasBug('before-image-after-update') ? after : records.map((record) => JSON.stringify(record.undo.from))
  await tx.query(`INSERT INTO ${tableIn(undo, '_change')} (object, record, job, row_number, kind, before, after, at, by)
    SELECT $1, v.id, $2, v.row_number, 'update', v.before, v.after, $3::timestamptz, $4::integer
    FROM unnest($5::bigint[], $6::bigint[], $7::jsonb[], $8::jsonb[]) v (id, row_number, before, after)`,
    [name, undo.job, undo.at, undo.by, ids, records.map((record) => record.row), before, after])
}

async function writeOutcomes(tx: Transaction, undo: UndoContext, records: readonly RecordUndo[]): Promise<void> {
  await tx.query(`INSERT INTO ${tableIn(undo, '_outcome')} (job, row_number, outcome, reason, record)
    SELECT $1, v.row_number, v.outcome, v.reason, v.id FROM unnest($2::bigint[], $3::smallint[], $4::smallint[], $5::bigint[]) v (row_number, outcome, reason, id)`, [
    undo.job, records.map((record) => record.row), records.map((record) => outcomes.indexOf(isReverted(record) ? 'updated' : 'skipped')),
    records.map((record) => reasons.indexOf(record.undo === null ? 'already-gone' : record.undo.kept.length > 0 ? 'edited-since' : isReverted(record) ? 'none' : 'nothing-to-change')),
    records.map((record) => record.record),
  ])
}
