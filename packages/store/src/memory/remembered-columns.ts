import { createHash } from 'node:crypto'
import { columnKeys, fileShape } from '@longshore/core'
import type { ColumnDecision, RememberedColumn } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/**
 * What is remembered of the headers of a file of the object: of each header the decision for this very set of columns and those for others.
 * A person's own decisions go before the organization's; decisions of imports that were undone do not count.
 */
export async function rememberedColumns(tx: Transaction, organization: Organization, object: string, headers: readonly string[], member: number | null | undefined = null): Promise<RememberedColumn[]> {
  const { rows } = await tx.query<{ header: string; shape: string; decision: Omit<ColumnDecision, 'key'>; job: number }>(
    `SELECT DISTINCT ON (r.header, r.shape) r.header, r.shape, r.decision, r.job FROM longshore.remembered_column r
       LEFT JOIN longshore.job j ON j.organization = r.organization AND j.number = r.job
     WHERE r.organization = $1 AND r.object = $2 AND r.header = ANY ($3) AND (r.member IS NULL OR r.member = $4) AND coalesce(j.state, 'done') NOT IN ('undoing', 'undone')
     ORDER BY r.header, r.shape, r.member NULLS LAST`,
    [organization.id, object, columnKeys(headers).filter((key) => key !== ''), member])
  const own = shapeOf(headers)
  return rows.map(({ header, shape, decision, job }) => ({ ...decision, key: header, job, sameShape: shape === own }))
}

/** Keeps what was decided about the columns of a file; writing it again changes nothing, and an earlier job never takes the place of a later one. */
export async function rememberColumns(tx: Transaction, organization: Organization, { job, object, headers, decisions }: { job: number; object: string; headers: readonly string[]; decisions: readonly ColumnDecision[] }, member: number | null = null): Promise<void> {
  if (decisions.length === 0) return
  await tx.query(
    `INSERT INTO longshore.remembered_column AS r (organization, member, object, header, shape, decision, job)
     SELECT $1, $2, $3, d->>'key', $4, d - 'key', $5 FROM jsonb_array_elements($6::jsonb) d
     ON CONFLICT (organization, object, header, shape, member) DO UPDATE SET decision = excluded.decision, job = excluded.job WHERE r.job <= excluded.job`,
    [organization.id, member, object, shapeOf(headers), job, JSON.stringify(decisions)])
}

function shapeOf(headers: readonly string[]): string {
  return createHash('sha256').update(fileShape(headers)).digest('hex')
}
