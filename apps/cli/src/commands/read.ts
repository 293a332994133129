import { readingFlags, readSettings } from '../definition/read-settings.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { isAddress, sourceOf } from '../source-file.ts'

const mostRows = 9_999_999_999

export const readCommand: Command = {
  name: 'read',
  positionals: { names: ['FILE|URL'], least: 1 },
  flags: {
    limit: { type: 'string', value: 'N', help: 'only the first N rows' },
    ...readingFlags,
    data: { type: 'string', value: 'DIR', help: 'taken as by all commands, and not used: reading needs no data directory' },
    json: { type: 'boolean', help: 'also a refusal as JSON; the rows are JSON anyway' },
  },
  notes: ['First line: {"format","encoding","delimiter","columns":[…],"warnings":[…]}. Then one array of texts (or null) per row.'],
  async run(call, host) {
    const limit = call.whole('limit', 0, mostRows)
    const settings = readSettings(call)
    const file = sourceOf(call.word(0) ?? '', host)
    const bar = host.stderr.isTerminal && isAddress(file) ? (await import('../reporters/progress-bar.ts')).progressBar(host.stderr, host.now) : null
    const options = { ...(limit === undefined ? {} : { limit }), ...(bar === null ? {} : { fetching: (done: number, total: number | null) => { bar.show({ phase: 'fetching', done, total, unit: 'bytes' }) } }) }
    for await (const line of host.readSource(file, settings, options)) {
      bar?.clear()
      host.stdout.write(line.endsWith('\n') ? line : `${line}\n`)
      await host.stdout.drained()
    }
    return exitCodes.good
  },
}
