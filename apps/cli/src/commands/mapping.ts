import { Fault } from '@longshore/core/fault'
import type { ColumnMapping } from '@longshore/core'
import type { Longshore } from '@longshore/server'
import { dataFlag, jsonFlag } from '../command.ts'
import type { Call } from '../call.ts'
import type { Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import type { Host } from '../host.ts'
import { missingWord, unknownAction } from '../messages/usage.ts'
import { table } from '../reporters/table.ts'
import { visible } from '../reporters/visible.ts'
import { jsonFile } from '../source-file.ts'
import { withLongshore } from '../with-longshore.ts'

const actions = ['list', 'show', 'save', 'delete'] as const

export const mappingCommand: Command = {
  name: 'mapping',
  positionals: { names: ['ACTION', 'NAME'], least: 1 },
  flags: {
    job: { type: 'string', value: 'N', help: 'save: the mapping that this import ran with' },
    file: { type: 'string', value: 'F.json', help: 'save: the mapping that this file describes, as "show --json" printed it' },
    data: dataFlag,
    json: jsonFlag,
  },
  notes: [
    'longshore mapping list; longshore mapping save "Monthly list" --job 12; longshore import june.csv --object contacts --mapping "Monthly list"',
    'To give one to somebody: longshore mapping show NAME --json > mapping.json; there: longshore mapping save NAME --file mapping.json',
  ],
  async run(call, host) {
    const action = actions.find((one) => one === call.word(0))
    if (!action) throw new Fault('usage.unknown-word', unknownAction('mapping', call.word(0) ?? '', actions))
    const said = await withLongshore(call, host, (longshore) => carryOut[action](longshore, call, host), { makesData: action === 'save' })
    host.stdout.write(call.on('json') ? `${JSON.stringify(said.json, null, 2)}\n` : said.text)
    return exitCodes.good
  },
}

const carryOut: Record<(typeof actions)[number], (longshore: Longshore, call: Call, host: Host) => Promise<{ text: string; json: unknown }>> = {
  async list(longshore) {
    const mappings = await longshore.savedMappings()
    const rows = mappings.map(({ name, object, columns, updatedAt }) => [visible(name), object, String(columns), updatedAt])
    return { json: { mappings }, text: rows.length === 0 ? 'No mapping is saved. Save one with: longshore mapping save NAME --job N\n' : table(['name', 'object', 'columns', 'saved'], rows) }
  },
  async show(longshore, call) {
    const mapping = await longshore.savedMapping(nameOf(call))
    return { json: mapping, text: `${visible(mapping.name)}: columns of ${mapping.object}\n${table(['column', 'field'], mapping.columns.map((column) => [visible(column.header ?? `#${column.position ?? 0}`), targetOf(column)]))}` }
  },
  async save(longshore, call, host) {
    const name = nameOf(call)
    const job = call.whole('job', 1, 999_999_999)
    const file = call.text('file')
    if ((job === undefined) === (file === undefined)) throw new Fault('usage.missing-word', missingWord('mapping save', 'either --job N or --file F.json'))
    const { mapping, replaced } = await longshore.saveMapping(file === undefined ? { name, job: job ?? 0 } : { name, document: jsonFile(file, host) })
    return { json: { saved: mapping.name, object: mapping.object, replaced }, text: `The mapping "${visible(mapping.name)}" of ${mapping.columns.length} columns to ${mapping.object} is saved${replaced ? ', in place of the one of this name' : ''}.\n` }
  },
  async delete(longshore, call) {
    const name = nameOf(call)
    await longshore.deleteSavedMapping(name)
    return { json: { deleted: name }, text: `The mapping "${visible(name)}" is deleted. Jobs that used it keep what it said.\n` }
  },
}

function nameOf(call: Call): string {
  const name = call.word(1)
  if (name === undefined || name.trim() === '') throw new Fault('usage.missing-word', missingWord(`mapping ${call.word(0) ?? ''}`, 'NAME'))
  return name
}

function targetOf({ field, split }: ColumnMapping): string {
  if (split) return split.into.map((path) => path ?? '…').join(' | ')
  return field === undefined ? '(as its header says)' : field ?? '(left out)'
}
