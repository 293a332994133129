import { decide, recordIdRule } from '@longshore/core'
import type { RowKey } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { canonicalInstant } from '../objects/canonical-value.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { stagedCells } from '../stage/copy-text.ts'
import { mergeSql, type MergeSql } from './merge-sql.ts'
import { mayMakeNewKeys } from './new-keys.ts'
import { names, outcomeNumber, reasonNumber, temporary, type PlanContext } from './plan-context.ts'

/**
 * Plans the rows that meet exactly one record which no other row meets, by one statement: core's decision for such a row, and its merge
 * steps in SQL. Leaves the rows that it planned in `pg_temp.lone`; all others are planned in their groups, by core. Nearly all rows of
 * an update are lone, and planning them one by one took four fifths of its time (docs/decisions/0035).
 */
export async function planLoneRows(tx: Transaction, plan: PlanContext): Promise<void> {
  await tx.query('DROP TABLE IF EXISTS pg_temp.lone') // of an earlier look
  const statement = loneStatement(plan)
  await temporary(tx, 'lone', `
    SELECT h.row_number, h.record FROM (SELECT row_number, min(record) AS record FROM pg_temp.hit GROUP BY 1 HAVING min(record) = max(record)) h
    WHERE ${statement !== null} AND NOT EXISTS (SELECT 1 FROM pg_temp.shared z WHERE z.row_number = h.row_number)
      AND NOT EXISTS (SELECT 1 FROM (SELECT record FROM pg_temp.hit GROUP BY 1 HAVING min(row_number) < max(row_number)) m WHERE m.record = h.record)`)
  if (statement === null) return
  await tx.query('ANALYZE pg_temp.lone')
  const { rowCount: planned } = await tx.query(statement, [plan.attempt.job, plan.rules.effectiveAt])
  const { rows: [lone] } = await tx.query<{ n: string }>('SELECT count(*) AS n FROM pg_temp.lone')
  if (planned === Number(lone?.n)) return
  await tx.query(`DELETE FROM pg_temp.lone l WHERE NOT EXISTS (SELECT 1 FROM ${names(plan.attempt).table('_plan')} p WHERE p.job = $1 AND p.row_number = l.row_number)`, [plan.attempt.job])
}

/** `$1` job, `$2` its moment. It leaves out lone rows that only core can plan. Null: that is all of them. */
export function loneStatement(plan: PlanContext): string | null {
  if ((plan.pendingFields?.size ?? 0) > 0) return null // it reads the records' columns, and those of fields that the import makes are not there yet
  if (plan.definition.restoreBinned) return null // the one record that a row meets may lie in the bin
  if (plan.rules.links.length > 0) return null // who makes a record for a reference is chosen among the rows of `grouped`
  const decision = decide(plan.rules, { kind: 'one', where: 'store' })
  const into = `INSERT INTO ${names(plan.attempt).table('_plan')} (job, row_number, action, reason`
  switch (decision.kind) {
    case 'skip': return `${into}, record, refs) SELECT $1, row_number, ${outcomeNumber('skipped')}, ${reasonNumber(decision.reason)}, record, '{}'::bigint[] FROM pg_temp.lone WHERE $2::text IS NOT NULL`
    case 'delete': return `${into}, record, refs) SELECT $1, row_number, ${outcomeNumber('deleted')}, ${reasonNumber('none')}, record, '{}'::bigint[] FROM pg_temp.lone WHERE $2::text IS NOT NULL`
    case 'update': return plan.rules.checks.length > 0 || plan.rules.modifiedAt >= 0 || mayMakeNewKeys(plan) ? null : updateStatement(plan, into)
    default: return null
  }
}

function updateStatement(plan: PlanContext, into: string): string | null {
  const merge = mergeSql(plan.rules.targets)
  const keys = merge && keysAfterwards(plan, merge)
  if (!merge || !keys) return null
  const { table } = names(plan.attempt)
  const changes = merge.fields.map(({ changed }) => changed).join(' OR ') || 'false'
  const values = plan.rules.targets.map((_, at) => merge.fields.find((field) => field.at === at)?.merged ?? 'NULL')
  const side = (of: 'old' | 'merged', moment: string): string => `jsonb_object(CASE WHEN u.moment <> $2 THEN ARRAY['updated_at', ${moment}] ELSE '{}'::text[] END${
    merge.fields.map((field) => ` || CASE WHEN ${field.changed} THEN ARRAY['${field.name}', ${field[of]}] END`).join('')})`
  const either = (updated: string, unchanged: string): string => `CASE WHEN e.changes THEN ${updated} ELSE ${unchanged} END`
  return `${into}, turn, record, refs, merged, keys, before, after)
    SELECT $1, l.row_number, ${either(`${outcomeNumber('updated')}`, `${outcomeNumber('skipped')}`)}, ${either(`${reasonNumber('none')}`, `${reasonNumber('nothing-to-change')}`)}, 0, l.record, '{}'::bigint[],
      ${either(`ARRAY[${values.join(', ')}]::text[]`, 'NULL')}, ${either(`ARRAY[${keys.map(({ after }) => after).join(', ')}]::bigint[]`, 'NULL')},
      ${either(side('old', 'u.moment'), 'NULL')}, ${either(side('merged', '$2'), 'NULL')}
    FROM pg_temp.lone l JOIN ${table('_staged')} s ON s.job = $1 AND s.row_number = l.row_number JOIN ${table(plan.mapping.object.name)} o ON o.id = l.record
    CROSS JOIN LATERAL (SELECT ${stagedCells('s.cells')} AS cells OFFSET 0) c ${merge.layers.join('\n')}
    CROSS JOIN LATERAL (SELECT ${changes} AS changes OFFSET 0) e CROSS JOIN LATERAL (SELECT CASE WHEN e.changes THEN ${canonicalInstant('o.updated_at')} END AS moment OFFSET 0) u
    WHERE NOT (${[`(${merge.tooLong})`, ...keys.map(({ mixed }) => `(${mixed})`)].join(' OR ')})`
}

/**
 * Keys of the record afterwards, as SQL: its own where nothing that they are made of changed, and the row's where all of it is the row's. `mixed`:
 * whether it is neither; only core can hash such a key. Null: so it is for every row.
 */
function keysAfterwards(plan: PlanContext, merge: MergeSql): { after: string; mixed: string }[] | null {
  const keys: { after: string; mixed: string }[] = []
  for (const [k, key] of plan.rules.keys.entries()) {
    if (key.rule === recordIdRule) { keys.push({ after: 'o.id', mixed: 'false' }); continue }
    const parts = partsOf(merge, key)
    if (parts === null) return null
    const changed = parts.map((part) => part.changed).join(' OR ')
    const own = key.rule > 0 ? `o.${quoteIdentifier(keyColumn({ id: key.rule }))}` : 'NULL::bigint'
    keys.push({
      after: `CASE WHEN ${changed} THEN s.keys[${k + 1}] ELSE ${own} END`,
      mixed: `(${changed}) AND (${parts.map(({ at, merged }) => `c.cells[${at + 1}] IS DISTINCT FROM ${merged}`).join(' OR ')})`,
    })
  }
  return keys
}

function partsOf(merge: MergeSql, { targets }: RowKey): MergeSql['fields'] | null {
  const parts = targets.flatMap((at) => merge.fields.find((field) => field.at === at) ?? [])
  return parts.length === targets.length && parts.length > 0 ? parts : null
}
