import { resolve } from 'node:path'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { definitionFlags } from '../definition/from-flags.ts'
import { definitionOf } from '../definition/definition-of.ts'
import { notBuiltYet } from '../messages/not-built.ts'
import { runJob } from '../run-job.ts'
import { sourceFile } from '../source-file.ts'

export const importCommand: Command = {
  name: 'import',
  summary: 'bring a file in: check every row, plan, apply, and say what happened to each',
  positionals: { names: ['FILE'], least: 1 },
  flags: {
    ...definitionFlags,
    'dry-run': { type: 'boolean', help: 'stop at the plan: nothing is written' },
    to: { type: 'string', value: 'salesforce:NAME', help: 'load into a Salesforce org (not built yet)' },
    results: { type: 'string', value: 'DIR', help: 'write result files here: every row with its outcome, record and reason' },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: [
    'Columns are mapped by their headers; --map decides where that is not enough: --map "E-mail address=email".',
    'Example: longshore import people.csv --object contacts --match email --operation upsert --dry-run',
  ],
  async run(call, host) {
    if (call.on('to')) throw notBuiltYet('salesforce')
    const file = sourceFile(call.word(0) ?? '', host)
    const definition = definitionOf(call, host)
    const results = call.text('results')
    if (results !== undefined && (definition.results?.formats ?? []).length === 0) definition.results = { formats: ['csv'] }
    const request = {
      file, definition, dryRun: call.on('dry-run'),
      ...(results === undefined ? {} : { resultsDirectory: resolve(host.cwd, results) }),
    }
    return runJob(call, host, (longshore, watch, signal) => longshore.import(request, watch, signal), { makesData: true })
  },
}
