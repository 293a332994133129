import { randomBytes } from 'node:crypto'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'

/** A file that is being sent in parts. `upload`: the file that it became, once all of it is there. */
export interface PartialUpload { id: string; name: string; sizeBytes: number; upload: string | null }

export async function createPartial(tx: Transaction, organization: Organization, member: number | null, { name, sizeBytes }: { name: string; sizeBytes: number }): Promise<string> {
  const id = randomBytes(24).toString('base64url')
  await tx.query('INSERT INTO longshore.partial_upload (id, organization, member, name, size_bytes) VALUES ($1, $2, $3, $4, $5)', [id, organization.id, member ?? 0, name, sizeBytes])
  return id
}

/** Null: this member sends none of that id. */
export async function readPartial(tx: Transaction, organization: Organization, member: number | null, id: string): Promise<PartialUpload | null> {
  const { rows: [found] } = await tx.query<Omit<PartialUpload, 'sizeBytes'> & { size: string }>('SELECT id, name, size_bytes::text AS size, upload FROM longshore.partial_upload WHERE id = $1 AND organization = $2 AND member = $3', [id, organization.id, member ?? 0])
  return found ? { id: found.id, name: found.name, sizeBytes: Number(found.size), upload: found.upload } : null
}

/** Says what file it became; false: somebody else has said so. */
export async function finishPartial(tx: Transaction, id: string, upload: string): Promise<boolean> {
  return (await tx.query('UPDATE longshore.partial_upload SET upload = $2 WHERE id = $1 AND upload IS NULL', [id, upload])).rowCount > 0
}

export async function dropPartial(tx: Transaction, id: string): Promise<void> {
  await tx.query('DELETE FROM longshore.partial_upload WHERE id = $1', [id])
}

/** Takes away those that began so long ago that nobody goes on with them; gives their ids. */
export async function dropOldPartials(tx: Transaction, organization: Organization, before: string): Promise<string[]> {
  return (await tx.query<{ id: string }>('DELETE FROM longshore.partial_upload WHERE organization = $1 AND created_at < $2::timestamptz RETURNING id', [organization.id, before])).rows.map(({ id }) => id)
}
