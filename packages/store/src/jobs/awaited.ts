import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { quoteIdentifier } from '../postgres/quote.ts'

/** An announcement holds this long unless it is made again: somebody who is gone keeps no job waiting. */
const awaitedFor = '1 second'

/** Announces that a person waits to write `objects`: whoever writes them lets go between two chunks. */
export async function announce(tx: Transaction, organization: Organization, objects: readonly string[]): Promise<void> {
  await tx.query(`INSERT INTO ${awaited(organization)} SELECT o, clock_timestamp() + interval '${awaitedFor}' FROM unnest($1::text[]) o ORDER BY o
    ON CONFLICT (object) DO UPDATE SET until = excluded.until`, [objects])
}

/** Takes the announcement back, in the transaction of the one who waited. */
export async function arrive(tx: Transaction, organization: Organization, objects: readonly string[]): Promise<void> {
  await tx.query(`DELETE FROM ${awaited(organization)} WHERE object = ANY($1)`, [objects])
}

/** SQL: whether a person waits for an object that job `$2` writes, or has let go of for them. */
export function awaitedBy(organization: Organization): string {
  return `EXISTS (SELECT 1 FROM ${awaited(organization)} a JOIN ${quoteIdentifier(organization.schema)}._writer w USING (object) WHERE a.until > clock_timestamp() AND (w.job = $2 OR w.job IS NULL))`
}

/** The same, asked at once. */
export async function isAwaited(tx: Transaction, organization: Organization, job: number): Promise<boolean> {
  const { rows: [row] } = await tx.query<{ awaited: boolean }>(`SELECT ${awaitedBy(organization)} AS awaited WHERE $1::integer IS NOT NULL`, [organization.id, job])
  return row?.awaited ?? false
}

function awaited(organization: Organization): string {
  return `${quoteIdentifier(organization.schema)}._awaited`
}
