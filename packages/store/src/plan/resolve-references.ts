import { describeKey, hasBug, makeIssue } from '@longshore/core'
import type { Target } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import type { Transaction } from '../postgres/database.ts'
import { issueLine, stagedCells } from '../stage/copy-text.ts'
import { placeOfName } from './issue-place.ts'
import { NearestKeys } from './nearest-keys.ts'
import { names, reasonNumber, temporary, type PlanContext, type PlannedReference } from './plan-context.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import { source, wholeSource } from './narrow-rows.ts'
import { finderOf, findingRules, recordsByKey, referenceKey, salted } from './reference-key.ts'

/** Seq numbers of issues that planning adds start here, apart from those that checking made. */
export const firstPlanSeq = 10_000

/**
 * Finds the record that each distinct key of each reference means, once per key and not per row: `pg_temp.ref_<slot>` (key, first_row,
 * found, record, made, maker, maker_slot), one for all references to one object. Rows whose reference has no record and may not have
 * one made go to `pg_temp.bad` with their reason.
 */
export async function resolveReferences(tx: Transaction, plan: PlanContext): Promise<void> {
  await tx.query('CREATE TEMPORARY TABLE bad (row_number bigint PRIMARY KEY, reason smallint NOT NULL) ON COMMIT DROP')
  for (const members of referenceGroups(plan)) await resolveKeys(tx, plan, members)
}

/** Puts rows whose reference has no record, or more than one, among the bad ones; again whenever what keys mean has changed. */
export async function failBadRows(tx: Transaction, plan: PlanContext): Promise<void> {
  for (const reference of plan.references) {
    for (const [reason, condition] of troublesOf(plan)) {
      if (reason === 'reference-missing' && plan.definition.missingReference === 'blank') continue
      await tx.query(`INSERT INTO pg_temp.bad SELECT s.row_number, $2 FROM ${source} JOIN pg_temp.${reference.table} r ON r.key = ${referenceKey(plan, reference)} WHERE s.errors = 0 AND ${condition} ON CONFLICT DO NOTHING`,
        [plan.attempt.job, reasonNumber(reason)])
    }
  }
}

/** Gives each of these rows an issue that says which column and value; also those that keep the reference empty. */
export async function tellBadRows(tx: Transaction, plan: PlanContext): Promise<void> {
  for (const reference of plan.references) for (const [reason, condition] of troublesOf(plan)) await tellTrouble(tx, plan, reference, reason, condition)
}

function troublesOf(plan: PlanContext): [Trouble, string][] {
  const ambiguous: [Trouble, string] = ['reference-ambiguous', 'r.found > 1']
  return plan.definition.missingReference === 'create' ? [ambiguous] : [['reference-missing', 'r.found = 0'], ambiguous]
}

/** The references of the import by their object. */
export function referenceGroups({ references }: Pick<PlanContext, 'references'>): PlannedReference[][] {
  return [...Map.groupBy(references, ({ table }) => table).values()]
}

/** Bits for the slot beside the row in which a key is first named; those of a record id that is made are three of them. */
const placeBits = 5

async function resolveKeys(tx: Transaction, plan: PlanContext, members: readonly PlannedReference[]): Promise<void> {
  const [first] = members
  if (first === undefined) return
  const made = plan.definition.missingReference === 'create'
  const named = members.map((member) => `SELECT ${referenceKey(plan, member)} AS key, (s.row_number << ${placeBits}) | ${member.slot} AS place FROM ${source} WHERE s.errors = 0`).join(' UNION ALL ')
  const [row, slot] = [`(k.place >> ${placeBits})`, `(k.place & ${(1 << placeBits) - 1})`]
  const madeId = hasBug('record-ids-from-clock') ? `((extract(epoch FROM clock_timestamp()) * 1e6)::bigint << 3) | ${slot}` : `($1::bigint << 35) | (${row} << 3) | ${slot}`
  // materialized: where PostgreSQL expects one row it would otherwise look up the records again for every key
  await temporary(tx, first.table, `
    WITH m AS MATERIALIZED (SELECT o.key, count(*) AS found, min(o.id) AS record FROM (${recordsByKey(plan, members, `SELECT key FROM (${named}) n`)}) o GROUP BY 1)
    SELECT k.key, ${row} AS first_row, coalesce(m.found, 0)::integer AS found,
      CASE WHEN m.found = 1 THEN m.record WHEN m.found IS NULL AND ${made} THEN ${madeId} END AS record,
      (m.found IS NULL AND ${made}) AS made,
      CASE WHEN m.found IS NULL AND ${made} THEN ${row} END AS maker, ${slot}::smallint AS maker_slot
    FROM (SELECT key, min(place) AS place FROM (${named}) n WHERE key IS NOT NULL GROUP BY 1) k
    LEFT JOIN m USING (key)`, [plan.attempt.job])
  await tx.query(`ANALYZE pg_temp.${first.table}`)
}

/** Rows per statement when issues are written. */
const issueBatch = 5_000
/** So many ids stand in a message; the rest is "…". */
const namedIds = 5

type Trouble = 'reference-missing' | 'reference-ambiguous'

/** Rows of which a reference finds nothing or too much: they fail, or (`blank`) keep it empty with a warning. */
async function tellTrouble(tx: Transaction, plan: PlanContext, reference: PlannedReference, reason: Trouble, condition: string): Promise<void> {
  const { table } = names(plan.attempt)
  const { rows: [any] } = await tx.query(`SELECT 1 FROM pg_temp.${reference.table} r WHERE ${condition} LIMIT 1`)
  if (!any) return
  const named = (rows: string): string => `${rows} JOIN pg_temp.${reference.table} r ON r.key = ${referenceKey(plan, reference)}`
  const blanked = reason === 'reference-missing' && plan.definition.missingReference === 'blank'
  const code = blanked ? 'reference.blanked' : reason === 'reference-missing' ? 'reference.missing' : 'reference.ambiguous'
  const found = findingRules(plan, [reference]).map((key) => `${salted(reference.target, key, `o.${keyColumn({ id: key.rule })}`)} = r.key`).join(' OR ')
  const ids = `(SELECT string_agg(t.id::text, ', ' ORDER BY t.id) FROM (SELECT id FROM ${table(reference.target.name)} o
    WHERE (${found}) AND o.deleted_at IS NULL ORDER BY id LIMIT ${namedIds}) t)`
  const nearest = new NearestKeys(tx, plan, reference)
  let after = 0
  for (;;) {
    const { rows } = await tx.query<NamedRow>(
      `SELECT s.row_number AS row, ${stagedCells('s.cells')} AS cells, r.found, ${code === 'reference.ambiguous' ? ids : 'NULL'} AS ids
       FROM ${named(wholeSource(plan))} WHERE s.errors = 0 AND s.row_number > $2 AND ${condition} AND NOT EXISTS (SELECT 1 FROM pg_temp.bad b WHERE b.row_number = s.row_number AND b.reason = ${reasonNumber('reference-cycle')})
       ORDER BY s.row_number LIMIT ${issueBatch}`, [plan.attempt.job, after])
    if (rows.length === 0) return
    if (code !== 'reference.ambiguous') {
      for (const [field, values] of Map.groupBy(rows.flatMap((row) => lookedFor(plan, reference, row.cells) ?? []), ({ target }) => target.field)) await nearest.look(field, values.map(({ value }) => value))
    }
    await copyLines(tx, `COPY ${table('_issue')} FROM STDIN`, rows.map((row) => referenceLine(plan, reference, code, row, nearest)))
    after = Number(rows.at(-1)?.row)
  }
}

interface NamedRow { row: string; cells: (string | null)[]; found: number; ids: string | null }

function referenceLine(plan: PlanContext, reference: PlannedReference, code: 'reference.blanked' | 'reference.missing' | 'reference.ambiguous', { row, cells, found, ids }: NamedRow, nearest: NearestKeys): string {
  const looked = lookedFor(plan, reference, cells)
  const key = finderOf(plan, reference, cells)
  return issueLine(plan.attempt.job, firstPlanSeq + reference.slot, makeIssue(
    code, placeOfName(plan, reference, Number(row), cells),
    { target: (found > 1 ? reference.target.pluralLabel : reference.target.label).toLowerCase(), key: key ? describeKey(key, cells, (target) => plan.mapping.targets[target]?.field.label) : '', count: String(found),
      ids: `${ids ?? ''}${found > namedIds ? ', …' : ''}`, nearest: looked && code !== 'reference.ambiguous' ? nearest.hint(looked.target.field, looked.value) : '' }))
}

/** The one cell by which a row names the record of a reference; null where it names it by several. */
function lookedFor(plan: PlanContext, reference: PlannedReference, cells: readonly (string | null)[]): { target: Target; value: string } | null {
  const positions = finderOf(plan, reference, cells)?.targets ?? []
  const [position = -1] = positions
  const [target, value] = [plan.mapping.targets[position], cells[position] ?? null]
  return positions.length === 1 && target && value !== null ? { target, value } : null
}
