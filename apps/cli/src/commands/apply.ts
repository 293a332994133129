import { dataFlag, jsonFlag, startAtFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { runJob } from '../run-job.ts'

export const applyCommand: Command = {
  name: 'apply',
  positionals: { names: ['JOB'], least: 1 },
  flags: { 'start-at': startAtFlag, data: dataFlag, json: jsonFlag },
  notes: ['Rows whose record changed since the dry run are planned again, and counted and listed as "replanned" where they do something else than it showed.'],
  async run(call, host) {
    const job = call.job(0)
    const startAt = call.text('start-at')
    return runJob(call, host, (longshore, watch, signal) => (startAt === undefined ? longshore.apply(job, watch, signal) : longshore.started.apply(job, { startAt })))
  },
}
