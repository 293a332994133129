import { parseSource } from '@longshore/core'
import type { RawRow, RowRanges } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import { triedRows } from '../plan/tried-rows.ts'
import { copyLines } from '../postgres/copy-lines.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { isOdd, needleOf, sourceCell } from '../stage/source-cell.ts'

/**
 * Rows that a change of fixes may concern. `text`: those whose column (from 0) may hold it; `fix`: those that the fix has changed; `fixed`:
 * those that any fix has changed; `filled`: those whose column is not blank.
 */
export type FixScope =
  | { kind: 'rows'; rows: RowRanges }
  | { kind: 'text'; column: number; text: string }
  | { kind: 'fix'; number: number }
  | { kind: 'fixed' }
  | { kind: 'filled'; column: number }

/** A staged row as a change of fixes sees it. `current`: as corrected so far. */
export interface RowToFix { row: number; current: RawRow; original: RawRow; by: number[] }

/** The rows of the scopes in their order, in batches, as they stood when the first one was asked for: they may be replaced on the way. */
export async function* rowsInScope(tx: Transaction, organization: Organization, job: number, scopes: readonly FixScope[], batchRows: number): AsyncGenerator<RowToFix[]> {
  const values: unknown[] = [job]
  const where = conditionOf(scopes, values)
  await tx.query('SET LOCAL cursor_tuple_fraction = 1')
  await tx.query(`DECLARE to_fix NO SCROLL CURSOR FOR SELECT s.row_number AS row, s.source, s.original, s.fixes FROM ${table(organization, '_staged')} s WHERE s.job = $1 AND (${where}) ORDER BY s.row_number`, values)
  for (;;) {
    const { rows } = await tx.query<{ row: string; source: string; original: string | null; fixes: number[] | null }>(`FETCH ${Math.trunc(batchRows)} FROM to_fix`)
    yield rows.map(({ row, source, original, fixes }) => ({
      row: Number(row), current: { row: Number(row), ...parseSource(source) }, original: { row: Number(row), ...parseSource(original ?? source) }, by: fixes ?? [],
    }))
    if (rows.length < batchRows) break
  }
  await tx.query('CLOSE to_fix')
}

/** The first of these rows that the job does not have; null: it has them all. */
export async function firstMissingRow(tx: Transaction, organization: Organization, job: number, ranges: RowRanges): Promise<number | null> {
  const values = [job, ranges.map(([first]) => first), ranges.map(([, last]) => last)]
  const from = 'FROM unnest($2::bigint[], $3::bigint[]) r (first, last)'
  const there = `${table(organization, '_staged')} s WHERE s.job = $1`
  const { rows: [all] } = await tx.query<{ full: boolean }>(
    `SELECT sum(r.last - r.first + 1) = sum((SELECT count(*) FROM ${there} AND s.row_number >= r.first AND s.row_number <= r.last)) AS full ${from}`, values)
  if (all?.full !== false) return null
  // a gap begins at the first row of a range or behind a row that is there
  const { rows: [gap] } = await tx.query<{ row: string | null }>(
    `SELECT min(g.row) AS row ${from} CROSS JOIN LATERAL (SELECT r.first AS row UNION ALL SELECT s.row_number + 1 FROM ${there} AND s.row_number >= r.first AND s.row_number < r.last) g
     WHERE NOT EXISTS (SELECT 1 FROM ${there} AND s.row_number = g.row)`, values)
  return gap?.row === undefined || gap.row === null ? null : Number(gap.row)
}

/** How many of these rows trials of the job have dealt with, and the first of them. */
export async function triedAmong(tx: Transaction, organization: Organization, job: number, ranges: RowRanges): Promise<{ rows: number; first: number }> {
  const { rows: [tried] } = await tx.query<{ n: string; first: string | null }>(
    `SELECT count(DISTINCT t.row_number) AS n, min(t.row_number) AS first FROM ${triedRows(organization)} t JOIN unnest($2::bigint[], $3::bigint[]) r (first, last) ON t.row_number >= r.first AND t.row_number <= r.last WHERE t.job = $1`,
    [job, ranges.map(([first]) => first), ranges.map(([, last]) => last)])
  return { rows: Number(tried?.n ?? 0), first: Number(tried?.first ?? 0) }
}

/** Puts rows that were checked again in the place of those that stood there: lines of `_staged` and of `_issue`. What a plan said of them goes, too. */
export async function replaceRows(tx: Transaction, organization: Organization, job: number, rows: readonly number[], staged: readonly string[], issues: readonly string[]): Promise<void> {
  if (rows.length === 0) return
  for (const name of ['_issue', '_staged']) await tx.query(`DELETE FROM ${table(organization, name)} WHERE job = $1 AND row_number = ANY($2::bigint[])`, [job, rows])
  await copyLines(tx, `COPY ${table(organization, '_staged')} FROM STDIN`, staged)
  await copyLines(tx, `COPY ${table(organization, '_issue')} FROM STDIN`, issues)
}

/** Leaves out what the ranges hold, and nothing else. Returns how many rows are left out otherwise than before. */
export async function setLeftOut(tx: Transaction, organization: Organization, job: number, ranges: readonly RowRanges[]): Promise<number> {
  const flat = ranges.flat()
  const wanted = 'SELECT DISTINCT g AS row_number FROM unnest($2::bigint[], $3::bigint[]) r (first, last), generate_series(r.first, r.last) g'
  const values = [job, flat.map(([first]) => first), flat.map(([, last]) => last)]
  const left = table(organization, '_left_out')
  const { rowCount: back } = await tx.query(`DELETE FROM ${left} l USING (SELECT l.row_number FROM ${left} l LEFT JOIN (${wanted}) w USING (row_number) WHERE l.job = $1 AND w.row_number IS NULL) gone
    WHERE l.job = $1 AND l.row_number = gone.row_number`, values)
  const { rowCount: out } = await tx.query(`INSERT INTO ${left} (job, row_number) SELECT $1, w.row_number FROM (${wanted}) w ON CONFLICT DO NOTHING`, values)
  return back + out
}

/** SQL: whether a staged row `s` is in one of the scopes; adds to the statement's values. */
function conditionOf(scopes: readonly FixScope[], values: unknown[]): string {
  const value = (one: unknown, type: string): string => `$${values.push(one)}::${type}`
  const conditions = scopes.map((scope) => {
    switch (scope.kind) {
      // as a list PostgreSQL knows how many they are, and looks each up; as ranges it went over all rows of the job
      case 'rows': return `s.row_number = ANY(${value(scope.rows.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i)), 'bigint[]')})`
      case 'text': return `(strpos(s.source, ${value(needleOf(scope.text), 'text')}) > 0 AND (${isOdd('s.source')} OR strpos(${sourceCell('s.source', scope.column)}, ${value(storable(scope.text), 'text')}) > 0))`
      case 'fix': return `(s.fixes IS NOT NULL AND ${value(scope.number, 'integer')} = ANY(s.fixes))`
      case 'fixed': return 's.fixes IS NOT NULL'
      case 'filled': return `(${isOdd('s.source')} OR btrim(coalesce(${sourceCell('s.source', scope.column)}, '')) <> '')`
    }
  })
  return conditions.length === 0 ? 'false' : conditions.join(' OR ')
}

/** Rows that hold what PostgreSQL cannot are odd, and found without it. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}

function table(organization: Organization, name: string): string {
  return `${quoteIdentifier(organization.schema)}.${name}`
}
