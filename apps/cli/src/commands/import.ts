import { resolve } from 'node:path'
import { Fault } from '@longshore/core/fault'
import { dataFlag, jsonFlag, startAtFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { definitionFlags } from '../definition/from-flags.ts'
import { definitionOf } from '../definition/definition-of.ts'
import { notBuiltYet } from '../messages/not-built.ts'
import { missingWord } from '../messages/usage.ts'
import { runJob } from '../run-job.ts'
import { sourceOf } from '../source-file.ts'

export const importCommand: Command = {
  name: 'import',
  positionals: { names: ['FILE|URL'], least: 0 },
  flags: {
    ...definitionFlags,
    'dry-run': { type: 'boolean', help: 'stop at the plan: nothing is written' },
    'start-at': startAtFlag,
    to: { type: 'string', value: 'salesforce:NAME', help: 'load into a Salesforce org (not built yet)' },
    'save-mapping': { type: 'string', value: 'NAME', help: 'keep what the columns mean under this name, for --mapping NAME of the next file' },
    results: { type: 'string', value: 'DIR', help: 'write result files here: every row with its outcome, record and reason' },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: [
    'Columns are mapped by their headers; --map decides where that is not enough: --map "E-mail address=email".',
    'A file at an address (https://…) is fetched anew each time; a definition that names it as "source.url" needs no FILE.',
    'Example: longshore import people.csv --object contacts --match email --operation upsert --dry-run',
  ],
  async run(call, host) {
    if (call.on('to')) throw notBuiltYet('salesforce')
    const named = call.word(0)
    const given = named === undefined ? undefined : sourceOf(named, host)
    const definition = definitionOf(call, host)
    const file = given ?? definition.source?.url
    if (file === undefined) throw new Fault('usage.missing-word', missingWord('import', 'FILE|URL'))
    const results = call.text('results')
    if (results !== undefined && (definition.results?.formats ?? []).length === 0) definition.results = { formats: ['csv'] }
    const request = {
      file, definition, dryRun: call.on('dry-run'),
      ...(call.text('start-at') === undefined ? {} : { startAt: call.text('start-at') ?? '' }),
      ...(call.text('save-mapping') === undefined ? {} : { saveMapping: call.text('save-mapping') ?? '' }),
      ...(results === undefined ? {} : { resultsDirectory: resolve(host.cwd, results) }),
    }
    return runJob(call, host, (longshore, watch, signal, fetching) => longshore.import({ ...request, fetching }, watch, signal), { makesData: true })
  },
}
