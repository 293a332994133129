import { RowGroups, takesAway, mayFlag, mayUpdate } from '@longshore/core'
import { keyColumn } from '../match/key-columns.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { keyAt, source } from './narrow-rows.ts'
import { names, type PlanContext } from './plan-context.ts'

/** Pairs fetched at a time. */
const fetchRows = 5_000

/**
 * Finds the rows that cannot be planned alone because they share a match key with another row or with a record:
 * `pg_temp.hit` (row_number, criterion, record) and `pg_temp.grp` (row_number, anchor). Returns the groups.
 * PostgreSQL joins the keys; which rows belong together is a union-find here, over row numbers alone.
 */
export async function findGroups(tx: Transaction, plan: PlanContext): Promise<RowGroups> {
  await tx.query(`DROP TABLE IF EXISTS ${['hit', 'grp', 'grouped'].map((name) => `pg_temp.${name}`).join(', ')}`) // of an earlier look
  await tx.query('CREATE TEMPORARY TABLE hit (row_number bigint NOT NULL, criterion smallint NOT NULL, record bigint NOT NULL) ON COMMIT DROP')
  await tx.query(createGroups)
  const { criteria } = plan.rules
  const groups = new RowGroups(plan.lastRow)
  if (criteria === 0 || !looksForMatches(plan)) return groups
  for (let c = 0; c < criteria; c++) {
    await matchStore(tx, plan, c)
    await matchFile(tx, plan, c, groups)
  }
  await tx.query('ANALYZE pg_temp.hit')
  await joinHits(tx, groups)
  if (groups.members > 0) await writeGroups(tx, groups)
  return groups
}

/**
 * A key of several fields can come about that no row and no record had: one field from the record, another from a row that found it by
 * another criterion. Rows that have such a key belong to its group. Joins them after a first plan; true: there were any, plan again.
 */
export async function joinByNewKeys(tx: Transaction, plan: PlanContext, groups: RowGroups): Promise<boolean> {
  const composite = plan.rules.keys.slice(0, plan.rules.criteria).flatMap((key, c) => (key.targets.length > 1 ? [c + 1] : []))
  if (composite.length === 0 || plan.rules.criteria < 2 || !mayUpdate(plan.rules)) return false
  let joined = false
  for (const position of composite) {
    const { rows } = await tx.query<{ one: string; other: string }>(`SELECT g.row_number AS one, s.row_number AS other FROM pg_temp.grouped g JOIN ${source} ON ${keyAt(position - 1)} = g.keys[${position}] AND s.row_number <> g.row_number
      WHERE g.keys IS NOT NULL AND ${good(plan)} ORDER BY 1, 2`, [plan.attempt.job])
    for (const pair of rows) {
      const [one, other] = [Number(pair.one), Number(pair.other)]
      if (groups.anchor(other) !== 0 && groups.anchor(one) === groups.anchor(other)) continue
      groups.join(one, other)
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

const good = (plan: PlanContext): string => `s.errors = 0${plan.references.length > 0 ? ' AND NOT EXISTS (SELECT 1 FROM pg_temp.bad b WHERE b.row_number = s.row_number)' : ''}`

async function matchStore(tx: Transaction, plan: PlanContext, c: number): Promise<void> {
  const column = keyColumn({ id: plan.rules.keys[c]?.rule ?? 0 })
  const object = names(plan.attempt).table(plan.mapping.object.name)
  const meant = (prefix: string): string => (plan.definition.restoreBinned ? 'true' : `${prefix}deleted_at IS NULL`)
  const { rows: [any] } = await tx.query(`SELECT 1 FROM ${object} WHERE ${column} IS NOT NULL AND ${meant('')} LIMIT 1`)
  if (!any) return
  await tx.query(`INSERT INTO pg_temp.hit SELECT s.row_number, ${c}, o.id FROM ${source} JOIN ${object} o ON o.${column} = ${keyAt(c)} AND ${meant('o.')}
    WHERE ${good(plan)}`, [plan.attempt.job])
}

async function matchFile(tx: Transaction, plan: PlanContext, c: number, groups: RowGroups): Promise<void> {
  const key = keyAt(c)
  // one sort of the keys shows the neighbours; counting first and joining after took a quarter longer
  await tx.query(`DECLARE pairs NO SCROLL CURSOR FOR SELECT key, row FROM (
      SELECT ${key} AS key, s.row_number AS row, lag(${key}) OVER sorted AS before, lead(${key}) OVER sorted AS after FROM ${source}
      WHERE ${good(plan)} AND ${key} IS NOT NULL WINDOW sorted AS (ORDER BY ${key}, s.row_number)) k
    WHERE key = before OR key = after ORDER BY key, row`, [plan.attempt.job])
  await eachPair(tx, groups)
}

/** Rows that reach one record belong together, too, and a row that reaches any record is planned with it. */
async function joinHits(tx: Transaction, groups: RowGroups): Promise<void> {
  await tx.query('DECLARE pairs NO SCROLL CURSOR FOR SELECT record AS key, row_number AS row FROM pg_temp.hit ORDER BY 1, 2')
  await eachPair(tx, groups)
}

/** Reads the cursor `pairs`, ordered by key: neighbours with one key are joined. */
async function eachPair(tx: Transaction, groups: RowGroups): Promise<void> {
  let key: string | null = null
  let first = 0
  for (;;) {
    const { rows } = await tx.query<{ key: string; row: string }>(`FETCH ${fetchRows} FROM pairs`)
    for (const pair of rows) {
      const row = Number(pair.row)
      if (pair.key === key) groups.join(first, row)
      else { key = pair.key; first = row; groups.add(row) }
    }
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

/** Whether it matters what rows meet: an insert that creates in any case asks for nothing. */
export function looksForMatches({ rules }: Pick<PlanContext, 'rules'>): boolean {
  return rules.operation !== 'insert' || rules.onDuplicate !== 'create'
}

/** Whether planning has to look at values, not only at keys. */
export function needsValues(plan: PlanContext): boolean {
  return mayUpdate(plan.rules)
}

/** Whether it has to look at the cells of rows: to merge them, or to say by what they met others. */
export function needsCells(plan: PlanContext): boolean {
  return mayUpdate(plan.rules) || takesAway(plan.rules.operation) || mayFlag(plan.rules)
}
