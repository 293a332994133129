import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { PassThrough, type Readable, type Writable } from 'node:stream'
import { Fault } from '@longshore/core/fault'
import { parserFds, type ParserReport, type ParserRequest } from './parser-request.ts'
import { heapMegabytes, spawnParser } from './spawn-parser.ts'
import { watchForStall } from './stall-watch.ts'

/** A reader that works on one thing for this long is ended. */
const stallMs = 30_000

export interface RunningParser {
  /** What it writes; called by whoever attaches to it in the same moment, once. */
  rows: () => Readable
  issues: () => Readable
  /** What it is told while it works: the outcomes of rows, or where its share ends. */
  input: Writable
  /** Settles when the child has ended: its last report, or a Fault that says what was wrong with the file. */
  ended: Promise<Extract<ParserReport, { kind: 'ended' | 'layout' }>>
  /** Null where it is this process. */
  pid: number | null
  kill(): void
}

/** Starts the parser child on a file; its memory is limited, and it is ended when it stalls. */
export async function runParser(path: string, request: ParserRequest, onReport: (report: ParserReport) => void = () => undefined): Promise<RunningParser> {
  const child = started(path, request.task)
  const ended = watchParser(child, onReport)
  ended.catch(() => undefined) // whoever waits for the rows hears of it first
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(JSON.stringify(request))
  const pipes = child.stdio as unknown as (Readable & Writable)[]
  const input = pipes[parserFds.input] as Writable
  input.on('error', () => undefined)
  return {
    rows: kept(child, child.stdout as Readable), issues: kept(child, child.stdio[parserFds.issues] as Readable), input, ended, pid: child.pid ?? null,
    kill: () => { child.kill('SIGKILL') },
  }
}

/**
 * Node throws away what nobody is reading when a child ends, and a child with a short file may end before anybody reads. Gives the function by
 * which its reader takes the stream: what came before is kept.
 */
export function kept(child: ChildProcess, source: Readable): () => Readable {
  let taken = false
  let waiting: PassThrough | null = null
  child.once('exit', () => { if (!taken) waiting = source.pipe(new PassThrough()) })
  return () => {
    taken = true
    return waiting ?? source
  }
}

interface ParserBounds { heapMegabytes: number; stallMs: number }

function started(path: string, task: ParserRequest['task']): ChildProcess {
  try { return spawnParser(path, task) } catch (error) {
    throw new Fault('file.unreadable', `The file ${path} cannot be opened (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'}).`, { cause: error })
  }
}

/** Follows a parser child until it has ended, as `RunningParser.ended` says. A report that cannot be understood ends it. */
export async function watchParser(child: ChildProcess, onReport: (report: ParserReport) => void, bounds: ParserBounds = { heapMegabytes, stallMs }): Promise<Extract<ParserReport, { kind: 'ended' | 'layout' }>> {
  let last: ParserReport | null = null
  let stalled = false
  let broken = false
  const watch = watchForStall(child.pid, bounds.stallMs, () => { stalled = true; child.kill('SIGKILL') })
  const lines = createInterface({ input: child.stdio[parserFds.report] as Readable })
  lines.on('line', (line) => {
    watch.alive()
    const report = broken ? null : reportIn(line)
    if (report === null) {
      broken = true
      child.kill('SIGKILL')
      return
    }
    if (report.kind !== 'progress' && report.kind !== 'alive' && report.kind !== 'row-fault' && report.kind !== 'share' && report.kind !== 'warning') last = report
    onReport(report)
  })
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) => {
        reject(new Fault('parser.died', `The file could not be read: the reader could not be started (${error.code ?? 'unknown reason'}).`, { cause: error }))
      })
      child.once('close', (c, s) => resolve([c, s]))
    })
    const report = last as ParserReport | null
    if (broken) throw new Fault('parser.broken', 'The file could not be read: the reader said something that cannot be understood and was ended. This is an error in Longshore.')
    if (code === 0 && report && (report.kind === 'ended' || report.kind === 'layout')) return report
    if (report?.kind === 'fault') throw new Fault(report.code, report.message, report.path === undefined ? {} : { path: report.path })
    throw new Fault('parser.died', stalled ? `The file could not be read: the reader made no progress for ${bounds.stallMs / 1000} seconds and was ended.`
      : `The file could not be read: the reader ended with ${signal ?? `code ${code}`}, most likely because the file needs more memory than the reader may use (${bounds.heapMegabytes} MB).`)
  } finally {
    watch.stop()
  }
}

/** A line of the child; null when it is not a report: what a hostile file makes of the child must not end its parent. */
function reportIn(line: string): ParserReport | null {
  try {
    const report = JSON.parse(line) as Partial<ParserReport> | null
    return typeof report?.kind === 'string' ? report as ParserReport : null
  } catch { return null }
}
