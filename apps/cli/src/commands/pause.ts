import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
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
    host.stdout.write(call.on('json') ? `${JSON.stringify(jobJson(summary))}\n` : jobReport(summary))
    return exitCodes.good
  },
}
