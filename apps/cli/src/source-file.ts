import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { closest } from '@longshore/core/closest'
import { Fault } from '@longshore/core/fault'
import { noSuchFile, notAFile, notAnObject, notJson } from './messages/usage.ts'
import type { Host } from './host.ts'

/** What a command reads: the path of a file, or the address of one elsewhere, which is fetched by whoever reads it. */
export function sourceOf(named: string, host: Host): string {
  return isAddress(named) ? named : sourceFile(named, host)
}

export function isAddress(named: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(named)
}

/** The path of a file named on the command line. Refuses what is not there, naming the nearest in its folder, before anything is started. */
export function sourceFile(named: string, host: Host): string {
  const path = resolve(host.cwd, named)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new Fault('file.missing', noSuchFile(named, dirname(path), closest(basename(path), namesIn(dirname(path)))))
  if (found.isDirectory()) throw new Fault('file.is-folder', notAFile(named))
  return path
}

/** The JSON object that a file named on the command line holds. */
export function jsonFile(named: string, host: Host): Record<string, unknown> {
  const text = readFileSync(sourceFile(named, host), 'utf8').replace(/^\uFEFF/, '')
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw new Fault('file.not-json', notJson(named, error instanceof Error ? error.message : String(error)), { cause: error })
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document)) throw new Fault('file.not-json', notAnObject(named))
  return { ...document }
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return [] // a folder that is not there or not ours: the message names it anyway
  }
}
