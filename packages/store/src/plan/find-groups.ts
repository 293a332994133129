import { RowGroups, takesAway, mayFlag, mayUpdate } from '@longshore/core'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { isGood, matchRows } from './match-rows.ts'
import { keyAt, source } from './narrow-rows.ts'
import { compositeKeys, mayMakeNewKeys } from './new-keys.ts'
import { matchOutside } from './outside-scope.ts'
import type { PlanContext } from './plan-context.ts'
import { planLoneRows, type Beside } from './plan-lone-rows.ts'

/** Pairs fetched at a time. */
const fetchRows = 5_000

/**
 * Finds the rows that must be planned together because they share a match key or reach one record, into `pg_temp.grp` (row_number, anchor).
 * Lone rows are planned by the way, and are in no group. Returns the groups.
 * PostgreSQL joins the keys; which rows belong together is a union-find here, over row numbers alone.
 */
export async function findGroups(tx: Transaction, plan: PlanContext, beside: Beside | null = null): Promise<RowGroups> {
  await tx.query(`DROP TABLE IF EXISTS ${['grp', 'grouped'].map((name) => `pg_temp.${name}`).join(', ')}`) // of an earlier look
  await tx.query(createGroups)
  await matchRows(tx, plan)
  const groups = new RowGroups(plan.lastRow)
  await joinAll(tx, groups, 'SELECT criterion, key, row_number AS row FROM pg_temp.shared ORDER BY 1, 2, 3')
  const someAreLone = await planLoneRows(tx, plan, beside)
  await joinAll(tx, groups, `SELECT 0 AS criterion, record AS key, row_number AS row FROM pg_temp.hit h${someAreLone ? ' WHERE h.row_number IN (SELECT row_number FROM pg_temp.crowded)' : ''} ORDER BY 2, 3`)
  if (await matchOutside(tx, plan)) await joinAll(tx, groups, 'SELECT 0 AS criterion, row_number AS key, row_number AS row FROM pg_temp.outside ORDER BY 2')
  if (groups.members > 0) await writeGroups(tx, groups)
  return groups
}

/**
 * A key of several fields can come about that no row and no record had: one field from the record, another from a row that found it by
 * another criterion. Rows that have such a key belong to its group. Joins them after a first plan; true: there were any, plan again.
 */
export async function joinByNewKeys(tx: Transaction, plan: PlanContext, groups: RowGroups): Promise<boolean> {
  if (!mayMakeNewKeys(plan)) return false
  let joined = false
  for (const position of compositeKeys(plan)) {
    // rows that have the key are one group already, so the first stands for them
    await tx.query(`DECLARE pairs NO SCROLL CURSOR FOR SELECT g.row_number AS one, k.row AS other FROM pg_temp.grouped g JOIN (
        SELECT ${keyAt(position - 1)} AS key, min(s.row_number) AS row FROM ${source} WHERE ${isGood(plan)} AND ${keyAt(position - 1)} IN (SELECT keys[${position}] FROM pg_temp.grouped) GROUP BY 1) k
      ON k.key = g.keys[${position}] ORDER BY 1, 2`, [plan.attempt.job])
    for await (const { one, other } of pairsOf<{ one: string; other: string }>(tx)) {
      const [a, b] = [Number(one), Number(other)]
      if (a === b || (groups.anchor(b) !== 0 && groups.anchor(a) === groups.anchor(b))) continue
      groups.join(a, b)
      joined = true
    }
  }
  if (joined) {
    await tx.query('DROP TABLE pg_temp.grouped; DROP TABLE pg_temp.grp')
    await tx.query(createGroups)
    await writeGroups(tx, groups)
  }
  return joined
}

const createGroups = 'CREATE TEMPORARY TABLE grp (row_number bigint NOT NULL, anchor bigint NOT NULL) ON COMMIT DROP'

/** Joins neighbours of one key; a row that stands alone becomes a group of its own. `pairs`: SQL, ordered by criterion, key and row. */
async function joinAll(tx: Transaction, groups: RowGroups, pairs: string): Promise<void> {
  await tx.query(`DECLARE pairs NO SCROLL CURSOR FOR ${pairs}`)
  let last: { criterion: number; key: string } | null = null
  let first = 0
  for await (const pair of pairsOf<{ criterion: number; key: string; row: string }>(tx)) {
    const row = Number(pair.row)
    if (last?.key === pair.key && last.criterion === pair.criterion) groups.join(first, row)
    else { last = pair; first = row; groups.add(row) }
  }
}

/** Reads the cursor `pairs` to its end and closes it. */
async function* pairsOf<Pair>(tx: Transaction): AsyncGenerator<Pair> {
  for (;;) {
    const { rows } = await tx.query<Pair>(`FETCH ${fetchRows} FROM pairs`)
    yield* rows
    if (rows.length < fetchRows) break
  }
  await tx.query('CLOSE pairs')
}

async function writeGroups(tx: Transaction, groups: RowGroups): Promise<void> {
  let lines: string[] = []
  for (const { row, anchor } of groups.all()) {
    lines.push(`${row}\t${anchor}\n`)
    if (lines.length === 10_000) { await copyLines(tx, 'COPY pg_temp.grp FROM STDIN', lines); lines = [] }
  }
  await copyLines(tx, 'COPY pg_temp.grp FROM STDIN', lines)
  await tx.query('CREATE INDEX ON pg_temp.grp (anchor, row_number)')
  await tx.query('ANALYZE pg_temp.grp')
}

/** Whether planning has to look at values, not only at keys. */
export function needsValues(plan: PlanContext): boolean {
  return mayUpdate(plan.rules)
}

/** Whether it has to look at the cells of rows: to merge them, or to say by what they met others. */
export function needsCells(plan: PlanContext): boolean {
  return mayUpdate(plan.rules) || takesAway(plan.rules.operation) || mayFlag(plan.rules)
}
