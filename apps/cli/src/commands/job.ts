import { resolve } from 'node:path'
import { Fault, resultFormats } from '@longshore/core'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { parseFormats } from '../definition/from-flags.ts'
import { exitCodes } from '../exit-code.ts'
import { missingWord } from '../messages/usage.ts'
import { jobDetailsJson, jobJson } from '../reporters/job-json.ts'
import { jobList } from '../reporters/job-list.ts'
import { jobReport } from '../reporters/job-report.ts'
import { withLongshore } from '../with-longshore.ts'

export const jobCommand: Command = {
  name: 'job',
  positionals: { names: ['JOB'], least: 0 },
  flags: {
    definition: { type: 'boolean', help: 'print the definition document that the job ran with, and nothing else' },
    results: { type: 'string', value: 'DIR', help: 'write the result files of the job here' },
    'result-formats': { type: 'string', value: 'LIST', help: `${resultFormats.join(',')} (csv)` },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: [
    'Into a pipe or with --json it prints JSON: {"jobs":[…]}, or the one job with all that is known of it.',
    'To repeat an import: longshore job 7 --definition > that.json, then longshore import FILE --definition that.json',
  ],
  async run(call, host) {
    const json = call.wantsJson(host)
    if (call.on('definition') && call.word(0) === undefined) throw new Fault('usage.missing-word', missingWord('job --definition', 'JOB'))
    if (call.word(0) === undefined) {
      const jobs = await withLongshore(call, host, (longshore) => longshore.jobs())
      host.stdout.write(json ? `${JSON.stringify({ jobs: jobs.map(jobJson) })}\n` : jobList(jobs))
      return exitCodes.good
    }
    const job = call.job(0)
    const results = call.text('results')
    const summary = await withLongshore(call, host, async (longshore) => {
      if (results === undefined) return longshore.job(job)
      const files = await longshore.results(job, { formats: parseFormats(call.text('result-formats') ?? 'csv'), directory: resolve(host.cwd, results) })
      return { ...await longshore.job(job), results: files }
    })
    if (call.on('definition')) {
      host.stdout.write(`${JSON.stringify(summary.definition, null, 2)}\n`)
      return exitCodes.good
    }
    host.stdout.write(json ? `${JSON.stringify(jobDetailsJson(summary))}\n` : jobReport(summary))
    return exitCodes.good
  },
}
