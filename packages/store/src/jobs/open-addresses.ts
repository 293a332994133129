import type { Transaction } from '../postgres/database.ts'

/** A job whose source's address is kept for everybody to see, with what may be a key to the file. */
export interface OpenAddress { organization: number; number: number; url: string }

/** Jobs of all organizations; none but those that a program made which did not seal addresses yet. The condition is that of their index. */
export async function openAddresses(tx: Transaction): Promise<OpenAddress[]> {
  const { rows } = await tx.query<OpenAddress>(
    `SELECT organization, number, definition #>> '{source,url}' AS url FROM longshore.job
      WHERE definition #>> '{source,url}' ~ '[?#]|^[a-zA-Z][a-zA-Z0-9+.-]*://[^/]*@' ORDER BY organization, number`)
  return rows
}

/** Puts the shown and the sealed address in the place of the open one, where it still stands there. */
export async function replaceAddress(tx: Transaction, { organization, number, url }: OpenAddress, kept: { url?: string | undefined; sealedUrl?: string | undefined }): Promise<void> {
  await tx.query(
    `UPDATE longshore.job SET definition = jsonb_set(definition, '{source}', (definition -> 'source') || $4::jsonb)
      WHERE organization = $1 AND number = $2 AND definition #>> '{source,url}' = $3`,
    [organization, number, url, JSON.stringify(kept)])
}
