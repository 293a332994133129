import { linkKeyOf, partsOfLinkKey } from '@longshore/core'
import type { ObjectType } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { tableOf } from '../objects/column.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import type { Editor } from '../records/edit.ts'

/**
 * After a merge, moves links of the record that stays to the bin which say nothing any more: those that repeat an older one, and those from the
 * record to itself. Only for objects whose records are what they link. Numbers its steps after `row`; returns how many there were.
 */
export async function binRepeatedLinks(tx: Transaction, { organization, job, at, by }: Editor, object: ObjectType, kept: string, row: number): Promise<number> {
  const rule = linkKeyOf(object)
  if (!rule) return 0
  const ends = partsOfLinkKey(object, rule.criterion).references.map((name) => `o.${quoteIdentifier(name)}`)
  const key = quoteIdentifier(keyColumn(rule))
  const table = tableOf(organization, object)
  const { rowCount } = await tx.query(`
    WITH gone AS (UPDATE ${table} o SET deleted_at = $2::timestamptz, deleted_job = $3
      WHERE o.deleted_at IS NULL AND (${ends.map((end) => `${end} = $1::bigint`).join(' OR ')})
        AND ((${ends.slice(1).map((end) => `${end} = ${ends[0] ?? end}`).join(' AND ') || 'false'}) OR EXISTS (SELECT 1 FROM ${table} k WHERE k.${key} = o.${key} AND k.deleted_at IS NULL AND k.id < o.id)) RETURNING o.id)
    INSERT INTO ${quoteIdentifier(organization.schema)}._change (object, record, job, row_number, kind, at, by)
    SELECT $4, id, $3::integer, $5::bigint + row_number() OVER (ORDER BY id), 'delete', $2::timestamptz, $6::integer FROM gone ORDER BY id`, [kept, at, job, object.name, row, by])
  return rowCount
}
