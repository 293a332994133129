import { keyColumn } from '../match/key-columns.ts'
import { columnOf } from '../objects/column.ts'
import { names, outcomeNumber, reasonNumber } from '../plan/plan-context.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { stagedCells } from '../stage/copy-text.ts'
import { planInChunk, type ApplyContext, type ChunkKind } from './chunk-rows.ts'
import { isWritten, linkColumns, typedCell } from './record-columns.ts'

/**
 * A planned update holds everything that its record has afterwards, so of several rows for one record the last one is written: one
 * statement, however many rows repeat a key. Only the moments are told where they change, and are looked for.
 */
export function updateStatement(apply: ApplyContext, kind: ChunkKind, chains: boolean): string {
  const { table } = names(apply.attempt)
  const sets = apply.mapping.targets.flatMap((target, i): [string, string][] => {
    const column = target.reference === null ? columnOf(target.field) : null
    return column === null || column === 'updated_at' ? [] : [[column, typedCell(`p.merged[${i + 1}]`, target.field)]]
  })
  const keys = apply.rules.keys.flatMap((key, k): [string, string][] => (isWritten(key) ? [[keyColumn({ id: key.rule }), `p.keys[${k + 1}]`]] : []))
  const refs = linkColumns(apply, (i) => `p.refs[${i + 1}]`)
  const moment = (name: string): [string, string] => [name, chains
    // a row that stands alone beside chains has its own; of a chain, the last row that tells it
    ? `coalesce((p.after ->> '${name}')::timestamptz, (SELECT q.after ->> '${name}' FROM ${table('_plan')} q WHERE q.job = $1 AND q.anchor = p.anchor AND q.record = p.record AND q.after ? '${name}'
        ORDER BY q.row_number DESC LIMIT 1)::timestamptz, c.${name})`
    : `CASE WHEN p.after ? '${name}' THEN (p.after ->> '${name}')::timestamptz ELSE c.${name} END`]
  const back: [string, string][] = apply.definition.restoreBinned ? [['deleted_at', 'NULL'], ['deleted_job', 'NULL']] : []
  const updates = `${planInChunk(apply, kind)} AND p.action = ${outcomeNumber('updated')} AND p.mark IS NULL`
  return `UPDATE ${table(apply.mapping.object.name)} c SET ${[...sets, ...refs, ...keys, moment('updated_at'), moment('as_of'), ...back].map(([name, value]) => `${quoteIdentifier(name)} = ${value}`).join(', ')}
    FROM ${chains ? `(SELECT DISTINCT ON (p.record) p.* FROM ${table('_plan')} p WHERE ${updates} ORDER BY p.record, p.row_number DESC) p WHERE` : `${table('_plan')} p WHERE ${updates} AND`}
      c.id = p.record AND $4::timestamptz IS NOT NULL AND $5::integer IS NOT NULL`
}

export function changesStatement(apply: ApplyContext, kind: ChunkKind): string {
  const { table } = names(apply.attempt)
  return `INSERT INTO ${table('_change')} (object, record, job, row_number, kind, before, after, at, by, as_of)
    SELECT '${apply.mapping.object.name}', p.record, p.job, p.row_number, 'update', p.before, p.after, $4::timestamptz, $5::integer, ${ageOfRow(apply)}
    FROM ${table('_plan')} p WHERE ${planInChunk(apply, kind)} AND p.action = ${outcomeNumber('updated')} AND p.mark IS NULL${apply.definition.restoreBinned ? " AND p.before <> '{}'" : ''} ORDER BY p.row_number`
}

export function restoresStatement(apply: ApplyContext, kind: ChunkKind): string {
  return `INSERT INTO ${names(apply.attempt).table('_change')} (object, record, job, row_number, kind, at, by)
    SELECT '${apply.mapping.object.name}', p.record, p.job, p.row_number, 'restore', $4::timestamptz, $5::integer FROM ${names(apply.attempt).table('_plan')} p
    WHERE ${planInChunk(apply, kind)} AND p.action = ${outcomeNumber('updated')} AND p.reason = ${reasonNumber('restored')} ORDER BY p.row_number`
}

/** The modified time of a planned row `p`; what a default filled in says nothing of the age of data. */
function ageOfRow(apply: ApplyContext): string {
  const { modifiedAt } = apply.rules
  if (modifiedAt < 0) return 'NULL'
  return `(SELECT CASE WHEN ${modifiedAt} = ANY(coalesce(s.defaulted, '{}')) THEN NULL ELSE (${stagedCells('s.cells')})[${modifiedAt + 1}]::timestamptz END
    FROM ${names(apply.attempt).table('_staged')} s WHERE s.job = p.job AND s.row_number = p.row_number)`
}
