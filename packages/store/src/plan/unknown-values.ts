import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

export interface UnknownValue { column: string; field: string; value: string; count: number }

/** The distinct values of a job that are no option of their field, the most frequent first. */
export async function unknownValues(tx: Transaction, organization: Organization, job: number, limit: number): Promise<UnknownValue[]> {
  const { rows } = await tx.query<Omit<UnknownValue, 'count'> & { count: string }>(
    `SELECT column_name AS "column", field, value, count(*) AS count FROM ${quoteIdentifier(organization.schema)}._issue
     WHERE job = $1 AND code IN ('picklist.unknown', 'picklist.inactive', 'picklist.added') AND column_name IS NOT NULL AND value IS NOT NULL
     GROUP BY 1, 2, 3 ORDER BY count(*) DESC, 1, 3 LIMIT $2`, [job, limit])
  return rows.map((row) => ({ ...row, count: Number(row.count) }))
}
