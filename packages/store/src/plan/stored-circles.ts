import { decide, makeIssue, mayUpdate } from '@longshore/core'
import { objectColumnOf } from '../objects/column.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { issueLine, stagedCells } from '../stage/copy-text.ts'
import { placeOfName } from './issue-place.ts'
import { isGood } from './match-rows.ts'
import { source, wholeSource } from './narrow-rows.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext, type PlannedReference } from './plan-context.ts'
import { referenceKey } from './reference-key.ts'
import { firstPlanSeq, referenceGroups } from './resolve-references.ts'

/** Apart from those of references, groups, the bin and what rows make: one for each slot. */
const circleSeq = firstPlanSeq + 4_000

/**
 * Updates that would put a record below itself: it names itself as its parent, or one that is below it already, in the store or by other rows of
 * the file. Looks at what all rows together leave, so that rows may turn a parent and its child round. Rows whose links stand in such a circle
 * go among the bad ones, with an issue that names both records. True: there were some, plan again. Rows that name each other are
 * `FileReferences`' matter. Records in the bin count, because they may come back.
 */
export async function failStoredCircles(tx: Transaction, plan: PlanContext, grouped: boolean): Promise<boolean> {
  if (!mayUpdate(plan.rules)) return false
  const members = referenceGroups(plan).find(([first]) => first?.target.name === plan.mapping.object.name) ?? []
  let found = false
  for (const member of members) found = await failCirclesOf(tx, plan, grouped, member) || found
  // planned by themselves already, all of them once more
  if (found) await tx.query(`DELETE FROM ${names(plan.attempt).table('_plan')} p USING pg_temp.hit h WHERE p.job = $1 AND p.row_number = h.row_number`, [plan.attempt.job])
  return found
}

async function failCirclesOf(tx: Transaction, plan: PlanContext, grouped: boolean, member: PlannedReference): Promise<boolean> {
  const { table } = names(plan.attempt)
  const { job } = plan.attempt
  await tx.query('DROP TABLE IF EXISTS pg_temp.led')
  await tx.query(`CREATE TEMPORARY TABLE led ON COMMIT DROP AS ${plannedLinks(plan, grouped, member)}`, [job])
  const { rows: [any] } = await tx.query('SELECT 1 FROM pg_temp.led WHERE row_number IS NOT NULL AND parent IS NOT NULL LIMIT 1')
  if (!any) return false
  if (decide(plan.rules, { kind: 'none' }).kind === 'create') await tx.query(`INSERT INTO pg_temp.led ${plainLinks(plan, grouped, member)}`, [job])
  await tx.query('CREATE INDEX ON pg_temp.led (record)')
  await tx.query('ANALYZE pg_temp.led')
  const column = quoteIdentifier(member.field.name)
  const objectColumn = objectColumnOf(member.field)
  const stored = objectColumn === null ? `o.${column}` : `CASE WHEN o.${quoteIdentifier(objectColumn)} = '${member.target.name}' THEN o.${column} END`
  const { rows } = await tx.query<{ row: string; record: string; parent: string; cells: (string | null)[] }>(`
    WITH RECURSIVE up (start, at) AS (
      SELECT record, parent FROM pg_temp.led WHERE row_number IS NOT NULL AND parent IS NOT NULL
      UNION SELECT n.start, n.at FROM (
        SELECT u.start, CASE WHEN l.record IS NOT NULL THEN l.parent ELSE ${stored} END AS at FROM up u
        LEFT JOIN pg_temp.led l ON l.record = u.at LEFT JOIN ${table(member.target.name)} o ON o.id = u.at WHERE u.at <> u.start) n
      WHERE n.at IS NOT NULL)
    SELECT l.row_number AS row, l.record, l.parent, ${stagedCells('s.cells')} AS cells FROM pg_temp.led l JOIN ${wholeSource(plan)} ON s.row_number = l.row_number
    WHERE l.record IN (SELECT start FROM up WHERE at = start) ORDER BY 1`, [job])
  if (rows.length === 0) return false
  const target = member.target.label.toLowerCase()
  await copyLines(tx, `COPY ${table('_issue')} FROM STDIN`, rows.map(({ row, record, parent, cells }) => {
    const why = record === parent ? `it names itself` : `the ${target} ${parent} that it names lies below it`
    return issueLine(job, circleSeq + member.slot, makeIssue('reference.leads-back', placeOfName(plan, member, Number(row), cells), { target, id: record, why }))
  }))
  await tx.query(`INSERT INTO pg_temp.bad SELECT unnest($1::bigint[]), ${reasonNumber('reference-cycle')} ON CONFLICT DO NOTHING`, [rows.map(({ row }) => row)])
  return true
}

/**
 * SQL: where records that rows write lead afterwards (record, parent, row_number), each once. `row_number`: the last row that changes this link
 * of a record that was there before; null: none does.
 */
function plannedLinks(plan: PlanContext, grouped: boolean, { slot, field }: PlannedReference): string {
  const written = `(${outcomeNumber('created')}, ${outcomeNumber('flagged')}, ${outcomeNumber('updated')})`
  const columns = 'p.row_number, p.record, p.refs, p.action, p.after'
  const all = [
    `SELECT ${columns} FROM ${names(plan.attempt).table('_plan')} p WHERE p.job = $1 AND EXISTS (SELECT 1 FROM pg_temp.hit h WHERE h.row_number = p.row_number)`,
    ...(grouped ? [`SELECT ${columns} FROM pg_temp.grouped p`] : []),
  ]
  return `SELECT p.record, (array_agg(p.refs[${slot}] ORDER BY p.row_number DESC))[1] AS parent, max(p.row_number) FILTER (WHERE p.action = ${outcomeNumber('updated')} AND p.after ? '${field.name}') AS row_number
    FROM (${all.join(' UNION ALL ')}) p WHERE $1::integer IS NOT NULL AND p.action IN ${written} AND p.record IS NOT NULL GROUP BY 1`
}

/** SQL: the same of rows that create a record and meet nothing. */
function plainLinks(plan: PlanContext, grouped: boolean, member: PlannedReference): string {
  return `SELECT ($1::bigint << 35) | (s.row_number << 3), r.record, NULL::bigint FROM ${source} JOIN pg_temp.${member.table} r ON r.key = ${referenceKey(plan, member)}
    WHERE ${isGood(plan)} AND s.create_errors = 0 AND r.record IS NOT NULL AND NOT EXISTS (SELECT 1 FROM pg_temp.hit h WHERE h.row_number = s.row_number)${
    grouped ? ' AND NOT EXISTS (SELECT 1 FROM pg_temp.grouped g WHERE g.row_number = s.row_number)' : ''}`
}
