import { describeKey, makeIssue, mayCreate } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { asWhole } from '../organizations/as-system.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import type { Transaction } from '../postgres/database.ts'
import { issueLine, stagedCells } from '../stage/copy-text.ts'
import { placeOf } from './match-issues.ts'
import { isGood, looksForMatches, rowsThatHit } from './match-rows.ts'
import { keyAt, wholeSource } from './narrow-rows.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext } from './plan-context.ts'
import { firstPlanSeq } from './resolve-references.ts'

/** Records of one key that a row is paired with, as for any flagged row. */
const mostPairs = 20
/** Rows per statement when issues are written. */
const issueBatch = 5_000
/** Apart from those of bin, groups and references. */
const outsideSeq = firstPlanSeq + 91

// A member who reaches some records alone matches those alone. A row of theirs that meets nothing may still be the second of a record that they do
// not see: it is created, flagged, and the pair waits in the queue of those who see both (docs/decisions/0075). They are told of their own key that
// it is taken, and nothing of the record: no id, no value, no owner.

/** Whether the plan is made for somebody who reaches some records alone, and may make a second one of another. */
export function asksOutside({ attempt, rules }: Pick<PlanContext, 'attempt' | 'rules'>): boolean {
  return !!attempt.organization.scope && rules.criteria > 0 && mayCreate(rules) && looksForMatches({ rules })
}

/** Finds good rows that meet no record in sight and have the key of one that is not, into `pg_temp.outside` (row_number, criterion, ids). Follows `matchRows`. */
export async function matchOutside(tx: Transaction, plan: PlanContext): Promise<boolean> {
  if (!asksOutside(plan)) return false
  const { organization } = plan.attempt
  const criteria = plan.rules.keys.slice(0, plan.rules.criteria)
  await tx.query('DROP TABLE IF EXISTS pg_temp.outside_key, pg_temp.outside') // of an earlier look
  await tx.query('CREATE TEMPORARY TABLE outside_key (criterion smallint NOT NULL, key bigint NOT NULL, ids bigint[] NOT NULL) ON COMMIT DROP')
  await tx.query(`GRANT SELECT ON pg_temp.rows TO ${quoteIdentifier(organization.role)}; GRANT INSERT ON pg_temp.outside_key TO ${quoteIdentifier(organization.role)}`)
  await asWhole(tx, organization, async () => {
    for (const [c, key] of criteria.entries()) {
      const column = `o.${keyColumn({ id: key.rule })}`
      await tx.query(`INSERT INTO pg_temp.outside_key SELECT ${c}, ${column}, (array_agg(o.id ORDER BY o.id))[1:${mostPairs}] FROM ${names(plan.attempt).table(plan.mapping.object.name)} o
        WHERE ${column} IN (SELECT ${keyAt(c)} FROM pg_temp.rows s) AND o.deleted_at IS NULL GROUP BY 2`)
    }
  })
  const found = criteria.map((_, c) => `SELECT s.row_number, k.criterion, k.ids FROM pg_temp.rows s JOIN pg_temp.outside_key k ON k.criterion = ${c} AND k.key = ${keyAt(c)} WHERE ${isGood(plan)} AND s.create_errors = 0`)
  await tx.query(`CREATE TEMPORARY TABLE outside ON COMMIT DROP AS SELECT DISTINCT ON (f.row_number) f.* FROM (${found.join(' UNION ALL ')}) f
    WHERE f.row_number NOT IN (${rowsThatHit(plan)}) ORDER BY f.row_number, f.criterion`)
  return true
}

/** Flags those of the planned rows of groups that are to be created. */
export async function flagOutside(tx: Transaction, plan: PlanContext): Promise<void> {
  if (!asksOutside(plan)) return
  await tx.query(`UPDATE pg_temp.grouped g SET action = ${outcomeNumber('flagged')}, reason = ${reasonNumber('possible-duplicate')}, rivals = jsonb_build_object('criterion', o.criterion, 'ids', o.ids::text[])
    FROM pg_temp.outside o WHERE o.row_number = g.row_number AND g.action = ${outcomeNumber('created')}`)
}

/** Says of each such row that its key is taken. */
export async function writeOutsideIssues(tx: Transaction, plan: PlanContext, grouped: boolean): Promise<void> {
  if (!grouped || !asksOutside(plan)) return
  for (let after = 0; ;) {
    const { rows } = await tx.query<{ row: string; cells: (string | null)[]; criterion: number }>(
      `SELECT g.row_number AS row, ${stagedCells('s.cells')} AS cells, o.criterion FROM pg_temp.grouped g JOIN pg_temp.outside o ON o.row_number = g.row_number JOIN ${wholeSource(plan)} ON s.row_number = g.row_number
       WHERE g.action = ${outcomeNumber('flagged')} AND g.row_number > $2 ORDER BY g.row_number LIMIT ${issueBatch}`, [plan.attempt.job, after])
    await copyLines(tx, `COPY ${names(plan.attempt).table('_issue')} FROM STDIN`, rows.map(({ row, cells, criterion }) => {
      const key = plan.rules.keys[criterion]
      return issueLine(plan.attempt.job, outsideSeq, makeIssue('match.outside', placeOf(plan, Number(row), cells, criterion), { key: key ? describeKey(key, cells) : '' }))
    }))
    if (rows.length < issueBatch) return
    after = Number(rows.at(-1)?.row)
  }
}
