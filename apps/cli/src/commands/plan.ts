import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { runJob } from '../run-job.ts'

export const planCommand: Command = {
  name: 'plan',
  positionals: { names: ['JOB'], least: 1 },
  flags: { data: dataFlag, json: jsonFlag },
  async run(call, host) {
    const job = call.job(0)
    return runJob(call, host, (longshore, watch, signal) => longshore.plan(job, watch, signal))
  },
}
