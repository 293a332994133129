import { isLinkKey, makeIssue, mayCreate, recordIdRule } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { issueLine, stagedCells } from '../stage/copy-text.ts'
import { placeOf } from './match-issues.ts'
import { keyAt, source, wholeSource } from './narrow-rows.ts'
import { names, reasonNumber, type PlanContext } from './plan-context.ts'
import { firstPlanSeq } from './resolve-references.ts'

/** Rows per statement when issues are written. */
const issueBatch = 5_000

/** Whether rows can name records by their ids and would make a new one where there is none. */
export function namesIds({ rules }: Pick<PlanContext, 'rules'>): boolean {
  return mayCreate(rules) && idCriterion({ rules }) >= 0
}

function idCriterion({ rules }: Pick<PlanContext, 'rules'>): number {
  return rules.keys.slice(0, rules.criteria).findIndex(({ rule }) => rule === recordIdRule)
}

/**
 * Puts rows among the bad ones that name a record by an id which no record has, unless another criterion finds one: what they would make has
 * another id, and would be made again by each import of the file.
 */
export async function failUnknownIds(tx: Transaction, plan: PlanContext): Promise<void> {
  if (!namesIds(plan)) return
  const object = names(plan.attempt).table(plan.mapping.object.name)
  const live = plan.definition.restoreBinned ? '' : ' AND o.deleted_at IS NULL'
  const found = plan.rules.keys.slice(0, plan.rules.criteria).flatMap((key, c) => (isLinkKey(plan.mapping.object, key.criterion) ? [] : [`EXISTS (SELECT 1 FROM ${object} o WHERE o.${keyColumn({ id: key.rule })} = ${keyAt(c)}${live})`]))
  await tx.query(`INSERT INTO pg_temp.bad SELECT s.row_number, ${reasonNumber('no-match')} FROM ${source}
    WHERE s.errors = 0 AND ${keyAt(idCriterion(plan))} IS NOT NULL AND NOT (${found.join(' OR ')}) ON CONFLICT DO NOTHING`, [plan.attempt.job])
}

/** Gives each of these rows an issue that says so, and whether the record lies in the bin. */
export async function tellUnknownIds(tx: Transaction, plan: PlanContext): Promise<void> {
  if (!namesIds(plan)) return
  const { table } = names(plan.attempt)
  const criterion = idCriterion(plan)
  for (let after = 0; ;) {
    const { rows } = await tx.query<{ row: string; cells: (string | null)[]; binned: boolean }>(`SELECT s.row_number AS row, ${stagedCells('s.cells')} AS cells,
        EXISTS (SELECT 1 FROM ${table(plan.mapping.object.name)} o WHERE o.id = ${keyAt(criterion)}) AS binned
      FROM ${wholeSource(plan)} JOIN pg_temp.bad b ON b.row_number = s.row_number AND b.reason = ${reasonNumber('no-match')} WHERE s.row_number > $2 ORDER BY s.row_number LIMIT ${issueBatch}`, [plan.attempt.job, after])
    await copyLines(tx, `COPY ${table('_issue')} FROM STDIN`, rows.map(({ row, cells, binned }) => issueLine(plan.attempt.job, firstPlanSeq,
      makeIssue('match.unknown-id', placeOf(plan, Number(row), cells, criterion), { bin: binned ? ', and the record with it lies in the bin' : '' }))))
    if (rows.length < issueBatch) return
    after = Number(rows.at(-1)?.row)
  }
}
