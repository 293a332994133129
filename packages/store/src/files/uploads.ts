import { Fault } from '@longshore/core'
import type { Organization } from '../organizations/organization.ts'
import type { Transaction } from '../postgres/database.ts'
import type { StoredFile } from './file-store.ts'

/** Notes that a file was sent to this organization: nobody else can name it. */
export async function noteUpload(tx: Transaction, organization: Organization, { id, name, sizeBytes, sha256 }: StoredFile): Promise<void> {
  await tx.query(`INSERT INTO longshore.file (id, organization, purpose, name, size_bytes, sha256) VALUES ($1, $2, 'upload', $3, $4, $5)`, [id, organization.id, name, sizeBytes, sha256])
}

/** Whether the file was sent to this organization. */
export async function isUpload(tx: Transaction, organization: Organization, id: string): Promise<boolean> {
  return (await tx.query(`SELECT 1 FROM longshore.file WHERE id = $1 AND organization = $2 AND purpose = 'upload'`, [id, organization.id])).rows.length > 0
}

/** To be told where a file that was sent cannot be used. */
export function uploadGone(): Fault {
  return new Fault('file.missing', 'The file that was sent is not there any more: it was removed, or its time was over. Send it again.')
}
