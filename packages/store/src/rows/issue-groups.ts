import { issueStands } from '../plan/standing-issues.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** The issues of one code at one field. */
export interface IssueGroup {
  code: string
  severity: string
  /** Header of the column; null where no column feeds the field. */
  column: string | null
  field: string | null
  /** Rows that have it. */
  rows: number
  /** Message of the first one. */
  example: string
  firstRow: number
}

/**
 * Issues of a job by code and field, errors first, then the most frequent; those of rows that are left out do not count. `planned`: the plan
 * is up to date, and what only a new record lacks counts for rows that would have made one.
 */
export async function issueGroups(tx: Transaction, organization: Organization, job: number, limit: number, planned: boolean): Promise<IssueGroup[]> {
  const schema = quoteIdentifier(organization.schema)
  const counted = planned ? `AND ${issueStands(schema, 'i')}` : ''
  const { rows } = await tx.query<Omit<IssueGroup, 'rows' | 'firstRow'> & { rows: string; first: string }>(
    `SELECT g.code, g.severity, e.column_name AS "column", g.field, g.rows, e.message AS example, g.first FROM (
       SELECT i.code, i.severity, i.field, count(DISTINCT i.row_number) AS rows, min(i.row_number) AS first FROM ${schema}._issue i
       WHERE i.job = $1 AND NOT EXISTS (SELECT 1 FROM ${schema}._left_out l WHERE l.job = i.job AND l.row_number = i.row_number) ${counted}
       GROUP BY 1, 2, 3 ORDER BY i.severity, count(*) DESC, 1, 3 LIMIT $2) g
     CROSS JOIN LATERAL (SELECT i.message, i.column_name FROM ${schema}._issue i WHERE i.job = $1 AND i.row_number = g.first AND i.code = g.code AND i.severity = g.severity
       AND i.field IS NOT DISTINCT FROM g.field ORDER BY i.seq LIMIT 1) e
     ORDER BY g.severity, g.rows DESC, 1, 4`, [job, limit])
  return rows.map(({ first, ...group }) => ({ ...group, rows: Number(group.rows), firstRow: Number(first) }))
}
