import { editedSince, recordIdsOf, reasons, undoOrder } from '@longshore/core'
import type { RecordChange } from '@longshore/core'
import { objectColumnOf } from '../objects/column.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { inRootRange, isOfJob, objectOf, tableIn, type UndoContext } from './undo-context.ts'
import { madeObjects } from './written-objects.ts'

/** Records whose history is read at a time. */
const historyBatch = 1_000

/**
 * Finds the records that have to stay out of the bin, into `pg_temp.kept` (object, record, reason, level, detail): those that others
 * edited since, those that live records refer to which do not go themselves, and those that a kept record refers to, however
 * far away. Empty when `everything` is wanted. Reads only.
 */
export async function findKept(tx: Transaction, undo: UndoContext): Promise<void> {
  await tx.query(`CREATE TEMPORARY TABLE kept (record bigint PRIMARY KEY, object text NOT NULL, reason smallint NOT NULL, level smallint NOT NULL, detail jsonb NOT NULL) ON COMMIT DROP`)
  if (undo.everything) return
  const objects = await leavingObjects(tx, undo)
  if (objects.length === 0) return
  await keepEdited(tx, undo)
  const links = linksInto(undo, objects)
  for (const link of links) await keepReferred(tx, undo, link)
  for (let level = 1; ; level++) {
    let added = 0
    for (const link of links.filter(({ from }) => objects.includes(from))) added += await keepReferredByKept(tx, undo, link, level)
    if (added === 0) return
  }
}

/** Objects with records that go to the bin: made by the job, or brought back by it. */
async function leavingObjects(tx: Transaction, undo: UndoContext): Promise<string[]> {
  const { rows } = await tx.query<{ object: string }>(`SELECT DISTINCT object FROM ${tableIn(undo, '_change')} WHERE job = $1 AND kind = 'restore'`, [undo.undone.number])
  return undoOrder(undo.catalog, [...new Set([...await madeObjects(tx, undo), ...rows.map((row) => row.object)])])
}

/**
 * SQL: whether the record `id` goes to the bin unless it is kept. What an undo brought back counts only where the root job made it: a record
 * that was deleted and not made was in use before, so references to it say nothing.
 */
function leaves(undo: UndoContext, id: string): string {
  return undo.undone.kind === 'import' ? inRootRange(undo, id)
    : `(${inRootRange(undo, id)} AND EXISTS (SELECT 1 FROM ${tableIn(undo, '_change')} b WHERE b.record = ${id} AND ${isOfJob('b', undo.undone.number)} AND b.kind = 'restore'))`
}

interface History { object: string; record: string; changes: RecordChange[] }

async function keepEdited(tx: Transaction, undo: UndoContext): Promise<void> {
  const { from, to } = recordIdsOf(undo.undone.number)
  const history = tableIn(undo, '_change')
  const entry = `jsonb_agg(jsonb_build_object('job', h.job, 'before', coalesce(h.before, '{}'), 'after', coalesce(h.after, '{}')) ORDER BY h.id) AS changes`
  const others = `HAVING bool_or(h.job IS DISTINCT FROM ${undo.undone.number})`
  const madeByIt = `SELECT h.object, h.record, ${entry} FROM ${history} h WHERE h.kind = 'update' AND h.record > $1 AND h.record >= ${from} AND h.record < ${to}
    GROUP BY h.record, h.object ${others} ORDER BY h.record LIMIT ${historyBatch}`
  const broughtBack = `SELECT h.object, h.record, ${entry} FROM ${history} b JOIN ${history} h ON h.record = b.record AND h.object = b.object AND h.id > b.id AND h.kind = 'update' AND h.job IS DISTINCT FROM ${undo.job}
    WHERE b.job = ${undo.undone.number} AND b.kind = 'restore' AND b.record > $1 GROUP BY h.record, h.object ${others} ORDER BY h.record LIMIT ${historyBatch}`
  if (undo.undone.kind === 'import') await keepEditedOf(tx, undo, madeByIt)
  await keepEditedOf(tx, undo, broughtBack)
}

/** `sql`: records and their changes since, beyond the record $1. */
async function keepEditedOf(tx: Transaction, undo: UndoContext, sql: string): Promise<void> {
  for (let after = '-1'; ;) {
    const { rows } = await tx.query<History>(sql, [after])
    for (const [object, edited] of Map.groupBy(rows, (row) => row.object)) {
      const kept = edited.map((row) => ({ record: row.record, fields: editedSince(objectOf(undo, object), undo.undone.number, row.changes) })).filter(({ fields }) => fields.length > 0)
      await tx.query(`INSERT INTO pg_temp.kept SELECT v.record, $1, ${reasons.indexOf('edited-since')}, 0, v.detail FROM unnest($2::bigint[], $3::jsonb[]) v (record, detail)
        WHERE EXISTS (SELECT 1 FROM ${tableIn(undo, object)} o WHERE o.id = v.record AND o.deleted_at IS NULL)`,
        [object, kept.map(({ record }) => record), kept.map(({ fields }) => JSON.stringify({ fields }))])
    }
    const last = rows.at(-1)
    if (!last || rows.length < historyBatch) return
    after = last.record
  }
}

/** A reference field of `from` that can point to `into`. */
interface Link { from: string; into: string; column: string; objectColumn: string | null }

function linksInto(undo: UndoContext, objects: readonly string[]): Link[] {
  return undo.catalog.objects.flatMap((from) => from.fields.filter((field) => field.kind === 'reference').flatMap((field) =>
    objects.filter((into) => field.targets?.includes(into)).map((into): Link => ({ from: from.name, into, column: field.name, objectColumn: objectColumnOf(field) }))))
}

function pointsAt({ into, column, objectColumn }: Link, id: string): string {
  return `c.${quoteIdentifier(column)} = ${id}${objectColumn === null ? '' : ` AND c.${quoteIdentifier(objectColumn)} = '${into}'`}`
}

/**
 * Records that live ones refer to. Not counted: referrers that leave themselves, and links that the undo takes back. What the job
 * deleted counts as live, for the undo brings it back.
 */
async function keepReferred(tx: Transaction, undo: UndoContext, link: Link): Promise<void> {
  const column = `c.${quoteIdentifier(link.column)}`
  await tx.query(`INSERT INTO pg_temp.kept SELECT o.id, '${link.into}', ${reasons.indexOf('referred-to-since')}, 0, jsonb_build_object('count', count(*))
    FROM ${tableIn(undo, link.from)} c JOIN ${tableIn(undo, link.into)} o ON ${pointsAt(link, 'o.id')}
    WHERE ${inRootRange(undo, column)} AND (c.deleted_at IS NULL OR c.deleted_job = $1::integer) AND NOT ${leaves(undo, 'c.id')}
      AND o.deleted_at IS NULL AND ${leaves(undo, 'o.id')}
      AND ${column}::text IS DISTINCT FROM (SELECT h.after ->> '${link.column}' FROM ${tableIn(undo, '_change')} h
        WHERE h.record = c.id AND h.object = '${link.from}' AND ${isOfJob('h', '$1::integer')} AND h.kind = 'update' AND h.after ? '${link.column}' ORDER BY h.id DESC LIMIT 1)
    GROUP BY o.id
    ON CONFLICT (record) DO UPDATE SET detail = CASE WHEN kept.detail ? 'count'
      THEN jsonb_build_object('count', (kept.detail ->> 'count')::bigint + (excluded.detail ->> 'count')::bigint) ELSE kept.detail END`, [undo.undone.number])
}

async function keepReferredByKept(tx: Transaction, undo: UndoContext, link: Link, level: number): Promise<number> {
  const { rowCount } = await tx.query(`INSERT INTO pg_temp.kept SELECT o.id, '${link.into}', ${reasons.indexOf('referred-to-since')}, $1::integer, jsonb_build_object('count', count(*))
    FROM pg_temp.kept k JOIN ${tableIn(undo, link.from)} c ON c.id = k.record JOIN ${tableIn(undo, link.into)} o ON ${pointsAt(link, 'o.id')}
    WHERE k.object = '${link.from}' AND k.level = $1::integer - 1 AND o.deleted_at IS NULL AND ${leaves(undo, 'o.id')}
      AND NOT EXISTS (SELECT 1 FROM pg_temp.kept known WHERE known.record = o.id)
    GROUP BY o.id`, [level])
  return rowCount
}
