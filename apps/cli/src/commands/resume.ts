import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { runJob } from '../run-job.ts'

export const resumeCommand: Command = {
  name: 'resume',
  positionals: { names: ['JOB'], least: 1 },
  flags: { data: dataFlag, json: jsonFlag },
  notes: ['Rows that are done are not done again.'],
  async run(call, host) {
    const job = call.job(0)
    return runJob(call, host, (longshore, watch, signal) => longshore.resume(job, watch, signal))
  },
}
