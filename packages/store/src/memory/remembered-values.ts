import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** A value that is no option, and what somebody said it means; `stored` is empty for "nothing". */
export interface ValueDecision { field: string; found: string; stored: string }
export interface RememberedValue extends ValueDecision { job: number }

/** What finished imports of the object have decided about values of the fields, a person's own decisions before the organization's. */
export async function rememberedValues(tx: Transaction, organization: Organization, object: string, fields: readonly string[], member: number | null | undefined = null): Promise<RememberedValue[]> {
  const { rows } = await tx.query<RememberedValue>(
    `SELECT DISTINCT ON (r.field, r.found_key) r.field, r.found, r.stored, r.job FROM longshore.remembered_value r
       LEFT JOIN longshore.job j ON j.organization = r.organization AND j.number = r.job
     WHERE r.organization = $1 AND r.object = $2 AND r.field = ANY ($3) AND (r.member IS NULL OR r.member = $4) AND coalesce(j.state, 'done') NOT IN ('undoing', 'undone')
     ORDER BY r.field, r.found_key, r.member NULLS LAST`,
    [organization.id, object, fields, member])
  return rows
}

/** Keeps what was decided about values; writing it again changes nothing, and an earlier job never takes the place of a later one. */
export async function rememberValues(tx: Transaction, organization: Organization, { job, object, decisions }: { job: number; object: string; decisions: readonly ValueDecision[] }, member: number | null = null): Promise<void> {
  if (decisions.length === 0) return
  await tx.query(
    `INSERT INTO longshore.remembered_value AS r (organization, member, object, field, found, found_key, stored, job)
     SELECT DISTINCT ON (d->>'field', lower(d->>'found')) $1::integer, $2::integer, $3, d->>'field', d->>'found', lower(d->>'found'), d->>'stored', $4::integer FROM jsonb_array_elements($5::jsonb) WITH ORDINALITY AS said (d, n)
     ORDER BY d->>'field', lower(d->>'found'), n DESC
     ON CONFLICT (organization, object, field, found_key, member) DO UPDATE SET found = excluded.found, stored = excluded.stored, job = excluded.job WHERE r.job <= excluded.job`,
    [organization.id, member, object, job, JSON.stringify(decisions)])
}
