import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { notPaused } from '../messages/next-steps.ts'
import { isOver } from '../reporters/is-over.ts'
import { jobJson } from '../reporters/job-json.ts'
import { jobReport } from '../reporters/job-report.ts'
import { withLongshore } from '../with-longshore.ts'

export const pauseCommand: Command = {
  name: 'pause',
  positionals: { names: ['JOB'], least: 1 },
  flags: { data: dataFlag, json: jsonFlag },
  notes: ['"longshore resume JOB" goes on from there.'],
  async run(call, host) {
    const job = call.job(0)
    const summary = await withLongshore(call, host, (longshore) => longshore.pause(job))
    // it may have ended before it heard the wish, or not have come to its next safe place yet
    const paused = summary.state === 'paused'
    const over = isOver(summary.state) || summary.state === 'failed'
    if (!paused) host.stderr.write(notPaused(job, summary.state, over))
    host.stdout.write(call.on('json') ? `${JSON.stringify(jobJson(summary))}\n` : jobReport(summary))
    return paused ? exitCodes.good : over ? exitCodes.nothing : exitCodes.partly
  },
}
