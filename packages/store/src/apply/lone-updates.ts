import { hasBug, mayUpdate } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { loneMerge } from '../plan/lone-rows.ts'
import { names } from '../plan/plan-context.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import type { ApplyContext, ChunkKind } from './chunk-rows.ts'
import { isWritten } from './record-columns.ts'

/**
 * The lone updates of a chunk: rows are laid over their records, what comes of it is written, and what was there goes into history, all by one
 * statement that merges each row once. The writer holds the object, so between reading and writing nobody else changes values of a record;
 * its keys may be filled meanwhile, so it is found again by its id, not by where it lay. Merged within the UPDATE, a row took half as long
 * again: PostgreSQL makes whole copies of what an UPDATE joins. Answers with one row: how many were merged (`lone`), and how many of those written.
 */
export function loneUpdates(apply: ApplyContext, kind: ChunkKind): string | null {
  const merge = mayUpdate(apply.rules) ? loneMerge(apply.rules) : null
  if (merge === null) return null
  const { table } = names(apply.attempt)
  const object = table(apply.mapping.object.name)
  const waiting = kind === 'reopened' ? ` AND NOT EXISTS (SELECT 1 FROM ${table('_outcome')} done WHERE done.job = p.job AND done.row_number = p.row_number)` : ''
  const values = merge.fields.map(({ column, incoming, changed, type }): [string, string] =>
    [column, `CASE WHEN ${changed} THEN ${type === 'text' ? incoming : `(${incoming})::${type}`} ELSE o.${quoteIdentifier(column)} END`])
  const keys = apply.rules.keys.flatMap((key, k): [string, string][] => (isWritten(key) ? [[keyColumn({ id: key.rule }), merge.keys[k] ?? 'NULL']] : []))
  const columns = [...values, ...keys].filter(([column]) => column !== 'updated_at')
  return `WITH lone AS MATERIALIZED (
      SELECT p.row_number, p.record, ${merge[hasBug('before-image-after-update') ? 'after' : 'before']} AS before, ${merge.after} AS after${columns.map(([, value], i) => `, ${value} AS v${i}`).join('')}
      FROM ${table('_plan')} p JOIN ${table('_staged')} s ON s.job = $1 AND s.row_number = p.row_number AND s.row_number >= $2 AND s.row_number < $3 JOIN ${object} o ON o.id = p.record
      ${merge.layers}
      WHERE p.job = $1 AND p.row_number >= $2 AND p.row_number < $3 AND p.mark IS NOT NULL${waiting}),
    written AS (UPDATE ${object} c SET updated_at = $4::timestamptz${columns.map(([column], i) => `, ${quoteIdentifier(column)} = l.v${i}`).join('')} FROM lone l WHERE c.id = l.record RETURNING 1),
    history AS (INSERT INTO ${table('_change')} (object, record, job, row_number, kind, before, after, at, by)
    SELECT '${apply.mapping.object.name}', record, $1, row_number, 'update', before, after, $4::timestamptz, $5::integer FROM lone WHERE $6::bigint[] IS NOT NULL ORDER BY row_number)
    SELECT (SELECT count(*) FROM lone) AS lone, (SELECT count(*) FROM written) AS written`
}
