import { closeSync, openSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { Fault } from '@longshore/core/fault'
import type { ChildStreams, Output } from './child.ts'
import { descriptorSource } from './descriptor-source.ts'
import type { ParserReport } from './parser-request.ts'
import type { RunningParser } from './run-parser.ts'

/** A task of the parser child in this process, as `runParser` gives it: without the limits and the isolation, and without the time that a process takes to start. For files that we have written ourselves. */
export function runTaskHere(path: string, task: (streams: ChildStreams) => Promise<void>, onReport: (report: ParserReport) => void): RunningParser {
  const rows = new PassThrough(), issues = new PassThrough(), input = new PassThrough()
  // of a file that is refused nobody may be reading; whoever waits for the end hears of it
  for (const stream of [rows, issues]) stream.on('error', () => undefined)
  let last: ParserReport | null = null
  const fd = openSync(path, 'r')
  const source = descriptorSource(fd)
  const streams: ChildStreams = { out: output(rows), issues: output(issues), source, input: () => input, report: (report) => { last = report; onReport(report) } }
  const ended = task(streams)
    .finally(async () => { await source.settled(); closeSync(fd) })
    .then(() => {
      const report = last as ParserReport | null
      if (report?.kind === 'ended' || report?.kind === 'layout') return report
      throw new Fault('parser.died', 'The file could not be read: its reader ended without a word. This is an error in Longshore.')
    })
  ended.catch((error: unknown) => { rows.destroy(error as Error); issues.destroy(error as Error) })
  return { rows: () => rows, issues: () => issues, input, ended, pid: null, kill: () => { rows.destroy(); issues.destroy() } }
}

/** As a pipe to another process: whoever writes waits while it is full, and fails once nobody reads any more. */
function output(stream: PassThrough): Output {
  return {
    write: (chunk) => {
      if (stream.destroyed) return Promise.reject(gone())
      return stream.write(chunk) ? undefined : new Promise((resolve, reject) => {
        const settle = (): void => {
          stream.off('drain', settle).off('close', settle)
          if (stream.destroyed) reject(gone()); else resolve()
        }
        stream.on('drain', settle).on('close', settle)
      })
    },
    end: () => new Promise((resolve) => {
      if (stream.destroyed) resolve()
      else stream.once('close', resolve).end(resolve)
    }),
  }
}

function gone(): Fault {
  return new Fault('parser.died', 'The file could not be read: its reader was ended.')
}
