import { closeSync, openSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { Fault } from '@longshore/core'
import { checkTask } from '../tasks/parser/check-task.ts'
import type { ChildStreams, Output } from '../tasks/parser/child.ts'
import { descriptorSource } from '../tasks/parser/descriptor-source.ts'
import { detectTask } from '../tasks/parser/detect-task.ts'
import type { ParserReport, ParserRequest } from '../tasks/parser/parser-request.ts'
import type { RunningParser } from '../tasks/parser/run-parser.ts'
import { readTask } from '../tasks/parser/read-task.ts'
import { resultsTask } from '../tasks/parser/results-task.ts'

/**
 * The parser's tasks without their process, in the place of `runParser`: for tests of many small imports, where starting
 * processes would be nearly all of the time. What the process adds (limits, isolation) has tests of its own.
 */
export async function runParserHere(path: string, request: ParserRequest, onReport: (report: ParserReport) => void = () => undefined): Promise<RunningParser> {
  const rows = new PassThrough()
  const issues = new PassThrough()
  const input = new PassThrough()
  // of a file that is refused nobody may be reading; whoever waits for the end hears of it
  for (const stream of [rows, issues]) stream.on('error', () => undefined)
  let last: ParserReport | null = null
  const fd = openSync(path, 'r')
  const source = descriptorSource(fd)
  const streams: ChildStreams = {
    out: output(rows), issues: output(issues),
    source,
    input: () => input,
    report: (report) => { last = report; onReport(report) },
  }
  const ended = perform(request, streams)
    .finally(async () => { await source.settled(); closeSync(fd) })
    .then(() => {
      const report = last as ParserReport | null
      if (report?.kind === 'ended' || report?.kind === 'layout') return report
      throw new Fault('parser.died', 'the task gave no last report')
    })
  ended.catch((error: unknown) => { rows.destroy(error as Error); issues.destroy(error as Error) })
  return { rows: () => rows, issues: () => issues, input, ended, pid: 0, kill: () => undefined }
}

async function perform(request: ParserRequest, streams: ChildStreams): Promise<void> {
  switch (request.task) {
    case 'detect': return detectTask(request, streams)
    case 'read': return readTask(request, streams)
    case 'check': return checkTask(request, streams)
    case 'results': return resultsTask(request, streams)
  }
}

function output(stream: PassThrough): Output {
  return {
    write: (chunk) => (stream.write(chunk) ? undefined : new Promise((resolve) => stream.once('drain', () => resolve()))),
    end: () => new Promise((resolve) => { stream.end(() => resolve()) }),
  }
}
