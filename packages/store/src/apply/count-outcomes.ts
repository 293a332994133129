import { noCounts, outcomes, reasons, recordIdsOf } from '@longshore/core'
import type { Counts, Outcome, Reason } from '@longshore/core'
import type { PlannedReference } from '../plan/plan-context.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** How the rows of a job ended, counted where they are kept: plain rows and lone updates with the chunk that did them, all others one by one. */
export async function countOutcomes(tx: Transaction, organization: Organization, job: number): Promise<Counts> {
  const schema = quoteIdentifier(organization.schema)
  return count(tx, `SELECT outcome AS n, count(*) AS rows FROM ${schema}._outcome WHERE job = $1 GROUP BY 1
    UNION ALL SELECT ${outcomes.indexOf('created')}, coalesce(sum(plain), 0) FROM ${schema}._chunk WHERE job = $1
    UNION ALL SELECT ${outcomes.indexOf('updated')}, coalesce(sum(lone), 0) FROM ${schema}._chunk WHERE job = $1`, job)
}

/** How the rows of a planned job will end. */
export async function countPlan(tx: Transaction, organization: Organization, job: number): Promise<Counts> {
  const schema = quoteIdentifier(organization.schema)
  // plain rows are those of the job's rows that have no plan of their own
  return count(tx, `WITH own AS MATERIALIZED (SELECT action AS n, count(*) AS rows FROM ${schema}._plan WHERE job = $1 GROUP BY 1)
    SELECT n, rows FROM own UNION ALL SELECT ${outcomes.indexOf('created')}, coalesce(j.rows, 0) - (SELECT coalesce(sum(rows), 0) FROM own)
    FROM longshore.job j WHERE j.organization = ${Number(organization.id)} AND j.number = $1`, job)
}

/** How many rows of a job end for a reason, by its plan or by what became of them. Not for reasons that plain rows and lone updates have. */
export async function countReason(tx: Transaction, organization: Organization, job: number, reason: Reason, where: '_plan' | '_outcome'): Promise<number> {
  const { rows: [row] } = await tx.query<{ n: string }>(`SELECT count(*) AS n FROM ${quoteIdentifier(organization.schema)}.${where} WHERE job = $1 AND reason = $2`, [job, reasons.indexOf(reason)])
  return Number(row?.n ?? 0)
}

/** Why rows of a job end in an outcome, by its plan or by what became of them. Not for outcomes that plain rows and lone updates have. */
export async function countReasons(tx: Transaction, organization: Organization, job: number, outcome: Outcome, where: '_plan' | '_outcome'): Promise<Record<string, number>> {
  const column = where === '_plan' ? 'action' : 'outcome'
  const { rows } = await tx.query<{ reason: number; n: string }>(`SELECT reason, count(*) AS n FROM ${quoteIdentifier(organization.schema)}.${where} WHERE job = $1 AND ${column} = $2 GROUP BY 1 ORDER BY 2 DESC`, [job, outcomes.indexOf(outcome)])
  return Object.fromEntries(rows.flatMap(({ reason, n }) => { const name = reasons[reason]; return name === undefined ? [] : [[name, Number(n)]] }))
}

async function count(tx: Transaction, sql: string, job: number): Promise<Counts> {
  const counts = noCounts()
  for (const { n, rows } of (await tx.query<{ n: number; rows: string }>(sql, [job])).rows) {
    const outcome = outcomes[n]
    if (outcome) counts[outcome] += Number(rows)
  }
  return counts
}

/** How many records the job made for its references, by object. Their ids tell: slot 0 is the row's own record. */
export async function countRelated(tx: Transaction, organization: Organization, job: number, references: readonly PlannedReference[]): Promise<Record<string, number>> {
  const related: Record<string, number> = {}
  const { from, to } = recordIdsOf(job)
  for (const name of new Set(references.map(({ target }) => target.name))) {
    const { rows: [row] } = await tx.query<{ n: string }>(
      `SELECT count(*) AS n FROM ${quoteIdentifier(organization.schema)}.${quoteIdentifier(name)} WHERE id >= $1 AND id < $2 AND (id & 7) <> 0`, [from, to])
    related[name] = Number(row?.n ?? 0)
  }
  return related
}

/** How many records the job's plan makes for its references, by object. */
export async function countMade(tx: Transaction, organization: Organization, job: number, references: readonly PlannedReference[]): Promise<Record<string, number>> {
  const made: Record<string, number> = Object.fromEntries(references.map(({ target }) => [target.name, 0]))
  const { rows } = await tx.query<{ slot: number; n: string }>(`SELECT slot, sum(made) AS n FROM ${quoteIdentifier(organization.schema)}._reference WHERE job = $1 GROUP BY 1`, [job])
  for (const { slot, n } of rows) {
    const name = references.find((reference) => reference.slot === slot)?.target.name
    if (name !== undefined) made[name] = (made[name] ?? 0) + Number(n)
  }
  return made
}
