import type { RowKey } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import type { PlannedReference } from '../plan/plan-context.ts'
import { recordsByKey, referenceKey } from '../plan/reference-key.ts'

/** What rows refer to by one way (`account`) that is not there: different records, and the rows that name them. */
export interface ReferencePreview { path: string; object: string; missing: number; rows: number }

export interface LookedReferences { references: readonly PlannedReference[]; /** As the rows have them. */ keys: readonly RowKey[] }

/** The keys that tell of references: `f0`, `f1` … of the rows looked at, by their position. */
export function finderColumns({ references }: LookedReferences): number[] {
  return [...new Set(references.flatMap(({ finders }) => finders))].sort((a, b) => a - b)
}

/**
 * Counts what `pg_temp.looked` refers to and is not there, as planning looks for it. References to records of the import's own object are left out,
 * which other rows of the file may make, and so are those whose keys are being filled.
 */
export async function previewReferences(tx: Transaction, organization: Organization, object: string, looked: LookedReferences): Promise<ReferencePreview[]> {
  const plan = { keys: [...looked.keys], attempt: { organization } }
  const rows = `(SELECT ${finderColumns(looked).map((finder) => `l.f${finder} AS k${finder + 1}`).join(', ')} FROM pg_temp.looked l WHERE l.errors = 0) s`
  const found: ReferencePreview[] = []
  for (const reference of looked.references) {
    const { target, finders, through } = reference
    const filling = finders.some((finder) => target.matchKeys.some(({ id, since }) => id === looked.keys[finder]?.rule && since !== undefined))
    if (target.name === object || finders.length === 0 || filling) continue
    const { rows: [missing] } = await tx.query<{ missing: string; rows: string | null }>(`WITH named AS MATERIALIZED (SELECT n.key, count(*) AS rows FROM (SELECT ${referenceKey(plan, reference)} AS key FROM ${rows}) n WHERE n.key IS NOT NULL GROUP BY 1),
      there AS MATERIALIZED (${recordsByKey(plan, [reference], 'SELECT key FROM named')})
      SELECT count(*) AS missing, sum(n.rows) AS rows FROM named n WHERE NOT EXISTS (SELECT 1 FROM there t WHERE t.key = n.key)`)
    found.push({ path: through, object: target.name, missing: Number(missing?.missing ?? 0), rows: Number(missing?.rows ?? 0) })
  }
  return found.filter(({ missing }) => missing > 0)
}
