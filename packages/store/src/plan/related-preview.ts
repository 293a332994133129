import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { plannedDiff } from './planned-diff.ts'
import type { PlannedDiff } from './plan-preview.ts'

/** A planned change of an existing record that rows refer to; `row`: the first row that changes something of it. */
export interface RelatedDiff extends PlannedDiff { object: string }

/** How many existing records a job changes for its references, by object: those that are planned, or those that it has changed. */
export async function countRelatedChanges(tx: Transaction, organization: Organization, job: number, which: 'planned' | 'applied'): Promise<Record<string, number>> {
  const { rows } = await tx.query<{ object: string; n: string }>(`SELECT object, count(*) AS n FROM ${quoteIdentifier(organization.schema)}._related_change WHERE job = $1 AND ${which === 'planned' ? 'true' : 'applied'} GROUP BY 1 ORDER BY 1`, [job])
  return Object.fromEntries(rows.map(({ object, n }) => [object, Number(n)]))
}

/** The first of them as planned, old and new value of each field that changes. */
export async function firstRelatedDiffs(tx: Transaction, organization: Organization, job: number, limit: number): Promise<RelatedDiff[]> {
  const { rows } = await tx.query<{ object: string; row: string; record: string; fields: RelatedDiff['fields'] }>(
    `SELECT c.object, c.row_number AS row, c.record, ${plannedDiff('c')} AS fields FROM ${quoteIdentifier(organization.schema)}._related_change c WHERE c.job = $1 ORDER BY c.row_number, c.object, c.record LIMIT $2`, [job, limit])
  return rows.map(({ row, ...diff }) => ({ ...diff, row: Number(row) }))
}
