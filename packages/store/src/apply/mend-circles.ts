import { makeIssue, mayUpdate } from '@longshore/core'
import { objectColumnOf } from '../objects/column.ts'
import { names, type PlannedReference } from '../plan/plan-context.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { writeFields } from '../records/write-fields.ts'
import { issueLine } from '../stage/copy-text.ts'
import type { ApplyContext } from './chunk-rows.ts'
import { linkValues } from './link-values.ts'

/** Seq of the issue of a link that went back to what it was, apart from those of links without a record. */
const circleSeq = 20_200

/** A link of the job that stands in a circle, and what it was before the job. */
interface Turned { record: string; row: string; parent: string; former: string | null; formerObject: string | null }

/**
 * Rows may turn a parent and its child round, as all of them together leave things. When only some of them were written, the records stand in a
 * circle that had no rows of its own: their links go back to what they were before the job, and their rows say so. Each round takes back all links of the
 * job that stand in one, so what is left in the end is what was there before.
 */
export async function mendCircles(tx: Transaction, apply: ApplyContext): Promise<void> {
  if (!mayUpdate(apply.rules)) return
  for (const reference of apply.references.filter(({ target }) => target.name === apply.mapping.object.name)) {
    for (;;) {
      const turned = await linksInCircles(tx, apply, reference)
      if (turned.length === 0) break
      await takeBack(tx, apply, reference, turned)
    }
  }
}

async function linksInCircles(tx: Transaction, { attempt, mapping: { object } }: ApplyContext, { field }: PlannedReference): Promise<Turned[]> {
  const { table } = names(attempt)
  const column = quoteIdentifier(field.name)
  const objectColumn = objectColumnOf(field)
  const parent = (of: string): string => (objectColumn === null ? `${of}.${column}` : `CASE WHEN ${of}.${quoteIdentifier(objectColumn)} = '${object.name}' THEN ${of}.${column} END`)
  const { rows } = await tx.query<Turned>(`
    WITH RECURSIVE changed AS (SELECT h.record, max(h.row_number) AS row, (array_agg(h.before ->> $2 ORDER BY h.id))[1] AS former, (array_agg(h.before ->> $3 ORDER BY h.id))[1] AS former_object
      FROM ${table('_change')} h WHERE h.job = $1 AND h.object = '${object.name}' AND h.kind = 'update' AND h.after ? $2 GROUP BY h.record),
    led AS (SELECT c.*, ${parent('o')} AS parent FROM changed c JOIN ${table(object.name)} o ON o.id = c.record WHERE o.${column} IS NOT NULL AND o.${column}::text IS DISTINCT FROM c.former),
    up (start, at) AS (SELECT l.record, l.parent FROM led l WHERE l.parent IS NOT NULL
      UNION SELECT u.start, ${parent('o')} FROM up u JOIN ${table(object.name)} o ON o.id = u.at WHERE u.at <> u.start AND ${parent('o')} IS NOT NULL)
    SELECT l.record, l.row, l.parent, l.former, l.former_object AS "formerObject" FROM led l WHERE l.record IN (SELECT u.start FROM up u WHERE u.at = u.start) ORDER BY l.record`,
    [attempt.job, field.name, objectColumn ?? ''])
  return rows
}

async function takeBack(tx: Transaction, apply: ApplyContext, reference: PlannedReference, turned: readonly Turned[]): Promise<void> {
  const { attempt, catalog, mapping } = apply
  const { field, target, slot } = reference
  await writeFields(tx, { organization: attempt.organization, catalog, job: attempt.job, at: apply.effectiveAt, by: Number(apply.owners[0] ?? 0) || null, asOf: null }, mapping.object,
    turned.map(({ record, row, parent, former, formerObject }) => ({ record, row: Number(row), from: linkValues(reference, parent), to: linkValues(reference, former, formerObject) })))
  const at = mapping.targets.find((one) => one.reference?.name === field.name && one.column !== null)
  await copyLines(tx, `COPY ${names(attempt).table('_issue')} FROM STDIN`, turned.map(({ record, row, former }) => issueLine(attempt.job, circleSeq + slot, makeIssue('reference.left-as-was',
    { row: Number(row), column: at?.header ?? null, field: at?.path ?? field.name, value: null },
    { target: target.label.toLowerCase(), id: record, now: former === null ? 'is empty, as it was' : `is ${former}, as it was` }))))
}
