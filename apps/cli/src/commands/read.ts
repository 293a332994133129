import { readingFlags, readSettings } from '../definition/read-settings.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { sourceOf } from '../source-file.ts'

const mostRows = 9_999_999_999

export const readCommand: Command = {
  name: 'read',
  positionals: { names: ['FILE|URL'], least: 1 },
  flags: {
    limit: { type: 'string', value: 'N', help: 'only the first N rows' },
    ...readingFlags,
    json: { type: 'boolean', help: 'also a refusal as JSON; the rows are JSON anyway' },
  },
  notes: ['First line: {"format","encoding","delimiter","columns":[…],"warnings":[…]}. Then one array of texts (or null) per row.'],
  async run(call, host) {
    const limit = call.whole('limit', 0, mostRows)
    const settings = readSettings(call)
    const file = sourceOf(call.word(0) ?? '', host)
    for await (const line of host.readSource(file, settings, limit === undefined ? {} : { limit })) {
      host.stdout.write(line.endsWith('\n') ? line : `${line}\n`)
      await host.stdout.drained()
    }
    return exitCodes.good
  },
}
