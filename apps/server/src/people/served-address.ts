import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the server of this installation was last reached on this machine. */
const fileOf = (dataDirectory: string): string => join(dataDirectory, 'server.address')

export async function noteAddress(dataDirectory: string, url: string): Promise<void> {
  await writeFile(fileOf(dataDirectory), `${url.replace(/\/$/, '')}\n`)
}

/** The address that the operator says this Longshore has (`LONGSHORE_URL`), without a slash at the end; empty: none is said. */
function saidAddress(): string {
  return (process.env['LONGSHORE_URL'] ?? '').trim().replace(/\/$/, '')
}

/** How links to this Longshore begin, without a slash at the end: `LONGSHORE_URL`, else where its server was last reached; null: nobody knows. */
export async function knownAddress(dataDirectory: string): Promise<string | null> {
  const known = saidAddress() || (await readFile(fileOf(dataDirectory), 'utf8').catch(() => '')).trim()
  return known === '' ? null : known
}
