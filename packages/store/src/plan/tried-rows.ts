import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/**
 * SQL, in parentheses: job, row_number and trial of rows that a trial which stands has dealt with. Taken back, a trial stands no more, and its rows are
 * left to the job, but for those whose record the undo kept.
 */
export function triedRows(organization: Pick<Organization, 'id' | 'schema'>): string {
  return `(SELECT t.job, t.row_number, t.trial FROM ${quoteIdentifier(organization.schema)}._tried t JOIN longshore.job j ON j.organization = ${Number(organization.id)} AND j.number = t.trial
    WHERE j.state IN ('done', 'cancelled') OR (j.state = 'undone' AND t.kept))`
}

/** Changes whenever a trial of the job does. */
export async function trialMarks(tx: Transaction, organization: Pick<Organization, 'id'>, number: number): Promise<string> {
  const { rows } = await tx.query<{ marks: string | null }>(`SELECT string_agg(t.number || ':' || t.version, ' ' ORDER BY t.number) AS marks FROM longshore.job t WHERE t.organization = $1 AND t.trial_of = $2`, [organization.id, number])
  return rows[0]?.marks ?? ''
}
