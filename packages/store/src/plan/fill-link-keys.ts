import { isLinkKey, partsOfLinkKey } from '@longshore/core'
import { linkKeySql } from '../match/link-key-sql.ts'
import type { Transaction } from '../postgres/database.ts'
import { stagedCells } from '../stage/copy-text.ts'
import { wholeSource } from './narrow-rows.ts'
import type { PlanContext } from './plan-context.ts'
import { referenceKey } from './reference-key.ts'

/** Gives the rows of `narrowRows` their link keys, once it is known which records their references mean; again whenever that has changed. */
export async function fillLinkKeys(tx: Transaction, plan: PlanContext): Promise<void> {
  const { object, targets } = plan.mapping
  for (const [k, key] of plan.rules.keys.entries()) {
    if (!isLinkKey(object, key.criterion)) continue
    const { references } = partsOfLinkKey(object, key.criterion)
    const value = (name: string): string => {
      if (references.includes(name)) return `coalesce(${plan.references.filter(({ field }) => field.name === name).map(({ slot }) => `to_${slot}.record`).join(', ')})`
      const position = targets.findIndex(({ path }) => path === name)
      return position < 0 ? 'NULL::text' : `(${stagedCells('s.cells')})[${position + 1}]`
    }
    const joins = plan.references.filter(({ field }) => references.includes(field.name)).map((reference) =>
      `LEFT JOIN pg_temp.${reference.table} to_${reference.slot} ON to_${reference.slot}.key = ${referenceKey(plan, reference)}`)
    await tx.query(`UPDATE pg_temp.rows t SET k${k + 1} = v.key FROM (SELECT s.row_number, ${linkKeySql(object, key, value)} AS key FROM ${wholeSource(plan)} ${joins.join('\n')} WHERE s.errors = 0) v
      WHERE v.row_number = t.row_number AND v.key IS DISTINCT FROM t.k${k + 1}`, [plan.attempt.job])
  }
}
