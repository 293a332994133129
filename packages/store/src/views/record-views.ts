import { Fault } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** What a list shows: filters as `field op value`, a path to sort by (`-` before it: descending), paths of columns. */
export interface ViewSettings { where: string[]; sort: string | null; columns: string[] | null }

/** A list of records that is kept by name. */
export interface RecordView {
  id: number
  object: string
  name: string
  /** Everybody who may read the object has it; else whoever made it alone. */
  shared: boolean
  /** Member id of who made it; null: the operator. */
  member: number | null
  view: ViewSettings
  updatedAt: string
}

/** As many as a person finds their way in. */
const mostViews = 200

const columns = `id, object, name, shared, member, view, to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt"`

/** Those that are shared and the member's own, by name. */
export async function listViews(tx: Transaction, organization: Organization, object: string, member: number | null): Promise<RecordView[]> {
  const { rows } = await tx.query<RecordView>(`SELECT ${columns} FROM longshore.record_view WHERE organization = $1 AND object = $2 AND (shared OR member IS NOT DISTINCT FROM $3::integer) ORDER BY lower(name), id`, [organization.id, object, member])
  return rows
}

export async function createView(tx: Transaction, organization: Organization, { object, name, shared, member, view }: Omit<RecordView, 'id' | 'updatedAt'>): Promise<RecordView> {
  await tx.query('SELECT 1 FROM longshore.organization WHERE id = $1 FOR UPDATE', [organization.id]) // so that the count below holds
  const { rows: [there] } = await tx.query<{ n: string }>('SELECT count(*) AS n FROM longshore.record_view WHERE organization = $1 AND object = $2 AND member IS NOT DISTINCT FROM $3::integer', [organization.id, object, member])
  if (Number(there?.n) >= mostViews) throw new Fault('view.too-many', `There are ${mostViews} views of ${object} of yours already, and there can be no more. Forget one first.`)
  const { rows: [made] } = await tx.query<RecordView>(
    `INSERT INTO longshore.record_view (organization, object, name, shared, member, view) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING ${columns}`, [organization.id, object, name, shared, member, JSON.stringify(view)])
  if (!made) throw taken(name)
  return made
}

/** Puts other settings, another name or another reach in the place of a view's. */
export async function replaceView(tx: Transaction, organization: Organization, { id, name, shared, view }: Pick<RecordView, 'id' | 'name' | 'shared' | 'view'>): Promise<RecordView> {
  const { rows: [other] } = await tx.query(
    `SELECT 1 FROM longshore.record_view v JOIN longshore.record_view o ON o.organization = v.organization AND o.object = v.object AND o.id <> v.id
     WHERE v.organization = $1 AND v.id = $2 AND lower(o.name) = lower($3) AND o.shared = $4 AND (o.shared OR o.member IS NOT DISTINCT FROM v.member)`, [organization.id, id, name, shared])
  if (other) throw taken(name)
  const { rows: [changed] } = await tx.query<RecordView>(
    `UPDATE longshore.record_view SET name = $3, shared = $4, view = $5, updated_at = clock_timestamp() WHERE organization = $1 AND id = $2 RETURNING ${columns}`, [organization.id, id, name, shared, JSON.stringify(view)])
  if (!changed) throw unknownView()
  return changed
}

export async function deleteView(tx: Transaction, organization: Organization, id: number): Promise<void> {
  await tx.query('DELETE FROM longshore.record_view WHERE organization = $1 AND id = $2', [organization.id, id])
}

export function unknownView(): Fault {
  return new Fault('view.unknown', 'There is no such view of these records, or it is somebody else\'s own.')
}

function taken(name: string): Fault {
  return new Fault('view.exists', `There is a view "${name.slice(0, 80)}" already. Change that one, or choose another name.`, { path: 'name' })
}
