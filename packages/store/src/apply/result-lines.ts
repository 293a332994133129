import { outcomes, reasons } from '@longshore/core'
import type { IssueCode } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { judgedAsStored } from '../plan/standing-issues.ts'
import { outcomeRows, plannedEndings } from '../plan/plain-rows.ts'
import { quoteIdentifier, quoteLiteral } from '../postgres/quote.ts'

/** How rows ended, or how a plan says that they will. */
export type Endings = 'outcome' | 'plan'

/** Rows of a job with `row_number`, `outcome`, `reason` and `record`, as a table in parentheses. */
export function endingsOf(schema: string, endings: Endings): string {
  return endings === 'outcome' ? outcomeRows(schema) : plannedEndings(schema)
}

/** Whether any row of the job failed, or will. */
export async function hasFailedRows(tx: Transaction, organization: Organization, job: number, endings: Endings): Promise<boolean> {
  const { rows } = await tx.query(`SELECT 1 FROM ${endingsOf(quoteIdentifier(organization.schema), endings)} o WHERE o.job = $1 AND o.outcome = ${outcomes.indexOf('failed')} LIMIT 1`, [job])
  return rows.length > 0
}

/**
 * `COPY … TO STDOUT` that gives one line per row of a job, in row order: row number, outcome, record id, and the reason in words.
 * A failed row's reason is its messages; a duplicate names the row or record it repeats.
 */
export function resultLines(organization: Organization, job: number, endings: Endings): string {
  const schema = quoteIdentifier(organization.schema)
  return `COPY (
    SELECT o.row_number, (ARRAY[${outcomes.map(quoteLiteral).join(', ')}])[o.outcome + 1], o.record,
      CASE WHEN o.outcome = ${outcomes.indexOf('failed')} THEN coalesce(
        (SELECT string_agg(i.message, ' ' ORDER BY i.seq) FROM ${schema}._issue i WHERE i.job = o.job AND i.row_number = o.row_number AND ${decisive(schema)}), ${reasonText})
        WHEN o.reason = 0 THEN NULL ELSE ${reasonText} END
    FROM ${endingsOf(schema, endings)} o WHERE o.job = ${Number(job)} ORDER BY o.row_number) TO STDOUT`
}

/** Whether staging holds the source of every failed row, so that the error report needs no second reading of the file. */
export async function hasFailedSources(tx: Transaction, organization: Organization, job: number, endings: Endings): Promise<boolean> {
  const schema = quoteIdentifier(organization.schema)
  const { rows: [without] } = await tx.query(
    `SELECT 1 FROM ${endingsOf(schema, endings)} o JOIN ${schema}._staged s USING (job, row_number) WHERE o.job = $1 AND o.outcome = ${outcomes.indexOf('failed')} AND s.source IS NULL LIMIT 1`, [job])
  return without === undefined
}

/**
 * The same for the error report: failed rows (or with `all` every row that was not left out), with row number, fields, error types, messages and original values, and the row's
 * own cells, as `parseSource` reads them.
 */
export function errorLines(organization: Organization, job: number, endings: Endings, which: 'failed' | 'all' = 'failed'): string {
  const schema = quoteIdentifier(organization.schema)
  const joined = (column: string): string => `string_agg(${column}, E'\\n' ORDER BY i.seq)`
  return `COPY (
    SELECT o.row_number, ${joined(`coalesce(i.field, '')`)}, coalesce(${joined('i.code')}, ${which === 'failed' ? reasonCode : `CASE WHEN o.outcome = ${outcomes.indexOf('failed')} THEN ${reasonCode} END`}), coalesce(${joined('i.message')}, ${which === 'failed' ? reasonText : `CASE WHEN o.outcome = ${outcomes.indexOf('failed')} THEN ${reasonText} END`}), ${joined(`coalesce(i.value, '')`)}, s.source
    FROM ${endingsOf(schema, endings)} o JOIN ${schema}._staged s ON s.job = o.job AND s.row_number = o.row_number LEFT JOIN ${schema}._issue i ON i.job = o.job AND i.row_number = o.row_number AND ${decisive(schema)}
    WHERE o.job = ${Number(job)} AND o.outcome ${which === 'failed' ? `= ${outcomes.indexOf('failed')}` : `<> ${outcomes.indexOf('excluded')}`} GROUP BY o.job, o.row_number, o.outcome, o.reason, o.record, s.source ORDER BY o.row_number) TO STDOUT`
}

/** SQL: issues that made a row fail; `schema` is quoted. What only a new record lacks is none of them where the row failed for another reason. */
export function decisive(schema: string): string {
  return `i.severity = 'error' AND (NOT i.on_create OR (o.reason = ${reasons.indexOf('invalid')} AND NOT ${judgedAsStored(schema, 'i')}))`
}

const words: Record<(typeof reasons)[number], string> = {
  'none': '', 'duplicate-in-file': 'repeats an earlier row of this file', 'duplicate-in-store': 'matches an existing record', 'nothing-to-change': 'the record already holds these values',
  'older': 'the record is newer', 'invalid': 'the row has errors', 'no-match': 'no existing record matches', 'several-matches': 'several existing records match',
  'reference-missing': 'the record it refers to does not exist', 'reference-ambiguous': 'several records have the name it refers to', 'cancelled': 'not reached: the job was cancelled',
  'edited-since': 'edited since: kept', 'referred-to-since': 'other records refer to it: kept', 'already-gone': 'already in the bin', 'rejected-by-database': 'refused by the database',
  'possible-duplicate': 'created, and in the queue for review: other records match it', 'too-long': 'the text would grow beyond its field', 'reference-cycle': 'it refers to itself through other rows',
  'left-out': 'left out by a person', 'restored': 'brought back from the bin', 'tried': 'dealt with by a trial of this import',
}
/** Error types of rows that fail without an issue of their own: nothing in their cells is wrong. */
const codes: Partial<Record<(typeof reasons)[number], IssueCode>> = {
  'no-match': 'match.none', 'several-matches': 'match.several', 'reference-missing': 'reference.missing', 'reference-ambiguous': 'reference.ambiguous',
  'rejected-by-database': 'apply.rejected-by-database', 'too-long': 'merge.too-long', 'reference-cycle': 'reference.cycle',
}
const reasonCode = `(ARRAY[${reasons.map((reason) => quoteLiteral(codes[reason] ?? reason)).join(', ')}])[o.reason + 1]`
/** Row numbers are read from record ids: a record that this job made names its row. */
export const reasonText = `CASE WHEN o.reason = ${reasons.indexOf('duplicate-in-file')} AND o.record IS NOT NULL
  THEN 'repeats row ' || ((o.record >> 3) & 4294967295) || ' of this file'
  WHEN o.reason = ${reasons.indexOf('duplicate-in-store')} AND o.record IS NOT NULL THEN 'matches the existing record ' || o.record
  ELSE (ARRAY[${reasons.map((reason) => quoteLiteral(words[reason])).join(', ')}])[o.reason + 1] END`
