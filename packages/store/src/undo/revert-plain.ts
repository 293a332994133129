import { hasBug, outcomes, reasons } from '@longshore/core'
import { rekey } from '../match/rekey.ts'
import { tableOf } from '../objects/column.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { storedField } from '../records/write-fields.ts'
import type { RowRange } from './bin-records.ts'
import { inRootRange, objectOf, tableIn, type UndoContext } from './undo-context.ts'

/**
 * Takes back, by one statement, the updates of records that an import changed once, and did nothing else to, and that nobody has changed since: they hold in every field what
 * the change left, and core's answer for such a record is always that all of it goes back. Whoever differs in anything is left to `planFieldPage`.
 * Returns how many records went back.
 */
export async function revertPlain(tx: Transaction, undo: UndoContext, range: RowRange): Promise<number> {
  if (undo.undone.kind !== 'import' || hasBug('before-image-after-update')) return 0
  const object = objectOf(undo, undo.undone.object)
  const history = tableIn(undo, '_change')
  const base = [undo.undone.number, range.from, range.to]
  const changed = `h.job = $1 AND h.kind = 'update' AND h.object = '${object.name}' AND h.row_number >= $2 AND h.row_number < $3`
  const { rows: names } = await tx.query<{ name: string }>(`SELECT DISTINCT k.name FROM ${history} h CROSS JOIN LATERAL jsonb_object_keys(h.after) k (name) WHERE ${changed} ORDER BY 1`, base)
  const fields = names.flatMap(({ name }) => { const stored = storedField(object, name, 'o'); return stored ? [{ name, ...stored }] : [] })
  if (fields.length === 0 || fields.length < names.length) return 0
  const table = tableOf(undo.organization, object)
  const { rows: back } = await tx.query<{ record: string }>(`
    WITH plain AS MATERIALIZED (
      SELECT h.record, h.row_number, h.before, h.after FROM ${history} h JOIN ${table} o ON o.id = h.record
      WHERE ${changed} AND NOT ${inRootRange(undo, 'h.record')}
        AND h.after <> '{}' AND NOT EXISTS (SELECT 1 FROM ${history} l WHERE l.record = h.record AND l.object = h.object AND l.id <> h.id AND (l.job = h.job OR l.kind = 'update' AND l.id > h.id))
        AND ${fields.map(({ name, read }) => `(NOT h.after ? '${name}' OR (${read}) IS NOT DISTINCT FROM h.after ->> '${name}')`).join(' AND ')}),
    back AS (UPDATE ${table} o SET ${fields.map(({ name, column, type }) => `${quoteIdentifier(column)} = CASE WHEN p.before ? '${name}' THEN (p.before ->> '${name}')::${type} ELSE o.${quoteIdentifier(column)} END`).join(', ')}
      FROM plain p WHERE o.id = p.record),
    told AS (INSERT INTO ${history} (object, record, job, row_number, kind, before, after, at, by) SELECT '${object.name}', record, $4, row_number, 'update', after, before, $5::timestamptz, $6::integer FROM plain ORDER BY row_number)
    INSERT INTO ${tableIn(undo, '_outcome')} (job, row_number, outcome, reason, record)
    SELECT $4, row_number, ${outcomes.indexOf('updated')}, ${reasons.indexOf('none')}, record FROM plain RETURNING record`, [...base, undo.job, undo.at, undo.by])
  await rekey(tx, undo.organization, undo.catalog, object, new Set(fields.map(({ name }) => name)), back.map(({ record }) => record))
  return back.length
}
