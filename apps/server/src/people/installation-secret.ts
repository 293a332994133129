import { randomBytes } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '@longshore/core'

/** Shorter ones could be guessed. */
const leastCharacters = 32

/**
 * The secret by which this installation signs the cookies of sessions: `LONGSHORE_SECRET`, or a file of the data directory that the first process
 * makes. Processes on several machines share one only by the setting.
 */
export async function installationSecret(dataDirectory: string, given = process.env['LONGSHORE_SECRET']): Promise<string> {
  if (given !== undefined && given !== '') {
    if (given.length >= leastCharacters) return given
    throw new Fault('secret.short', `LONGSHORE_SECRET has ${given.length} characters: it needs at least ${leastCharacters}, drawn at random.`, { remedy: 'stop' })
  }
  const path = join(dataDirectory, 'secret.key')
  const found = await readFile(path, 'utf8').catch(() => null)
  if (found !== null) return found.trim()
  await mkdir(dataDirectory, { recursive: true })
  const part = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(part, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true })
  await link(part, path).catch(() => undefined) // another process was faster: its secret holds
  await rm(part, { force: true })
  return (await readFile(path, 'utf8')).trim()
}
