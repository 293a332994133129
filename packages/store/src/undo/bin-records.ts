import { outcomes, reasons, recordIdsOf } from '@longshore/core'
import type { Outcome, Reason } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { isOwn, madeByRow, tableIn, type UndoContext } from './undo-context.ts'

const outcome = (name: Outcome): number => outcomes.indexOf(name)
const reason = (name: Reason): number => reasons.indexOf(name)

/** Ids from inclusive, to exclusive. */
export interface IdRange { from: string; to: string }
/** Row numbers from inclusive, to exclusive. */
export interface RowRange { from: string; to: string }

/**
 * Moves the records that the undone job made in a range of ids to the bin, but for those that the undo's plan keeps. One statement,
 * whatever their number: no record passes through here. Time in the bin counts from now, however long the undo rested. Returns how many records of the range were looked at.
 */
export async function binMade(tx: Transaction, undo: UndoContext, object: string, range: IdRange): Promise<number> {
  return bin(tx, undo, object, `SELECT id, ${madeByRow('id')} AS row_number FROM ${tableIn(undo, object)} WHERE id >= $4 AND id < $5`, range)
}

/** The same for records that the undone job had brought back. */
export async function binRestored(tx: Transaction, undo: UndoContext, object: string, range: RowRange): Promise<number> {
  return bin(tx, undo, object, changedBy(undo, object, 'restore'), range)
}

/** SQL: whether a binned record `o` lies there because of the undone job. What somebody else deleted since stays deleted, unless everything is wanted. */
export function binnedByIt(undo: UndoContext): string {
  return undo.everything ? 'true' : `o.deleted_job = ${undo.undone.number}`
}

/** Brings records back that the undone job had moved to the bin. */
export async function restoreBinned(tx: Transaction, undo: UndoContext, object: string, range: RowRange): Promise<number> {
  const table = tableIn(undo, object)
  return tx.query<{ n: string }>(`
    WITH wanted AS MATERIALIZED (${changedBy(undo, object, 'delete')}),
    state AS MATERIALIZED (SELECT w.id, w.row_number, o.id IS NULL AS purged, o.deleted_at IS NOT NULL AND ${binnedByIt(undo)} AS binned FROM wanted w LEFT JOIN ${table} o ON o.id = w.id),
    restored AS (UPDATE ${table} o SET deleted_at = NULL, deleted_job = NULL FROM state s WHERE o.id = s.id AND s.binned RETURNING o.id, s.row_number),
    changed AS (INSERT INTO ${tableIn(undo, '_change')} (object, record, job, row_number, kind, at, by)
      SELECT '${object}', id, $1::integer, row_number, 'restore', $2::timestamptz, $3::integer FROM restored ORDER BY id),
    told AS (INSERT INTO ${tableIn(undo, '_outcome')} (job, row_number, outcome, reason, record)
      SELECT $1::integer, s.row_number, CASE WHEN s.binned THEN ${outcome('created')} ELSE ${outcome('skipped')} END,
        CASE WHEN s.binned THEN ${reason('none')} WHEN s.purged THEN ${reason('already-gone')} ELSE ${reason('nothing-to-change')} END, s.id
      FROM state s WHERE ${isOwn(undo, object, 's.id')})
    SELECT count(*) AS n FROM state`, [undo.job, undo.at, undo.by, range.from, range.to]).then(counted)
}

async function bin(tx: Transaction, undo: UndoContext, object: string, wanted: string, range: IdRange | RowRange): Promise<number> {
  const table = tableIn(undo, object)
  return tx.query<{ n: string }>(`
    WITH wanted AS MATERIALIZED (${wanted}),
    state AS MATERIALIZED (SELECT w.id, w.row_number, coalesce(o.deleted_at IS NULL AND o.id IS NOT NULL, false) AS live, p.reason AS kept
      FROM wanted w LEFT JOIN ${table} o ON o.id = w.id LEFT JOIN ${tableIn(undo, '_plan')} p ON p.job = $1::integer AND p.row_number = w.id),
    binned AS (UPDATE ${table} o SET deleted_at = now(), deleted_job = $1::integer FROM state s WHERE o.id = s.id AND s.live AND s.kept IS NULL RETURNING o.id, s.row_number),
    changed AS (INSERT INTO ${tableIn(undo, '_change')} (object, record, job, row_number, kind, at, by)
      SELECT '${object}', id, $1::integer, row_number, 'delete', $2::timestamptz, $3::integer FROM binned ORDER BY id),
    told AS (INSERT INTO ${tableIn(undo, '_outcome')} (job, row_number, outcome, reason, record)
      SELECT $1::integer, s.row_number, CASE WHEN s.live AND s.kept IS NULL THEN ${outcome('deleted')} ELSE ${outcome('skipped')} END,
        CASE WHEN NOT s.live THEN ${reason('already-gone')} ELSE coalesce(s.kept, ${reason('none')}) END, s.id
      FROM state s WHERE ${isOwn(undo, object, 's.id')})
    SELECT count(*) AS n FROM state`, [undo.job, undo.at, undo.by, range.from, range.to]).then(counted)
}

function changedBy(undo: UndoContext, object: string, kind: 'delete' | 'restore'): string {
  return `SELECT record AS id, min(row_number) AS row_number FROM ${tableIn(undo, '_change')}
    WHERE job = ${undo.undone.number} AND kind = '${kind}' AND object = '${object}' AND row_number >= $4 AND row_number < $5 GROUP BY record`
}

/** Ids that the undone job can have made. */
export function madeRange(undo: UndoContext): IdRange {
  const { from, to } = recordIdsOf(undo.undone.number)
  return { from: from.toString(), to: to.toString() }
}

function counted({ rows }: { rows: { n: string }[] }): number {
  return Number(rows[0]?.n ?? 0)
}
