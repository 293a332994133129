import { outcomes } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { stagedCells } from '../stage/copy-text.ts'
import { issueStands } from './standing-issues.ts'
import { plannedValues, type PlanLook } from './lone-rows.ts'
import { plainRecord } from './plain-rows.ts'
import { plannedDiff } from './planned-diff.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** `values`: as the record will hold them, of an update without what it is linked to; `cells`: as the row has them. */
export interface PlannedRowPreview { row: number; outcome: string; record: string | null; values: (string | null)[]; cells: (string | null)[] }
export interface PlannedDiff { row: number; record: string; fields: Record<string, { from: string | null; to: string | null }> }
export interface CountedIssue { code: string; severity: string; column: string | null; count: number; example: string; row: number }

/** The first rows of a plan as they will stand: values by target position. */
export async function firstPlannedRows(tx: Transaction, organization: Organization, look: PlanLook, limit: number): Promise<PlannedRowPreview[]> {
  const schema = quoteIdentifier(organization.schema)
  const { rows } = await tx.query<Omit<PlannedRowPreview, 'row' | 'outcome'> & { row: string; action: number }>(
    // the rows first: beside the endings of all rows, those of the whole job would be worked out for twenty
    `SELECT s.row_number AS row, coalesce(p.action, ${outcomes.indexOf('created')}) AS action, CASE WHEN p.job IS NULL THEN ${plainRecord('s')} ELSE p.record END AS record, coalesce(w.merged, ${stagedCells('s.cells')}) AS values, ${stagedCells('s.cells')} AS cells
     FROM (SELECT * FROM ${schema}._staged WHERE job = $1 ORDER BY row_number LIMIT $2) s
     LEFT JOIN LATERAL (SELECT * FROM ${schema}._plan p WHERE p.job = s.job AND p.row_number = s.row_number OFFSET 0) p ON true ${await plannedValues(tx, schema, look)} ORDER BY s.row_number`, [look.job, limit])
  return rows.map(({ row, action, ...planned }) => ({ row: Number(row), outcome: outcomes[action] ?? '', ...planned }))
}

/** The first updates of a plan, old and new value of each field that changes. */
export async function firstDiffs(tx: Transaction, organization: Organization, look: PlanLook, limit: number): Promise<PlannedDiff[]> {
  const schema = quoteIdentifier(organization.schema)
  const { rows } = await tx.query<{ row: string; record: string; fields: PlannedDiff['fields'] }>(
    `SELECT p.row_number AS row, p.record, ${plannedDiff('w')} AS fields
     FROM (SELECT * FROM ${schema}._plan p WHERE p.job = $1 AND (p.before IS NOT NULL OR p.mark IS NOT NULL) ORDER BY p.row_number LIMIT $2) p ${await plannedValues(tx, schema, look)} ORDER BY p.row_number`, [look.job, limit])
  return rows.map(({ row, ...diff }) => ({ row: Number(row), ...diff }))
}

/** Issues of a job by code and column: errors first, then the most frequent. What only a new record lacks counts for rows that would have made one. */
export async function countIssues(tx: Transaction, organization: Organization, job: number, limit: number): Promise<CountedIssue[]> {
  const schema = quoteIdentifier(organization.schema)
  const { rows } = await tx.query<Omit<CountedIssue, 'count' | 'row'> & { count: string; row: string }>(
    // the message is looked up for the groups that are shown: gathering the messages of a million issues takes more than a value may hold
    `SELECT g.code, g.severity, g.column_name AS "column", g.count, e.message AS example, g.row FROM (
       SELECT i.code, i.severity, i.column_name, count(*) AS count, min(i.row_number) AS row FROM ${schema}._issue i WHERE i.job = $1
         AND ${issueStands(schema, 'i')}
       GROUP BY 1, 2, 3 ORDER BY i.severity, count(*) DESC, 1, 5 LIMIT $2) g
     CROSS JOIN LATERAL (
       SELECT i.message FROM ${schema}._issue i WHERE i.job = $1 AND i.row_number = g.row AND i.code = g.code AND i.severity = g.severity
         AND i.column_name IS NOT DISTINCT FROM g.column_name ORDER BY i.seq LIMIT 1) e
     ORDER BY g.severity, g.count DESC, 1, g.row`, [job, limit])
  return rows.map((row) => ({ ...row, count: Number(row.count), row: Number(row.row) }))
}
