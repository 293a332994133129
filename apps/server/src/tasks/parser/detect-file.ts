import { basename } from 'node:path'
import { Fault } from '@longshore/core'
import type { ReadSettings, SourceLayout } from '@longshore/core'
import { runParser } from './run-parser.ts'

/** How a file on this machine is laid out, found by the parser child. */
export async function detectFile(path: string, settings: ReadSettings, fileName = basename(path)): Promise<SourceLayout> {
  const parser = await runParser(path, { task: 'detect', fileName, settings })
  parser.rows.resume()
  parser.issues.resume()
  const report = await parser.ended
  if (report.kind !== 'layout') throw new Fault('parser.broken', 'The file could not be read. This is an error in Longshore.')
  return report.layout
}
