import { findObject } from '@longshore/core'
import type { Catalog } from '@longshore/core'
import { tableOf } from '../objects/column.ts'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import { nameOf } from './record-names.ts'

/** One end of an association, called as people call it. */
export interface AssociationEnd { object: string; record: string; name: string | null }
export interface Association { association: string; from: AssociationEnd; to: AssociationEnd; role: string | null }

const object = 'associations'

/** Associations of one record, or all, the oldest first; those with an end in the bin are left out until it comes back. */
export async function listAssociations(tx: Transaction, organization: Organization, catalog: Catalog, { record, limit }: { record?: string; limit: number }): Promise<Association[]> {
  if (!findObject(catalog, object)) return []
  const ends = [...new Set(findObject(catalog, object)?.fields.flatMap(({ targets }) => targets ?? []))].flatMap((name) => findObject(catalog, name) ?? [])
  const end = (side: 'from' | 'to'): string => `JOIN LATERAL (${ends.map((target) => `SELECT '${target.name}' AS object, id, ${nameOf(target)} AS name FROM ${tableOf(organization, target)}
    WHERE id = a."${side}" AND a.${side}_object = '${target.name}' AND deleted_at IS NULL`).join(' UNION ALL ')}) "${side}" ON true`
  // those of one record are found by it and sorted: in the order of an index PostgreSQL would go through all of them for a few
  const [which, order] = record === undefined ? ['', 'a.id'] : ['AND (a."from" = $2 OR a."to" = $2) ', 'a.id + 0']
  const { rows } = await tx.query<{ id: string; role: string | null; from: AssociationEnd; to: AssociationEnd }>(`
    SELECT a.id::text AS id, a.role, jsonb_build_object('object', "from".object, 'record', "from".id::text, 'name', "from".name) AS "from", jsonb_build_object('object', "to".object, 'record', "to".id::text, 'name', "to".name) AS "to"
    FROM ${tableOf(organization, { name: object })} a ${end('from')} ${end('to')}
    WHERE a.deleted_at IS NULL ${which}ORDER BY ${order} LIMIT $1`, [limit, ...(record === undefined ? [] : [record])])
  return rows.map(({ id, role, from, to }) => ({ association: id, from, to, role }))
}
