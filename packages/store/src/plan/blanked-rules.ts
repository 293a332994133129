import { mayCreate, ruleIssue, valuesOnCreate } from '@longshore/core'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { issueLine, stagedCells } from '../stage/copy-text.ts'
import { source, wholeSource } from './narrow-rows.ts'
import { names, type PlanContext } from './plan-context.ts'
import { referenceKey } from './reference-key.ts'
import { firstPlanSeq } from './resolve-references.ts'

/** Rows that are looked at at a time. */
const batch = 5_000
/** Apart from those of references, groups and the bin. */
const firstBlankedSeq = firstPlanSeq + 1_000

/**
 * Validation rules look at the record as it will stand. A reference that is left blank, because nothing was found, is empty whatever its cells
 * say: a row that would create such a record and breaks a rule thereby may not create it. Again whenever what keys mean has changed.
 * An update is looked at when the record that it meets is known.
 */
export async function checkBlankedRows(tx: Transaction, plan: PlanContext): Promise<void> {
  const { definition, rules, references, mapping } = plan
  if (definition.missingReference !== 'blank' || !mayCreate(rules)) return
  const checks = rules.checks.filter(({ fields }) => references.some(({ field }) => fields.includes(field.name)))
  if (checks.length === 0) return
  const { table } = names(plan.attempt)
  const { job } = plan.attempt
  await tx.query(`DELETE FROM ${table('_issue')} i WHERE i.job = $1 AND i.seq >= ${firstBlankedSeq} AND i.seq < ${firstBlankedSeq + 1_000} AND EXISTS (SELECT 1 FROM ${source} WHERE s.row_number = i.row_number)`, [job])
  await tx.query(`UPDATE pg_temp.rows r SET create_errors = a.create_errors FROM ${table('_staged')} a WHERE a.job = $1 AND a.row_number = r.row_number AND r.create_errors <> a.create_errors`, [job])
  const blank = references.map(({ slot }) => `coalesce(to_${slot}.found = 0, false)`)
  const named = references.map((reference) => `LEFT JOIN pg_temp.${reference.table} to_${reference.slot} ON to_${reference.slot}.key = ${referenceKey(plan, reference)}`)
  const values = valuesOnCreate(mapping, { now: rules.effectiveAt, owner: plan.owners[0] ?? null })
  for (let after = 0; ;) {
    const { rows } = await tx.query<{ row: string; cells: (string | null)[]; blank: boolean[] }>(
      `SELECT s.row_number AS row, ${stagedCells('s.cells')} AS cells, ARRAY[${blank.join(', ')}] AS blank FROM ${wholeSource(plan)} ${named.join('\n')}
       WHERE s.errors = 0 AND s.row_number > $2 AND (${blank.join(' OR ')}) ORDER BY s.row_number LIMIT ${batch}`, [job, after])
    const lines: string[] = []
    const failing: number[] = []
    for (const { row, cells, blank: empty } of rows) {
      const before = values(cells)
      const standing = (name: string): string | null => (references.some(({ field }, i) => field.name === name && empty[i]) ? null : before(name))
      // what is broken by the cells alone was said when they were checked
      const broken = checks.filter((rule) => rule.isBroken(standing) && !rule.isBroken(before))
      lines.push(...broken.map((rule, i) => issueLine(job, firstBlankedSeq + i, ruleIssue(mapping, rule, Number(row), standing, true))))
      if (broken.some(({ rule }) => rule.severity !== 'warning')) failing.push(Number(row))
    }
    await copyLines(tx, `COPY ${table('_issue')} FROM STDIN`, lines)
    await tx.query('UPDATE pg_temp.rows SET create_errors = create_errors + 1 WHERE row_number = ANY($1::bigint[])', [failing])
    if (rows.length < batch) break
    after = Number(rows.at(-1)?.row)
  }
}
