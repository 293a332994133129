import { outcomes, parseSource, reasons } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import { plannedValues, type PlanLook } from '../plan/lone-rows.ts'
import { plainRecord } from '../plan/plain-rows.ts'
import { plannedDiff } from '../plan/planned-diff.ts'
import type { Transaction } from '../postgres/database.ts'
import { judgedAsStored } from '../plan/standing-issues.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { stagedCells } from '../stage/copy-text.ts'

/** A row of a checked job as a grid shows it. */
export interface StagedRow {
  row: number
  /** By column of the file, as corrected; null where the row is not kept as its file has it. */
  cells: (string | null)[] | null
  /** By column, what stood there before fixes; null where none changed the row. */
  original: (string | null)[] | null
  /** By target of the mapping: canonical where good, the text of the cell where bad, null where empty. */
  values: (string | null)[]
  issues: RowIssue[]
  /** Numbers of the fixes that changed it. */
  fixes: number[]
  leftOut: boolean
  plan: RowPlan
}

export interface RowIssue { code: string; severity: string; onCreate: boolean; column: string | null; field: string | null; value: string | null; message: string }

/** What will become of a row: of one that is created, the record it will be; of others, the record that it met. */
export interface RowPlan { outcome: string; reason: string; record: string | null; changes: Record<string, { from: string | null; to: string | null }> | null }

/** These rows of a job, in the order of their numbers. What the plan says of them is as old as the plan. `reading`: takes two questions at once. */
export async function stagedRows(reading: Transaction, organization: Organization, look: PlanLook, rows: readonly number[]): Promise<StagedRow[]> {
  const { job } = look
  const schema = quoteIdentifier(organization.schema)
  // looked up for each of the few rows: joined, all that is planned of a large job would be gone through for every window
  const planned = await plannedValues(reading, schema, look)
  const [found, issues] = await Promise.all([reading.query<Row>(
    `SELECT s.row_number AS row, s.source, s.original, s.fixes, ${stagedCells('s.cells')} AS values, l.job IS NOT NULL AS "leftOut", coalesce(p.action, ${outcomes.indexOf('created')}) AS action,
       coalesce(p.reason, 0) AS reason, CASE WHEN p.job IS NULL THEN ${plainRecord('s')} ELSE p.record END AS record, ${plannedDiff('w')} AS changes
     FROM ${schema}._staged s
     LEFT JOIN LATERAL (SELECT * FROM ${schema}._plan p WHERE p.job = s.job AND p.row_number = s.row_number OFFSET 0) p ON true ${planned}
     LEFT JOIN LATERAL (SELECT l.job FROM ${schema}._left_out l WHERE l.job = s.job AND l.row_number = s.row_number OFFSET 0) l ON true
     WHERE s.job = $1 AND s.row_number = ANY($2::bigint[]) ORDER BY s.row_number`, [job, rows]),
    reading.query<RowIssue & { row: string }>(
    `SELECT row_number AS row, code, severity, on_create AS "onCreate", column_name AS "column", field, value, message FROM ${schema}._issue i
     WHERE job = $1 AND row_number = ANY($2::bigint[]) AND NOT (on_create AND ${judgedAsStored(schema, 'i')}) ORDER BY row_number, seq`, [job, rows])])
  const byRow = Map.groupBy(issues.rows, ({ row }) => row)
  return found.rows.map(({ row, source, original, fixes, action, reason, record, changes, ...rest }) => ({
    ...rest, row: Number(row), cells: cellsOf(source), original: cellsOf(original), fixes: fixes ?? [],
    issues: (byRow.get(row) ?? []).map(({ code, severity, onCreate, column, field, value, message }) => ({ code, severity, onCreate, column, field, value, message })), plan: { outcome: outcomes[action] ?? '', reason: reasons[reason] ?? '', record, changes },
  }))
}

type Row = { row: string; source: string | null; original: string | null; fixes: number[] | null; values: (string | null)[]; leftOut: boolean; action: number; reason: number; record: string | null; changes: RowPlan['changes'] }

/** What the row has beyond the last column stands behind its cells. */
function cellsOf(source: string | null): (string | null)[] | null {
  if (source === null) return null
  const { cells, surplus = [] } = parseSource(source)
  return [...cells, ...surplus]
}
