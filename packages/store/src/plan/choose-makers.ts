import { decide } from '@longshore/core'
import type { Transaction } from '../postgres/database.ts'
import { outcomeNumber, type PlanContext } from './plan-context.ts'
import { referenceKey } from './reference-key.ts'
import { source } from './narrow-rows.ts'
import { referenceGroups } from './resolve-references.ts'

/**
 * A record that is made for a reference is made by the first row that names it and is itself written. Usually that is the row that
 * gave it its id; where that row ends otherwise (skipped, failed), the next one makes it. First means first in the order of chunks: a
 * row that is written with the group of an earlier one comes with it, and a cancelled job leaves no link to what was never made.
 */
export async function chooseMakers(tx: Transaction, plan: PlanContext, grouped: boolean): Promise<void> {
  if (plan.references.length === 0 || plan.definition.missingReference !== 'create') return
  const written = `(${outcomeNumber('created')}, ${outcomeNumber('flagged')}, ${outcomeNumber('updated')})`
  const bulkCreates = decide(plan.rules, { kind: 'none' }).kind === 'create'
  const inGroup = grouped ? 'EXISTS (SELECT 1 FROM pg_temp.grouped g WHERE g.row_number = s.row_number)' : 'false'
  await tx.query(`CREATE TEMPORARY TABLE idle ON COMMIT DROP AS
    SELECT s.row_number FROM ${source} WHERE s.errors = 0 AND (s.create_errors > 0 OR ${!bulkCreates}) AND NOT ${inGroup}
    UNION SELECT row_number FROM pg_temp.bad
    ${grouped ? `UNION SELECT row_number FROM pg_temp.grouped WHERE action NOT IN ${written}` : ''}`, [plan.attempt.job])
  await tx.query('CREATE INDEX ON pg_temp.idle (row_number)')
  await tx.query('ANALYZE pg_temp.idle')
  for (const members of referenceGroups(plan)) {
    const ref = `pg_temp.${members[0]?.table}`
    await tx.query(`UPDATE ${ref} r SET maker = NULL FROM pg_temp.idle i WHERE r.made AND i.row_number = r.first_row`)
    for (const { slot } of members) {
      if (!grouped) break
      // a row whose merge rule keeps another link makes nothing; one that is written before its turn may have to
      await tx.query(`UPDATE ${ref} r SET maker = NULL FROM pg_temp.grouped g WHERE r.made AND r.maker = g.row_number AND r.maker_slot = ${slot} AND g.refs[${slot}] IS DISTINCT FROM r.record`)
      await tx.query(`UPDATE ${ref} r SET maker = NULL FROM pg_temp.grouped g WHERE r.made AND r.record = g.refs[${slot}] AND g.bound AND g.anchor < r.maker`)
    }
    const { rows: [any] } = await tx.query(`SELECT 1 FROM ${ref} WHERE made AND maker IS NULL LIMIT 1`)
    if (!any) continue
    const candidates = members.map((member) => {
      const keeps = grouped ? ` AND NOT EXISTS (SELECT 1 FROM pg_temp.grouped g WHERE g.row_number = s.row_number AND g.refs[${member.slot}] IS DISTINCT FROM r.record)` : ''
      return `SELECT r.key, s.row_number, ${member.slot} AS slot FROM ${source} JOIN ${ref} r ON r.key = ${referenceKey(plan, member)} AND r.made AND r.maker IS NULL
        WHERE s.errors = 0 AND NOT EXISTS (SELECT 1 FROM pg_temp.idle i WHERE i.row_number = s.row_number)${keeps}`
    })
    const anchor = grouped ? `(SELECT g.anchor FROM pg_temp.grouped g WHERE g.row_number = c.row_number AND g.bound)` : 'NULL'
    await tx.query(`UPDATE ${ref} r SET maker = n.row_number, maker_slot = n.slot FROM (
        SELECT DISTINCT ON (c.key) c.key, c.row_number, c.slot FROM (${candidates.join(' UNION ALL ')}) c ORDER BY c.key, coalesce(${anchor}, c.row_number), c.row_number, c.slot) n
      WHERE n.key = r.key`, [plan.attempt.job])
  }
}
