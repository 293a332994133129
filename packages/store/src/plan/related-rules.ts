import { compileRules, describeKey, makeIssue, relatedWay, valuesOnCreate } from '@longshore/core'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { issueLine, stagedCells } from '../stage/copy-text.ts'
import { placeOfName } from './issue-place.ts'
import { keyAt, source, wholeSource } from './narrow-rows.ts'
import { names, reasonNumber, type PlanContext, type PlannedReference } from './plan-context.ts'
import { finderOf, referenceKey } from './reference-key.ts'
import { firstPlanSeq } from './resolve-references.ts'

/** Rows that are looked at at a time. */
const batch = 5_000
/** Apart from those of blanked references and the bin: so many issues for each slot. */
const firstMadeSeq = firstPlanSeq + 3_000
const issuesPerSlot = 20

/**
 * Records that rows would make for their references are asked for what their object requires and for its validation rules, each as its row describes it. A row whose
 * record lacks something or breaks one fails, whichever of several rows would have made the record: none of them is written on a record that may not be. Again
 * whenever what keys mean has changed; what failed before has been told.
 */
export async function failUnmakeable(tx: Transaction, plan: PlanContext): Promise<void> {
  if (plan.definition.missingReference !== 'create') return
  for (const reference of plan.references) await askOfMade(tx, plan, reference)
}

async function askOfMade(tx: Transaction, plan: PlanContext, reference: PlannedReference): Promise<void> {
  const { target, through, slot } = reference
  const rules = compileRules(target)
  const way = relatedWay(plan.mapping.targets, through)
  const required = way.targets.flatMap(({ field, path, header }, i) => (field.required && field.default === undefined ? [{ position: way.positions[i] ?? -1, path, header, label: field.label }] : []))
  // a key that is made of all that a record needs says by itself that it is there
  const telling = reference.finders.filter((finder) => required.every(({ position }) => plan.keys[finder]?.targets.includes(position)))
  if (rules.length === 0 && telling.length === reference.finders.length) return
  const untold = rules.length > 0 || telling.length === 0 ? '' : ` AND coalesce(${telling.map(keyAt).join(', ')}) IS NULL`
  const { table } = names(plan.attempt)
  const { job } = plan.attempt
  const values = valuesOnCreate({ ...plan.mapping, object: target, targets: [...way.targets] }, { now: plan.rules.effectiveAt, owner: plan.owners[0] ?? null })
  const [from, to] = [firstMadeSeq + slot * issuesPerSlot, firstMadeSeq + (slot + 1) * issuesPerSlot]
  await tx.query(`DELETE FROM ${table('_issue')} i WHERE i.job = $1 AND i.seq >= ${from} AND i.seq < ${to} AND NOT EXISTS (SELECT 1 FROM pg_temp.bad b WHERE b.row_number = i.row_number)
    AND EXISTS (SELECT 1 FROM ${source} WHERE s.row_number = i.row_number)`, [job])
  const passedOn = new Set<string>() // keys whose first row makes nothing: another one may
  for (let after = 0; ;) {
    const { rows } = await tx.query<{ row: string; cells: (string | null)[]; key: string; first: boolean }>(
      `SELECT s.row_number AS row, ${stagedCells('s.cells')} AS cells, r.key, s.row_number = r.first_row AS first FROM ${wholeSource(plan)} JOIN pg_temp.${reference.table} r ON r.key = ${referenceKey(plan, reference)} AND r.made
       WHERE s.errors = 0${untold} AND s.row_number > $2 AND NOT EXISTS (SELECT 1 FROM pg_temp.bad b WHERE b.row_number = s.row_number) ORDER BY s.row_number LIMIT ${batch}`, [job, after])
    const lines: string[] = []
    const failing: number[] = []
    for (const { row, cells, key, first } of rows) {
      const value = values(way.positions.map((position) => cells[position] ?? null))
      const found = rules.filter((rule) => rule.isBroken(value))
      const broken = found.filter(({ rule }) => rule.severity !== 'warning')
      const lacking = required.filter(({ position }) => (cells[position] ?? null) === null)
      const fails = broken.length > 0 || lacking.length > 0
      if (fails) failing.push(Number(row))
      // a doubt about one record is told once, of the first row that may make it
      const doubted = fails || !(passedOn.delete(key) || first) ? [] : found
      if (fails && first) passedOn.add(key)
      const lacks = lacking.slice(0, issuesPerSlot)
      lines.push(...lacks.map(({ path, header, label }, i) => issueLine(job, from + i, makeIssue('required.missing', { row: Number(row), column: header, field: path, value: null }, { label }))))
      for (const [i, { rule, words }] of [...broken, ...doubted].slice(0, issuesPerSlot - lacks.length).entries()) {
        const name = rule.check.field
        const finder = finderOf(plan, reference, cells)
        // where no column of the file is about the field, the one that names the record is where to look
        const column = way.targets.find(({ field }) => field.name === name)?.header ?? placeOfName(plan, reference, Number(row), cells).column
        const place = { row: Number(row), column, field: `${through}.${name}`, value: value(name) }
        const told = { target: target.label.toLowerCase(), key: finder ? describeKey(finder, cells) : '', rule: rule.name, words }
        lines.push(issueLine(job, from + lacks.length + i, makeIssue(rule.severity === 'warning' ? 'reference.doubted' : 'reference.breaks-rule', place, told)))
      }
    }
    await copyLines(tx, `COPY ${table('_issue')} FROM STDIN`, lines)
    await tx.query(`INSERT INTO pg_temp.bad SELECT unnest($1::bigint[]), ${reasonNumber('invalid')} ON CONFLICT DO NOTHING`, [failing])
    if (rows.length < batch) break
    after = Number(rows.at(-1)?.row)
  }
}
