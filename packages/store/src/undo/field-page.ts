import { planUndo } from '@longshore/core'
import type { FieldUndo, RecordChange } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { readFields } from '../records/write-fields.ts'
import { inRootRange, isOfJob, objectOf, tableIn, type UndoContext } from './undo-context.ts'
import type { RowRange } from './bin-records.ts'

/** One updated record and what undo does with its fields; `undo` is null when the record is gone for good. */
export interface RecordUndo {
  object: string
  record: string
  /** The first row of the undone job that updated it. */
  row: number
  undo: FieldUndo | null
  /** What the undone job did to the record besides; its going back is told as the record's end. */
  moved: 'delete' | 'restore' | null
}

/**
 * Works out, with core's `planUndo`, what happens to the records whose first update by the undone job came from a row of the range.
 * Records that the job made are left out: they go to the bin as they are. So are those that went back already, by `revertPlain`. Ordered by object and id.
 */
export async function planFieldPage(tx: Transaction, undo: UndoContext, range: RowRange): Promise<RecordUndo[]> {
  const history = tableIn(undo, '_change')
  const back = `p.object = '${undo.undone.object}' AND EXISTS (SELECT 1 FROM ${tableIn(undo, '_outcome')} u WHERE u.job = ${undo.job} AND u.row_number = p.row_number AND u.record = p.record)`
  const made = undo.undone.kind === 'import' ? ` AND NOT ${inRootRange(undo, 'p.record')}` : ''
  const { rows } = await tx.query<{ object: string; record: string; row: string; moved: RecordUndo['moved']; changes: RecordChange[] }>(`
    SELECT h.object, h.record, min(h.row_number) AS row,
      (SELECT b.kind FROM ${history} b WHERE b.record = h.record AND b.object = h.object AND ${isOfJob('b', '$1')} AND b.kind IN ('delete', 'restore') LIMIT 1) AS moved,
      jsonb_agg(jsonb_build_object('job', h.job, 'before', coalesce(h.before, '{}'), 'after', coalesce(h.after, '{}')) ORDER BY h.id) AS changes
    FROM (SELECT DISTINCT p.object, p.record FROM ${history} p WHERE p.job = $1 AND p.kind = 'update' AND p.row_number >= $2 AND p.row_number < $3${made} AND NOT (${back})) page
    JOIN ${history} h ON h.record = page.record AND h.object = page.object AND ${isOfJob('h', '$1')} AND h.kind = 'update'
    GROUP BY h.object, h.record HAVING min(h.row_number) >= $2 ORDER BY h.object, h.record`, [undo.undone.number, range.from, range.to])
  const planned: RecordUndo[] = []
  for (const [name, records] of Map.groupBy(rows, (row) => row.object)) {
    const object = objectOf(undo, name)
    const fields = [...new Set(records.flatMap((row) => row.changes.flatMap((change) => Object.keys(change.after))))]
    const current = await readFields(tx, undo.organization, object, fields, records.map((row) => row.record))
    for (const { record, row, moved, changes } of records) {
      const values = current.get(record)
      planned.push({ object: name, record, row: Number(row), moved, undo: values ? planUndo({ object, current: values, changes }, undo.everything) : null })
    }
  }
  return planned
}

/**
 * The next `size` row numbers, from the first at or after `from` whose row changed something in one of these ways; null when there is none.
 * Found by min() and not by OFFSET: PostgreSQL then walks the index even when it knows nothing of the table.
 */
export async function nextRows(tx: Transaction, undo: UndoContext, kinds: readonly string[], from: string, size: number): Promise<RowRange | null> {
  const { rows: [next] } = await tx.query<{ row: string | null }>(
    `SELECT min(row_number) AS row FROM ${tableIn(undo, '_change')} WHERE job = $1 AND row_number >= $2 AND kind = ANY($3)`, [undo.undone.number, from, kinds])
  return !next || next.row === null ? null : { from: next.row, to: (BigInt(next.row) + BigInt(size)).toString() }
}
