import { extname, resolve } from 'node:path'
import { Fault } from '@longshore/core/fault'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Command } from '../command.ts'
import { knownWord } from '../definition/known-word.ts'
import { exitCodes } from '../exit-code.ts'
import { missingFlag } from '../messages/usage.ts'
import { counted } from '../reporters/quantity.ts'
import { table } from '../reporters/table.ts'
import { visible } from '../reporters/visible.ts'
import { withLongshore } from '../with-longshore.ts'

const formats = ['csv', 'xlsx'] as const

export const templateCommand: Command = {
  name: 'template',
  positionals: { names: [], least: 0 },
  flags: {
    object: { type: 'string', value: 'NAME', help: 'what the rows are: contacts, accounts, leads, …' },
    fields: { type: 'string', value: 'LIST', help: 'fields in order, related ones too: last_name,email,account.name (all that a person fills)' },
    format: { type: 'string', value: 'WORD', help: `${formats.join(', ')} (by the name of --out, else csv)` },
    name: { type: 'string', value: 'NAME', help: 'what the sheet of a workbook is called, and without --out the file' },
    out: { type: 'string', value: 'FILE', help: 'where to; "-" is standard output' },
    replace: { type: 'boolean', help: 'replace the file that --out names, if there is one' },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: ['Read back, every column leads to its field. Overwrite the example row, or remove it.', 'A workbook explains its columns on a second sheet; of a CSV this command prints what they take.', 'Example: longshore template --object contacts --fields last_name,email,account.name --out contacts.xlsx'],
  async run(call, host) {
    const object = call.text('object')
    if (object === undefined) throw new Fault('usage.missing-flag', missingFlag('template', 'object', 'contacts'))
    const name = call.text('name')
    const wanted = call.text('format')
    const said = wanted === undefined ? undefined : knownWord('format', wanted, formats)
    const named = call.text('out') ?? (name === undefined ? undefined : `${name.replaceAll(/[/\\]/g, ' ')}.${said ?? 'csv'}`)
    if (named === undefined) throw new Fault('usage.missing-flag', missingFlag('template', 'out', 'FILE'))
    const format = said ?? (extname(named).toLowerCase() === '.xlsx' ? 'xlsx' : 'csv')
    const fields = call.text('fields')?.split(',').map((field) => field.trim()).filter((field) => field !== '')
    const out = named === '-' ? '-' : resolve(host.cwd, named)
    const { file, columns } = await withLongshore(call, host, (longshore) => longshore.template({ object, format, out, ...(fields === undefined ? {} : { fields }), ...(name === undefined ? {} : { name }), ...(call.on('replace') ? { replace: true } : {}) }), { makesData: true })
    // with "-" standard output is the file itself
    const output = out === '-' ? host.stderr : host.stdout
    if (call.on('json')) output.write(`${JSON.stringify({ file, columns })}\n`)
    else output.write(`${table(['column', 'field', 'type', 'required', 'takes'], columns.map(({ header, path, kind, required, takes }) => [visible(header), path, kind, required ? 'yes' : '', takes]))}${counted(columns.length, 'column')} written to ${visible(file, 500)}\n`)
    return exitCodes.good
  },
}
