import { readFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { standBack } from '@longshore/store'
import type { StagedSummary } from '@longshore/store'
import { Fault } from '@longshore/core/fault'
import type { LayoutWarning, ReadingPart } from '@longshore/core'
import type { CheckRequest, ParserReport, ShareEnd } from './parser-request.ts'
import { runParser, type RunningParser } from './run-parser.ts'
import { runTaskHere } from './run-task-here.ts'

/** Below this, starting a second reader costs more than it saves. LONGSHORE_SHARE_BYTES sets another, for tests. */
const shareFromBytes = 16 * 1024 * 1024
/** What a request may bring is looked at by this process anyway; above this, the check of it would be felt by others. To start a reader takes longer than to check ten thousand records of this. */
const mostHereBytes = 4 * 1024 * 1024
/** One record of more may hold a single value that takes a second, in which nobody else is answered. */
const longestHereBytes = 16 * 1024

export interface RunningCheck {
  /** Each reader's lines of `_staged` and of `_issue`. */
  outputs: { rows: () => Readable; issues: () => Readable }[]
  /** Settles when all readers have ended well; rejects with the first fault. */
  finished: Promise<StagedSummary & { parts: ReadingPart[] }>
  /** What showed of the file while it was read; complete once `finished` is. */
  warnings: LayoutWarning[]
  /** Has the readers stand back behind all other processes. */
  standBack(): void
  kill(): void
}

/**
 * Starts the check of a file. Checking is work for one processor, so a large file is shared by two readers where it can be read from
 * its middle: the second one looks for that place while the first is at work. Rows have their own numbers, so their order does not matter.
 * `ownLines`: the file are records of a request that this server has written down; few of them are checked in this process.
 */
export async function runCheck(path: string, sizeBytes: number, request: CheckRequest, watch: (done: { rows: number; bytes: number }) => void, ownLines = false): Promise<RunningCheck> {
  const readers: RunningParser[] = []
  const reached: { rows: number; bytes: number }[] = []
  const warnings: LayoutWarning[] = []
  const kill = (): void => { for (const reader of readers) reader.kill() }
  const run = ownLines && sizeBytes <= mostHereBytes && await longestLine(path) <= longestHereBytes ? checkHere : runParser
  const start = async (part: CheckRequest, onReport: (report: ParserReport) => void = () => undefined): Promise<RunningParser> => {
    const at = reached.push({ rows: 0, bytes: 0 }) - 1
    const reader = await run(path, part, (report) => {
      if (report.kind === 'progress') reached[at] = report
      if (report.kind === 'warning' && !warnings.some(({ message }) => message === report.warning.message)) warnings.push(report.warning)
      onReport(report)
      watch({ rows: reached.reduce((sum, { rows }) => sum + rows, 0), bytes: reached.reduce((sum, { bytes }) => sum + bytes, 0) })
    })
    readers.push(reader)
    return reader
  }

  if (sizeBytes < sharedFrom() || request.layout.format !== 'csv' || request.limitRows !== undefined) await start(request)
  else {
    const first = await start({ ...request, share: 'first' })
    await start({ ...request, share: 'second' }, (report) => {
      if (report.kind === 'share') first.input.end(JSON.stringify({ byte: report.start?.byte ?? null } satisfies ShareEnd))
    }).catch((error: unknown) => { kill(); throw error })
  }
  const finished = Promise.all(readers.map(ended)).then(sumUp)
  // the others would go on for nothing
  finished.catch(kill)
  return { outputs: readers.map(({ rows, issues }) => ({ rows, issues })), finished, warnings, kill, standBack: () => { for (const { pid } of readers) if (pid !== null) standBack(pid, { leadsSession: true }) } }
}

/** In bytes, of a file that is small. */
async function longestLine(path: string): Promise<number> {
  const bytes = await readFile(path)
  let longest = 0
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\n', at)
    const next = end === -1 ? bytes.length : end
    longest = Math.max(longest, next - at)
    at = next + 1
  }
  return longest
}

/** Loaded when it is first needed: most checks have a process of their own. */
async function checkHere(path: string, request: CheckRequest, onReport: (report: ParserReport) => void): Promise<RunningParser> {
  const { checkTask } = await import('./check-task.ts')
  return runTaskHere(path, (streams) => checkTask(request, streams), onReport)
}

function sharedFrom(): number {
  const set = Number(process.env['LONGSHORE_SHARE_BYTES'])
  return Number.isInteger(set) && set > 0 ? set : shareFromBytes
}

type Ended = Extract<ParserReport, { kind: 'ended' }>

async function ended(reader: RunningParser): Promise<Ended> {
  const report = await reader.ended
  if (report.kind !== 'ended') throw new Fault('parser.broken', 'The reader ended without saying how many rows it read. This is an error in Longshore.')
  return report
}

/** The first reader's part comes first. */
function sumUp(parts: Ended[]): StagedSummary & { parts: ReadingPart[] } {
  return {
    parts: parts.flatMap(({ reading }) => reading ?? []),
    rows: parts.reduce((sum, { rows }) => sum + rows, 0), warnings: parts.reduce((sum, { warnings }) => sum + warnings, 0),
    lastRow: Math.max(...parts.map(({ lastRow }) => lastRow)),
  }
}
