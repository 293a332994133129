import type { JobSummary, Longshore, Progress, Watch } from '@longshore/server'
import type { Call } from './call.ts'
import { exitCodeOf, exitCodes } from './exit-code.ts'
import type { ExitCode } from './exit-code.ts'
import type { Host } from './host.ts'
import { stoppedMidway, stopping } from './messages/next-steps.ts'
import { reportFault } from './reporters/fault.ts'
import { jobJson } from './reporters/job-json.ts'
import { jobReport } from './reporters/job-report.ts'
import { progressBar } from './reporters/progress-bar.ts'
import { withLongshore } from './with-longshore.ts'
import type { OpenWish } from './with-longshore.ts'

export type JobWork = (longshore: Longshore, watch: Watch, signal: AbortSignal, fetching: (bytes: number, total: number | null) => void) => Promise<JobSummary>

/** Runs a job in the foreground: progress for people, one polite stop by Ctrl-C, then what happened and the exit code. */
export function runJob(call: Call, host: Host, work: JobWork, open: OpenWish = {}): Promise<ExitCode> {
  return withLongshore(call, host, async (longshore) => {
    let last: Progress | undefined
    try {
      const summary = await watched(longshore, host, call.on('json'), work, (progress) => { last = progress })
      report(summary, call, host)
      return exitCodeOf(summary)
    } catch (error) {
      if (!last || last.done === 0 || (last.state !== 'running' && last.state !== 'undoing')) throw error
      // Chunks are committed already: "nothing was done" would be a lie.
      reportFault(error, host, call.on('json'))
      host.stderr.write(stoppedMidway(last.job))
      return exitCodes.partly
    }
  }, open)
}

/** Runs `work` with a progress bar on stderr when that is a terminal and nobody asked for JSON. */
export async function watched(
  longshore: Longshore, host: Host, quiet: boolean, work: JobWork, seen: (progress: Progress) => void = () => {},
): Promise<JobSummary> {
  const bar = quiet || !host.stderr.isTerminal ? null : progressBar(host.stderr, host.now)
  const wish = host.stopWish()
  let job: number | undefined
  const onStop = () => {
    bar?.clear()
    if (!quiet) host.stderr.write(stopping(job))
  }
  wish.signal.addEventListener('abort', onStop, { once: true })
  try {
    return await work(longshore, (progress) => {
      job = progress.job
      seen(progress)
      bar?.show(progress)
    }, wish.signal, (done, total) => bar?.show({ phase: 'fetching', done, total, unit: 'bytes' }))
  } finally {
    wish.signal.removeEventListener('abort', onStop)
    wish.release()
    bar?.clear()
  }
}

function report(summary: JobSummary, call: Call, host: Host): void {
  if (call.on('json')) host.stdout.write(`${JSON.stringify(jobJson(summary))}\n`)
  else host.stdout.write(jobReport(summary))
}
