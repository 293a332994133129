import { outcomes } from '@longshore/core'
import type { Outcome } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'
import { decisive, endingsOf, reasonText } from './result-lines.ts'

/** What became of one row, for programs. */
export interface RecordEnding { row: number; outcome: Outcome; record: string | null; reason: string | null; errors: { code: string; field: string | null; message: string; value: string | null }[] }

/** Rows of a job that has ended, in row order, those after row `after`. */
export async function recordEndings(tx: Transaction, organization: Organization, job: number, { after, limit, failed }: { after: number; limit: number; failed: boolean }): Promise<RecordEnding[]> {
  const schema = quoteIdentifier(organization.schema)
  const { rows } = await tx.query<Omit<RecordEnding, 'outcome' | 'row'> & { row: string; outcome: number }>(
    `SELECT o.row_number::text AS row, o.outcome, o.record::text, CASE WHEN o.reason <> 0 THEN ${reasonText} END AS reason,
       CASE WHEN o.outcome = ${outcomes.indexOf('failed')} THEN coalesce((SELECT json_agg(json_build_object('code', i.code, 'field', i.field, 'message', i.message, 'value', i.value) ORDER BY i.seq)
         FROM ${schema}._issue i WHERE i.job = o.job AND i.row_number = o.row_number AND ${decisive(schema)}), '[]') ELSE '[]' END AS errors
     FROM ${endingsOf(schema, 'outcome')} o WHERE o.job = $1 AND o.row_number > $2 ${failed ? `AND o.outcome = ${outcomes.indexOf('failed')}` : ''} ORDER BY o.row_number LIMIT $3`, [job, after, limit])
  return rows.map(({ row, outcome, ...rest }) => ({ ...rest, row: Number(row), outcome: outcomes[outcome] ?? 'failed' }))
}
