import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { jobJson } from '../reporters/job-json.ts'
import { jobReport } from '../reporters/job-report.ts'
import { withLongshore } from '../with-longshore.ts'

export const cancelCommand: Command = {
  name: 'cancel',
  positionals: { names: ['JOB'], least: 1 },
  flags: { data: dataFlag, json: jsonFlag },
  notes: ['The rest of its rows is accounted for as excluded, with the reason "cancelled".'],
  async run(call, host) {
    const job = call.job(0)
    const summary = await withLongshore(call, host, (longshore) => longshore.cancel(job))
    host.stdout.write(call.on('json') ? `${JSON.stringify(jobJson(summary))}\n` : jobReport(summary))
    return exitCodes.good
  },
}
