import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** What the definition of an earlier import said of its columns. */
export interface EarlierColumns { job: number; columns: unknown[] }

/** The newest import of the object whose file had exactly these headers, and whose reading came to an end; null: there is none. */
export async function columnsOfSameFile(tx: Transaction, organization: Organization, object: string, headers: readonly string[]): Promise<EarlierColumns | null> {
  const { rows: [found] } = await tx.query<EarlierColumns>(
    `SELECT number AS job, definition->'columns' AS columns FROM longshore.job
     WHERE organization = $1 AND object = $2 AND kind = 'import' AND checkpoint @> '{"staged":true}' AND layout->'columns' = $3::jsonb ORDER BY number DESC LIMIT 1`,
    [organization.id, object, JSON.stringify(headers)])
  return found ?? null
}
