import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { isOdd, likeText, sourceCell } from '../stage/source-cell.ts'
import { sourceHolds } from '../stage/source-holds.ts'

/** What a column holds, the most frequent first. `about`: counted in a part of the rows and carried over to all. */
export interface ColumnFacet { values: { value: string; rows: number }[]; more: boolean; about: boolean }

/** Pieces of a large job that are looked at, spread over its rows. */
const pieces = 50
const rowsOfPiece = 2_000

export interface FacetWish {
  /** From 0. */
  column: number
  /** Only values that hold this, in either letter case. */
  search: string | null
  /** Only rows that have this issue, and that nobody left out. */
  issue?: { code: string; field: string | null }
  limit: number
  /** Absent: all rows are counted; else about so many, of `firstRow` to `lastRow`. */
  sampled?: { firstRow: number; lastRow: number; rows: number }
}

export async function columnFacet(tx: Transaction, organization: Organization, job: number, { column, search, issue, limit, sampled }: FacetWish): Promise<ColumnFacet> {
  const schema = quoteIdentifier(organization.schema)
  const staged = `${schema}._staged`
  const cell = sourceCell('s.source', column)
  const values: unknown[] = [job, limit + 1]
  const value = (one: unknown, type: string): string => `$${values.push(one)}::${type}`
  const found = search === null ? '' : `AND ${sourceHolds('s.source', search)} AND ${cell} ILIKE ${value(`%${likeText(search.replaceAll('\0', '').toWellFormed())}%`, 'text')}`
  const having = issue === undefined ? '' : `AND s.row_number IN (SELECT i.row_number FROM ${schema}._issue i WHERE i.job = $1 AND i.code = ${value(issue.code, 'text')} AND i.field IS NOT DISTINCT FROM ${value(issue.field, 'text')})
    AND NOT EXISTS (SELECT 1 FROM ${schema}._left_out l WHERE l.job = $1 AND l.row_number = s.row_number)`
  const from = sampled === undefined ? `${staged} s WHERE s.job = $1 AND NOT ${isOdd('s.source')}`
    // OFFSET 0: each piece is looked up by itself; joined, PostgreSQL went over all rows for each of them
    : `unnest(${value(startsOf(sampled.firstRow, sampled.lastRow), 'bigint[]')}) piece (start) CROSS JOIN LATERAL (SELECT a.source FROM ${staged} a WHERE a.job = $1 AND a.row_number >= piece.start AND a.row_number < piece.start + ${rowsOfPiece} OFFSET 0) s
      WHERE NOT ${isOdd('s.source')}`
  const { rows } = await tx.query<{ value: string; rows: string; looked: string }>(
    `SELECT btrim(coalesce(${cell}, ''), E' \\t\\n\\r') AS value, count(*) AS rows, sum(count(*)) OVER () AS looked FROM ${from} ${found} ${having} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $2`, values)
  const scale = sampled === undefined || search !== null ? 1 : sampled.rows / Math.max(1, Number(rows[0]?.looked ?? 1))
  return { values: rows.slice(0, limit).map((one) => ({ value: one.value, rows: Math.max(1, Math.round(Number(one.rows) * scale)) })), more: rows.length > limit, about: sampled !== undefined }
}

/** Whether a job of so many row numbers is larger than a sample of it. */
export function isWorthSampling(rows: number): boolean {
  return rows > 2 * pieces * rowsOfPiece
}

function startsOf(first: number, last: number): number[] {
  return Array.from({ length: pieces }, (_, i) => first + Math.floor(i * (last - first + 1) / pieces))
}
