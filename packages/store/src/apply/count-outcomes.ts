import { noCounts, outcomes, reasons } from '@longshore/core'
import type { Counts } from '@longshore/core'
import type { PlannedReference } from '../plan/plan-context.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** How the rows of a job ended, counted where they are kept. */
export function countOutcomes(tx: Transaction, organization: Organization, job: number): Promise<Counts> {
  return count(tx, `SELECT outcome AS n, count(*) AS rows FROM ${quoteIdentifier(organization.schema)}._outcome WHERE job = $1 GROUP BY 1`, job)
}

/** How the rows of a planned job will end. */
export function countPlan(tx: Transaction, organization: Organization, job: number): Promise<Counts> {
  return count(tx, `SELECT action AS n, count(*) AS rows FROM ${quoteIdentifier(organization.schema)}._plan WHERE job = $1 GROUP BY 1`, job)
}

async function count(tx: Transaction, sql: string, job: number): Promise<Counts> {
  const counts = noCounts()
  for (const { n, rows } of (await tx.query<{ n: number; rows: string }>(sql, [job])).rows) {
    const outcome = outcomes[n]
    if (outcome) counts[outcome] = Number(rows)
  }
  return counts
}

/** How many records the job's applied rows made for its references, by object: what was planned, less the rows that were not applied. */
export async function countRelated(tx: Transaction, organization: Organization, job: number, references: readonly PlannedReference[]): Promise<Record<string, number>> {
  const schema = quoteIdentifier(organization.schema)
  const related: Record<string, number> = await countMade(tx, organization, job, references)
  for (const { slot, target } of references) {
    const { rows } = await tx.query<{ n: string }>(
      `SELECT count(*) AS n FROM ${schema}._outcome o JOIN ${schema}._plan p USING (job, row_number)
       WHERE o.job = $1 AND o.reason = ANY($2) AND (p.makes & ${1 << slot}) <> 0`, [job, notApplied])
    related[target.name] = (related[target.name] ?? 0) - Number(rows[0]?.n ?? 0)
  }
  return related
}

/** Reasons of rows that had a plan and were not applied. */
const notApplied = [reasons.indexOf('cancelled'), reasons.indexOf('rejected-by-database')]

/** How many records the job's plan makes for its references, by object. */
export async function countMade(tx: Transaction, organization: Organization, job: number, references: readonly PlannedReference[]): Promise<Record<string, number>> {
  const made: Record<string, number> = {}
  for (const { slot, target } of references) {
    const { rows } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM ${quoteIdentifier(organization.schema)}._plan WHERE job = $1 AND (makes & ${1 << slot}) <> 0`, [job])
    made[target.name] = (made[target.name] ?? 0) + Number(rows[0]?.n ?? 0)
  }
  return made
}
