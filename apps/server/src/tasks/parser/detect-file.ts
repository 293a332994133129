import { basename } from 'node:path'
import { Fault } from '@longshore/core'
import type { ColumnProfile, ReadSettings, SourceLayout } from '@longshore/core'
import { runParser } from './run-parser.ts'

/** How far an import looks into a file to map its columns: its beginning is read again right after, and headers say most. */
export const profiledForImport = 1024 * 1024
/** How far `map` looks, where nothing else is waiting. */
export const profiledForMap = 64 * 1024 * 1024

/** A file on this machine, as the parser child found it. */
export interface LookedThrough {
  layout: SourceLayout
  /** What each column holds, by position; empty where nobody asked. */
  profiles: ColumnProfile[]
}

/** How a file is laid out and, from its first `profileBytes`, what its columns hold. */
export async function lookThrough(path: string, settings: ReadSettings, profileBytes: number | undefined, fileName = basename(path), signal?: AbortSignal): Promise<LookedThrough> {
  const parser = await runParser(path, { task: 'detect', fileName, settings, ...(profileBytes === undefined ? {} : { profileBytes }) })
  signal?.addEventListener('abort', parser.kill)
  if (signal?.aborted === true) parser.kill()
  parser.rows().resume()
  parser.issues().resume()
  const report = await parser.ended.finally(() => signal?.removeEventListener('abort', parser.kill))
  if (report.kind !== 'layout') throw new Fault('parser.broken', 'The file could not be read. This is an error in Longshore.')
  return { layout: report.layout, profiles: report.profiles ?? [] }
}
