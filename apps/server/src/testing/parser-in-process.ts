import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { Fault } from '@longshore/core'
import { detectLayout } from '@longshore/formats'
import { checkTask } from '../tasks/parser/check-task.ts'
import type { ChildStreams, Output } from '../tasks/parser/child.ts'
import type { ParserReport, ParserRequest } from '../tasks/parser/parser-request.ts'
import type { RunningParser } from '../tasks/parser/run-parser.ts'
import { readTask } from '../tasks/parser/read-task.ts'
import { resultsTask } from '../tasks/parser/results-task.ts'

const headBytes = 256 * 1024

/**
 * The parser's tasks without their process, in the place of `runParser`: for tests of many small imports, where starting
 * processes would be nearly all of the time. What the process adds (limits, isolation) has tests of its own.
 */
export async function runParserHere(path: string, request: ParserRequest, onReport: (report: ParserReport) => void = () => undefined): Promise<RunningParser> {
  const rows = new PassThrough()
  const issues = new PassThrough()
  const outcomes = new PassThrough()
  let last: ParserReport | null = null
  const streams: ChildStreams = {
    out: output(rows), issues: output(issues),
    source: (start = 0) => createReadStream(path, { start }),
    outcomes: () => outcomes,
    report: (report) => { last = report; onReport(report) },
  }
  const ended = perform(path, request, streams).then(() => {
    const report = last as ParserReport | null
    if (report?.kind === 'ended' || report?.kind === 'layout') return report
    throw new Fault('parser.died', 'the task gave no last report')
  })
  ended.catch((error: unknown) => { rows.destroy(error as Error); issues.destroy(error as Error) })
  return { rows, issues, outcomes, ended, pid: 0, kill: () => undefined }
}

async function perform(path: string, request: ParserRequest, streams: ChildStreams): Promise<void> {
  switch (request.task) {
    case 'detect': return detect(path, request, streams)
    case 'read': return readTask(request, streams)
    case 'check': return checkTask(request, streams)
    case 'results': return resultsTask(request, streams)
  }
}

async function detect(path: string, request: Extract<ParserRequest, { task: 'detect' }>, streams: ChildStreams): Promise<void> {
  const head = Buffer.alloc(headBytes + 1)
  const file = openSync(path, 'r')
  const filled = readSync(file, head, 0, head.length, 0)
  closeSync(file)
  const layout = detectLayout(head.subarray(0, Math.min(filled, headBytes)), { complete: filled <= headBytes, fileName: request.fileName, settings: request.settings })
  streams.report({ kind: 'layout', layout })
  await streams.out.end()
  await streams.issues.end()
}

function output(stream: PassThrough): Output {
  return {
    write: (text) => (stream.write(text) ? undefined : new Promise((resolve) => stream.once('drain', () => resolve()))),
    end: () => new Promise((resolve) => { stream.end(() => resolve()) }),
  }
}
