import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the server of this installation was last reached on this machine. */
const fileOf = (dataDirectory: string): string => join(dataDirectory, 'server.address')

export async function noteAddress(dataDirectory: string, url: string): Promise<void> {
  await writeFile(fileOf(dataDirectory), `${url.replace(/\/$/, '')}\n`)
}

/** How links to this Longshore begin, without a slash at the end: `LONGSHORE_URL`, else where its server was last reached; null: nobody knows. */
export async function knownAddress(dataDirectory: string): Promise<string | null> {
  const said = process.env['LONGSHORE_URL'] || await readFile(fileOf(dataDirectory), 'utf8').catch(() => '')
  return said === '' ? null : said.trim().replace(/\/$/, '')
}
