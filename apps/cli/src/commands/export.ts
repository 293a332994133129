import { extname, resolve } from 'node:path'
import { closest } from '@longshore/core/closest'
import { Fault } from '@longshore/core/fault'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Call } from '../call.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { formatNotBuiltYet } from '../messages/not-built.ts'
import { missingFlag, unknownWord } from '../messages/usage.ts'
import { progressBar } from '../reporters/progress-bar.ts'
import { counted, duration } from '../reporters/quantity.ts'
import { visible } from '../reporters/visible.ts'
import { withLongshore } from '../with-longshore.ts'

const formats = ['csv', 'json', 'ndjson', 'xlsx', 'parquet'] as const
const laterFormats = ['pdf']

export const exportCommand: Command = {
  name: 'export',
  positionals: { names: [], least: 0 },
  flags: {
    object: { type: 'string', value: 'NAME', help: 'which records: contacts, accounts, leads, …' },
    fields: { type: 'string', value: 'LIST', help: 'fields in order: last_name,email,account.name (all)' },
    where: { type: 'string', multiple: true, value: '"field op value"', help: 'only records for which all of these hold' },
    format: { type: 'string', value: 'WORD', help: `${formats.join(', ')} (by the name of --out, else csv)` },
    out: { type: 'string', value: 'FILE', help: 'where to; "-" is standard output' },
    replace: { type: 'boolean', help: 'replace the file that --out names, if there is one' },
    'no-formula-guard': { type: 'boolean', help: 'write cells that a spreadsheet could run as they are' },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: ['Example: longshore export --object contacts --where "lead_source = Web" --out web.csv'],
  async run(call, host) {
    const object = call.text('object')
    if (object === undefined) throw new Fault('usage.missing-flag', missingFlag('export', 'object', 'contacts'))
    const named = call.text('out')
    if (named === undefined) throw new Fault('usage.missing-flag', missingFlag('export', 'out', 'FILE'))
    const out = named === '-' ? '-' : resolve(host.cwd, named)
    const fields = call.text('fields')?.split(',').map((field) => field.trim()).filter((field) => field !== '')
    const request = {
      object, where: call.list('where'), format: formatOf(call, named), out, formulaGuard: !call.on('no-formula-guard'), ...(call.on('replace') ? { replace: true } : {}),
      ...(fields === undefined ? {} : { fields }),
    }
    const bar = call.on('json') || !host.stderr.isTerminal ? null : progressBar(host.stderr, host.now)
    const wish = host.stopWish()
    try {
      const { rows, file, seconds } = await withLongshore(call, host, (longshore) => longshore.export(request, (progress) => bar?.show(progress), wish.signal))
      bar?.clear()
      // With `--out -` standard output is the file itself: what is said about it goes to stderr.
      const output = out === '-' ? host.stderr : host.stdout
      output.write(call.on('json') ? `${JSON.stringify({ rows, file, seconds })}\n` : `${counted(rows, 'record')} written to ${visible(file, 500)} (${duration(seconds)})\n`)
      return exitCodes.good
    } finally {
      bar?.clear()
      wish.release()
    }
  },
}

function formatOf(call: Call, out: string): (typeof formats)[number] {
  const found = call.text('format') ?? (extname(out).slice(1).toLowerCase() || 'csv')
  if (laterFormats.includes(found)) throw formatNotBuiltYet('format', found, formats)
  const format = formats.find((candidate) => candidate === found)
  if (format) return format
  if (call.text('format') === undefined) return 'csv'
  throw new Fault('usage.unknown-word', unknownWord('format', found, formats, closest(found, formats)))
}
