import { describeKey, makeIssue, mayCreate, ruleIssue, takesAway } from '@longshore/core'
import type { Issue, IssuePlace, PlannedRow } from '@longshore/core'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { issueLine, stagedCells } from '../stage/copy-text.ts'
import { placeAt } from './issue-place.ts'
import { names, outcomeNumber, reasonNumber, type PlanContext } from './plan-context.ts'
import { wholeSource } from './narrow-rows.ts'
import { firstPlanSeq } from './resolve-references.ts'

/** Rows per statement when issues are written. */
const issueBatch = 5_000
/** So many ids stand in a message; the rest is "…". */
const namedIds = 5
/** Apart from those that references have. */
const firstGroupSeq = firstPlanSeq + 100
/** Exclusive. An object has no more rules than fit. */
const lastGroupSeq = firstPlanSeq + 1_000

/** Takes back what an earlier look at the groups said of the rows that are planned now. */
export async function clearGroupIssues(tx: Transaction, plan: PlanContext): Promise<void> {
  await tx.query(`DELETE FROM ${names(plan.attempt).table('_issue')} i WHERE i.job = $1 AND i.seq >= ${firstGroupSeq} AND i.seq < ${lastGroupSeq}
    AND EXISTS (SELECT 1 FROM pg_temp.rows r WHERE r.row_number = i.row_number)`, [plan.attempt.job])
}

/** What planning a group has to say of a row, as lines of `_issue`: several matches, a flag, a text that grew too long, broken rules. */
export function groupIssueLines(plan: PlanContext, { row, action, rivals, tooLong, broken }: PlannedRow, cells: readonly (string | null)[]): string[] {
  const issues: Issue[] = (broken ?? []).map(({ rule, value }) => ruleIssue(plan.mapping, rule, row, () => value, false))
  if (tooLong !== undefined) {
    issues.push(makeIssue('merge.too-long', placeAt(plan, row, cells, tooLong)))
  }
  if (rivals) {
    const { criterion, count, ids } = rivals
    const key = plan.rules.keys[criterion]
    issues.push(makeIssue(action === 'flagged' ? 'match.flagged' : 'match.several', placeOf(plan, row, cells, criterion), {
      count: String(count), key: key ? describeKey(key, cells) : '', ids: `${ids.slice(0, namedIds).join(', ')}${count > namedIds ? ', …' : ''}`,
    }))
  }
  return issues.map((issue, i) => issueLine(plan.attempt.job, firstGroupSeq + i, issue))
}

/** Gives every planned row that needs an existing record and found none an issue that says what was looked for. */
export async function writeNoMatchIssues(tx: Transaction, plan: PlanContext): Promise<void> {
  if (mayCreate(plan.rules)) return
  const { table } = names(plan.attempt)
  const { job } = plan.attempt
  let after = 0
  for (;;) {
    const { rows } = await tx.query<{ row: string; cells: (string | null)[] }>(
      `SELECT s.row_number AS row, ${stagedCells('s.cells')} AS cells FROM ${wholeSource(plan)} JOIN ${table('_plan')} p ON p.job = $1 AND p.row_number = s.row_number
       WHERE p.action = ${outcomeNumber('failed')} AND p.reason = ${reasonNumber('no-match')} AND s.row_number > $2 ORDER BY s.row_number LIMIT ${issueBatch}`, [job, after])
    await copyLines(tx, `COPY ${table('_issue')} FROM STDIN`, rows.map(({ row, cells }) => noMatchLine(plan, Number(row), cells)))
    if (rows.length < issueBatch) return
    after = Number(rows.at(-1)?.row)
  }
}

function noMatchLine(plan: PlanContext, row: number, cells: readonly (string | null)[]): string {
  const criteria = plan.rules.keys.slice(0, plan.rules.criteria)
  const filled = criteria.flatMap((key, i) => (key.targets.every((target) => (cells[target] ?? null) !== null) ? [i] : []))
  const [first = 0] = filled
  const place = placeOf(plan, row, cells, first)
  const issue = filled.length === 0 ? makeIssue('match.no-key', place, { criteria: criteria.map(({ criterion }) => criterion).join(' or ') })
    : makeIssue('match.none', place, { key: criteria.filter((_, i) => filled.includes(i)).map((key) => describeKey(key, cells)).join(' or '), otherwise: takesAway(plan.definition.operation) ? 'leave the row out: there is nothing to delete' : 'use the operation upsert to create missing records' })
  return issueLine(plan.attempt.job, firstPlanSeq, issue)
}

/** The cell that a criterion looked at; the row alone where it looked at several. */
export function placeOf(plan: PlanContext, row: number, cells: readonly (string | null)[], criterion: number): IssuePlace {
  const targets = plan.rules.keys[criterion]?.targets ?? []
  return placeAt(plan, row, cells, targets.length === 1 ? targets[0] ?? -1 : -1)
}
