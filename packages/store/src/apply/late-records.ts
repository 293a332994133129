import { readRecordId } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { names, type PlannedReference } from '../plan/plan-context.ts'
import { findingRules, referenceKey, salted } from '../plan/reference-key.ts'
import type { Transaction } from '../postgres/database.ts'
import { stagedCells } from '../stage/copy-text.ts'
import type { ApplyContext } from './chunk-rows.ts'
import { relatedInsert } from './insert-statements.ts'

/**
 * Finds, for ids that were to be records made for a reference, the record that has the key of the row that gave the id: somebody else may have
 * made it meanwhile. null: several have it. Ids without any are left out.
 */
export async function findByKey(tx: Transaction, apply: ApplyContext, reference: PlannedReference, ids: readonly string[]): Promise<Map<string, string | null>> {
  const found = new Map<string, string | null>()
  const { table } = names(apply.attempt)
  for (const [slot, ofSlot] of Map.groupBy(ids, (id) => readRecordId(BigInt(id)).slot)) {
    const naming = apply.references.find((one) => one.slot === slot)
    if (!naming) continue
    const keys = apply.keys.map((_, k) => `, a.keys[${k + 1}] AS k${k + 1}`).join('')
    const looked = `SELECT s.id, ${referenceKey(apply, naming)} AS key FROM (SELECT m.id${keys} FROM unnest($2::bigint[]) m (id) JOIN ${table('_staged')} a ON a.job = $1 AND a.row_number = (m.id >> 3) & 4294967295) s`
    const records = findingRules(apply, apply.references.filter((one) => one.table === reference.table)).map((key) => {
      const stored = `r.${keyColumn({ id: key.rule })}`
      return `SELECT l.id AS looked, r.id FROM looked l JOIN ${table(reference.target.name)} r ON ${salted(reference.target, key, stored)} = l.key AND r.deleted_at IS NULL`
    })
    if (records.length === 0) continue
    const { rows } = await tx.query<{ looked: string; id: string; several: boolean }>(`WITH looked AS MATERIALIZED (${looked})
      SELECT looked, min(id) AS id, count(DISTINCT id) > 1 AS several FROM (${records.join(' UNION ALL ')}) f GROUP BY 1`, [apply.attempt.job, ofSlot])
    for (const { looked: id, id: record, several } of rows) found.set(id, several ? null : record)
  }
  return found
}

/** Makes the record of a reference under the id that it was to have, from the cells of one row that names it. */
export async function makeFromRow(tx: Transaction, apply: ApplyContext, reference: PlannedReference, id: string, row: string): Promise<void> {
  await tx.query(`${relatedInsert(apply, reference, '$2::bigint', 'c.cells')}
    FROM ${names(apply.attempt).table('_staged')} s CROSS JOIN LATERAL (SELECT ${stagedCells('s.cells')} AS cells OFFSET 0) c
    WHERE s.job = $1 AND s.row_number = $3 AND $4::timestamptz IS NOT NULL AND $5::integer IS NOT NULL`, [apply.attempt.job, id, row, apply.effectiveAt, apply.owners[0]])
}
