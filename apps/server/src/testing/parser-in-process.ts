import { checkTask } from '../tasks/parser/check-task.ts'
import type { ChildStreams } from '../tasks/parser/child.ts'
import { detectTask } from '../tasks/parser/detect-task.ts'
import type { ParserReport, ParserRequest } from '../tasks/parser/parser-request.ts'
import type { RunningParser } from '../tasks/parser/run-parser.ts'
import { readTask } from '../tasks/parser/read-task.ts'
import { resultsTask } from '../tasks/parser/results-task.ts'
import { runTaskHere } from '../tasks/parser/run-task-here.ts'

/**
 * The parser's tasks without their process, in the place of `runParser`: for tests of many small imports, where starting
 * processes would be nearly all of the time. What the process adds (limits, isolation) has tests of its own.
 */
export async function runParserHere(path: string, request: ParserRequest, onReport: (report: ParserReport) => void = () => undefined): Promise<RunningParser> {
  return runTaskHere(path, (streams) => perform(request, streams), onReport)
}

async function perform(request: ParserRequest, streams: ChildStreams): Promise<void> {
  switch (request.task) {
    case 'detect': return detectTask(request, streams)
    case 'read': return readTask(request, streams)
    case 'check': return checkTask(request, streams)
    case 'results': return resultsTask(request, streams)
  }
}
