import { describeKey, makeIssue, rowBits, slotBits } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { issueLine, stagedCells } from '../stage/copy-text.ts'
import { placeOf } from './match-issues.ts'
import { isGood, looksForMatches, rowsThatHit } from './match-rows.ts'
import { names, type PlanContext } from './plan-context.ts'
import { keyAt, wholeSource } from './narrow-rows.ts'
import { firstPlanSeq } from './resolve-references.ts'

/** Rows per statement when issues are written. */
const issueBatch = 5_000
/** Apart from those of groups and references. */
const binnedSeq = firstPlanSeq + 90

/**
 * Names the record in the bin that a row would have met, were it not deleted: the row goes on as if there were none, and somebody may want
 * the old record back instead. Rows that meet a live record are told nothing, and neither are those that meet what was
 * made by an import that was taken back: whoever imports a list again after taking it back means just that.
 */
export async function writeBinnedIssues(tx: Transaction, plan: PlanContext): Promise<void> {
  const { table } = names(plan.attempt)
  const { criteria } = plan.rules
  const object = table(plan.mapping.object.name)
  if (criteria === 0) return
  const { rows: undos } = await tx.query<{ number: number; undoes: number }>('SELECT number, undoes FROM longshore.job WHERE organization = $1 AND undoes IS NOT NULL', [plan.attempt.organization.id])
  const isDeleted = `deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM unnest('{${undos.map(({ number }) => number).join()}}'::integer[], '{${undos.map(({ undoes }) => undoes).join()}}'::integer[]) u (number, undoes)
    WHERE u.number = deleted_job AND u.undoes = o.id >> ${slotBits + rowBits})`
  const { rows: [any] } = await tx.query(`SELECT 1 FROM ${object} o WHERE ${isDeleted} LIMIT 1`)
  if (!any) return
  const found = Array.from({ length: criteria }, (_, c) => {
    const column = keyColumn({ id: plan.rules.keys[c]?.rule ?? 0 })
    return `SELECT s.row_number, ${c} AS criterion, o.id FROM pg_temp.rows s JOIN ${object} o ON o.${column} = ${keyAt(c)} AND ${isDeleted} WHERE ${isGood(plan)}`
  })
  // a plan that creates whatever it meets has looked for nothing
  const live = looksForMatches(plan) ? [`b.row_number IN (${rowsThatHit(plan)})`] : Array.from({ length: criteria }, (_, c) =>
    `EXISTS (SELECT 1 FROM pg_temp.rows s JOIN ${object} l ON l.${keyColumn({ id: plan.rules.keys[c]?.rule ?? 0 })} = ${keyAt(c)} AND l.deleted_at IS NULL WHERE s.row_number = b.row_number)`)
  await tx.query(`CREATE TEMPORARY TABLE binned ON COMMIT DROP AS SELECT DISTINCT ON (b.row_number) b.row_number, b.criterion, b.id FROM (${found.join(' UNION ALL ')}) b
    WHERE NOT (${live.join(' OR ')}) ORDER BY b.row_number, b.criterion, b.id DESC`)
  for (let after = 0; ;) {
    const { rows } = await tx.query<{ row: string; cells: (string | null)[]; criterion: number; id: string }>(
      `SELECT b.row_number AS row, ${stagedCells('s.cells')} AS cells, b.criterion, b.id FROM pg_temp.binned b JOIN ${wholeSource(plan)} ON s.row_number = b.row_number
       WHERE b.row_number > $2 ORDER BY b.row_number LIMIT ${issueBatch}`, [plan.attempt.job, after])
    await copyLines(tx, `COPY ${table('_issue')} FROM STDIN`, rows.map(({ row, cells, criterion, id }) => {
      const key = plan.rules.keys[criterion]
      return issueLine(plan.attempt.job, binnedSeq, makeIssue('match.binned', placeOf(plan, Number(row), cells, criterion), { id, key: key ? describeKey(key, cells) : '', object: plan.mapping.object.name }))
    }))
    if (rows.length < issueBatch) return
    after = Number(rows.at(-1)?.row)
  }
}
